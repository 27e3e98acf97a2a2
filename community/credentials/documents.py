"""Documents as they may be kept: told by their content, within caps, and written anew without what they hide.

Pure functions from bytes to bytes. The name a file came with is used to see whether it agrees, and is not kept.
"""

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from community.core.errors import Invalid
from community.core.lazily import Lazily

if TYPE_CHECKING:
    import pikepdf
    import pillow_heif
    import pypdfium2
else:
    pikepdf, pillow_heif, pypdfium2 = Lazily("pikepdf"), Lazily("pillow_heif"), Lazily("pypdfium2")

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 3_000
MAX_PAGES = 20
MAX_OBJECTS = 20_000
PAGE_PIXELS = 2_200_000  # a page of A4 at 150 dots per inch

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
EXTENSIONS: dict[str, frozenset[str]] = {
    "PDF": frozenset({".pdf"}),
    "JPEG": frozenset({".jpg", ".jpeg", ".jpe"}),
    "PNG": frozenset({".png"}),
    "WEBP": frozenset({".webp"}),
    "HEIF": frozenset({".heic", ".heif"}),
}
ACCEPT = ",".join(sorted(extension for group in EXTENSIONS.values() for extension in group))
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})

# Only what draws the page is carried over: no annotations, actions, scripts, attachments, thumbnails or metadata.
_PAGE_KEYS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Group"})
_HIDING_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/AF", "/AA", "/JS")
_JPEG_METADATA = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}  # APP1–APP15 and comments, but Adobe's colour marker


@dataclass(frozen=True)
class CleanDocument:
    """A document written anew. `sha256` is of `content`."""

    content: bytes
    media_type: str
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean_document(content: bytes, name: str) -> CleanDocument:
    """Check and rebuild one uploaded document. Raises Invalid with a sentence that says what to do instead."""
    if not content:
        raise _unusable(_("The file is empty. Please choose it again."))
    if len(content) > MAX_BYTES:
        raise _unusable(_("The file is larger than 8 MB. Please scan it at a lower resolution."))
    form = form_of(content)
    if form is None:
        raise _unusable(_("Please send a PDF or a photograph (JPEG, PNG, WebP or HEIC)."))
    if PurePath(name).suffix.lower() not in EXTENSIONS[form]:
        raise _unusable(_("The file's name says it is of another kind than it is. Please save it again and retry."))
    return _clean_pdf(content) if form == "PDF" else _clean_image(content, form)


def form_of(content: bytes) -> str | None:
    """What the first bytes say: "PDF", "JPEG", "PNG", "WEBP", "HEIF" or None."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return None


def page_image(content: bytes, page: int) -> bytes:
    """Page `page` (from 1) of a kept PDF as PNG, so that a reviewer's browser never opens the PDF itself."""
    document = pypdfium2.PdfDocument(content)
    try:
        width, height = document[page - 1].get_size()
        scale = (PAGE_PIXELS / max(width * height, 1)) ** 0.5
        picture = document[page - 1].render(scale=scale).to_pil()
    finally:
        document.close()
    return _encoded(picture.convert("RGB"), "PNG")


def _clean_image(content: bytes, form: str) -> CleanDocument:
    if form == "HEIF":
        pillow_heif.register_heif_opener()
    try:
        picture = Image.open(io.BytesIO(content), formats=[form])
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_many_pixels()
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        flat = _flattened(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _unusable(_("The image is damaged. Please take or scan it again.")) from None
    saved_as = "PNG" if form == "PNG" else "JPEG"
    return CleanDocument(_encoded(flat, saved_as), PNG if form == "PNG" else JPEG, 1)


def _flattened(picture: Image.Image) -> Image.Image:
    """The pixels alone, on white: a new image has no EXIF, XMP, comment or profile to carry over."""
    flat = Image.new("RGB", picture.size, "white")
    layered = picture.convert("RGBA") if "A" in picture.getbands() or "transparency" in picture.info else None
    flat.paste(layered or picture.convert("RGB"), mask=layered)
    return flat


def _encoded(picture: Image.Image, form: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, form, quality=90)
    return target.getvalue()


def _clean_pdf(content: bytes) -> CleanDocument:
    try:
        pages = _pages_of(content)
        if not 1 <= pages <= MAX_PAGES:
            raise _unusable(_("Please send between 1 and 20 pages."))
        with pikepdf.open(io.BytesIO(content)) as source:
            return CleanDocument(rebuilt_pdf(source), PDF, pages)
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        raise _unusable(_("The PDF is damaged. Please print or scan it to a new one.")) from None


def _pages_of(content: bytes) -> int:
    """How many pages, before anything walks them: to hand down what pages inherit takes qpdf a second per 25,000."""
    with pikepdf.open(io.BytesIO(content), inherit_page_attributes=False) as source:
        if source.is_encrypted:
            raise _locked()
        return _count_pages(source.Root.Pages)


def _count_pages(root: "pikepdf.Object") -> int:
    """Pages under a page-tree node, counted without loading them; stops soon after MAX_PAGES. /Count may lie."""
    waiting, pages, visited = [root], 0, 0
    while waiting and pages <= MAX_PAGES and visited < MAX_OBJECTS:
        node, visited = waiting.pop(), visited + 1
        kids = node.get("/Kids")
        if kids is None:
            pages += 1
        elif len(kids) > MAX_OBJECTS:
            return len(kids)
        else:
            waiting += list(kids)
    return pages if not waiting else MAX_PAGES + 1


def rebuilt_pdf(source: "pikepdf.Pdf") -> bytes:
    """A new PDF with the pages' drawings and nothing else: no Info, XMP, scripts, attachments, forms or links."""
    with pikepdf.new() as fresh:
        for page in source.pages:
            for key in set(page.obj.keys()) - _PAGE_KEYS:
                del page.obj[key]
            fresh.pages.append(page)
        _scrub(fresh)
        target = io.BytesIO()
        fresh.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


def _scrub(document: "pikepdf.Pdf") -> None:
    if len(document.objects) > MAX_OBJECTS:
        raise _unusable(_("The PDF is too complicated. Please print or scan it to a new one."))
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in _HIDING_KEYS:
                if key in thing:
                    del thing[key]
        if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == pikepdf.Name.DCTDecode:
            thing.write(without_jpeg_metadata(thing.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def without_jpeg_metadata(content: bytes) -> bytes:
    """A JPEG stream without EXIF, XMP, IPTC and comments, its pixels untouched. Damaged input comes back as it is."""
    kept, position = bytearray(content[:2]), 2
    while content[position : position + 1] == b"\xff" and content[position + 1 : position + 2] != b"\xda":
        marker = content[position + 1]
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        if end <= position + 3:
            return content
        if marker not in _JPEG_METADATA:
            kept += content[position:end]
        position = end
    return bytes(kept) + content[position:]


def _unusable(sentence: str) -> Invalid:
    return Invalid({"file": [sentence]})


def _too_many_pixels() -> Invalid:
    return _unusable(_("The image has too many pixels. Please send one of at most 40 megapixels."))


def _locked() -> Invalid:
    return _unusable(_("The PDF is locked with a password. Please save it without one."))
