"""A canary in every slot of every accepted kind of file: none is left in what is kept."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from community.core.errors import Invalid
from community.credentials.documents import clean_document
from community.knowledge.cleaning import bare_image, bare_pdf
from webinars.media.slides import page_count

CANARY = b"CANARY4471902"
TOLD = CANARY.decode()


def picture(kind: str) -> bytes:
    """A small picture with the canary in EXIF, in XMP, in text chunks or a comment, and behind its end."""
    image, out = Image.new("RGB", (24, 16), "teal"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x9286] = TOLD, TOLD, CANARY
    options: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_text("Comment", TOLD)
        chunks.add_text("Author", TOLD, zip=True)
        chunks.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{TOLD}</x:xmpmeta>")
        options["pnginfo"] = chunks
    else:
        options["xmp"] = f"<x:xmpmeta>{TOLD}</x:xmpmeta>".encode()
    if kind == "JPEG":
        options["comment"] = CANARY
    image.save(out, kind, **options)
    return out.getvalue() + CANARY


def document() -> bytes:
    """A PDF of one page with the canary in every place that draws nothing, and in the metadata of its picture."""
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=(200, 100))
    pdf.docinfo["/Author"] = TOLD
    with pdf.open_metadata() as xmp:
        xmp["dc:title"] = TOLD
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, CANARY, filename=f"{TOLD}.txt")
    script = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=TOLD))
    pdf.Root.OpenAction = script
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=TOLD)
    page.obj.Annots = pdf.make_indirect(pikepdf.Array([note]))
    page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=TOLD))
    shown = pikepdf.Stream(pdf, picture("JPEG").removesuffix(CANARY))
    shown.Type, shown.Subtype, shown.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    shown.Width, shown.Height, shown.BitsPerComponent, shown.ColorSpace = 24, 16, 8, pikepdf.Name.DeviceRGB
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=shown))
    page.obj.Contents = pdf.make_stream(b"q 24 0 0 16 0 0 cm /Im0 Do Q")
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(TOLD, 0))
    pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """Everything in a PDF in the open, and other files as they are."""
    if not content.startswith(b"%PDF"):
        return content
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return out.getvalue()


def doors() -> Iterator[tuple[str, bytes, Callable[[bytes], bytes]]]:
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        yield f"evidence {name}", picture(kind), lambda content, name=name: clean_document(content, name).content  # type: ignore[misc]
        yield f"image {name}", picture(kind), lambda content: bare_image(io.BytesIO(content)).read()
    yield "evidence a.pdf", document(), lambda content: clean_document(content, "a.pdf").content
    yield "hand-out", document(), lambda content: bare_pdf(io.BytesIO(content), name="handout.pdf").read()


@pytest.mark.parametrize(("content", "keep"), [pytest.param(*door[1:], id=door[0]) for door in doors()])
def test_no_canary_is_kept(content: bytes, keep: Callable[[bytes], bytes]) -> None:
    assert CANARY in unpacked(content)

    kept = unpacked(keep(content))

    assert kept
    for written in (CANARY, TOLD.encode("utf-16-be"), CANARY.hex().encode()):
        assert written not in kept


@pytest.mark.parametrize(
    "content", [b"\x00" * 128 + b"DICM" + CANARY, b"PK\x03\x04" + CANARY * 9, b"\x1f\x8b" + CANARY, b"Rar!\x1a\x07" + CANARY]
)  # fmt: skip
def test_dicom_and_archives_are_refused_with_a_reason(content: bytes) -> None:
    for refuse in (lambda: clean_document(content, "scan.pdf"), lambda: page_count(content)):
        with pytest.raises(Invalid) as refused:
            refuse()
        assert TOLD not in str(refused.value)
    for open_it in (lambda: bare_image(io.BytesIO(content)), lambda: bare_pdf(io.BytesIO(content), name="a.pdf")):
        with pytest.raises(ValidationError) as invalid:
            open_it()
        assert TOLD not in str(invalid.value)
