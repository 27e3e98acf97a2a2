"""Pages of a PDF as pictures in two sizes and as text. Pure functions from bytes; the PDF itself is shown to nobody."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from PIL import Image

from community.core.errors import Invalid
from community.core.lazily import Lazily

if TYPE_CHECKING:
    import pypdfium2
else:
    pypdfium2 = Lazily("pypdfium2")

MAX_BYTES = 8 * 1024 * 1024
MAX_PAGES = 200
# The longer side in pixels: one for the stage, one that passes a line of 40 kbit/s in about three seconds.
LARGE, SMALL = 1600, 640
LARGE_QUALITY, SMALL_QUALITY = 80, 45
MAX_TEXT = 6_000


@dataclass(frozen=True)
class Picture:
    """A page as WebP, with its size in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Page:
    """Page `number`, counted from 1."""

    number: int
    large: Picture
    small: Picture
    text: str


def page_count(content: bytes) -> int:
    """How many pages; raises Invalid with what to do for anything that cannot become slides."""
    if not content.startswith(b"%PDF-"):
        raise Invalid({"file": [_("Please send a PDF. Presentation programs can save one.")]})
    if len(content) > MAX_BYTES:
        raise Invalid({"file": [_("The file is larger than 8 MB. Please save it with smaller pictures.")]})
    with _opened(content) as document:
        count = len(document)
    if not 1 <= count <= MAX_PAGES:
        raise Invalid({"file": [_("Please send between 1 and %(max)d pages.") % {"max": MAX_PAGES}]})
    return count


def pages(content: bytes) -> Iterator[Page]:
    """One page after another, so that only one is in memory."""
    with _opened(content) as document:
        for index in range(len(document)):
            yield _page(document[index], index + 1)


def _page(page: "pypdfium2.PdfPage", number: int) -> Page:
    picture = _rendered(page)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    text = _text_of(page)
    page.close()
    return Page(number, _webp(picture, LARGE_QUALITY), _webp(small, SMALL_QUALITY), text)


def _rendered(page: "pypdfium2.PdfPage") -> Image.Image:
    """The scale follows the size of the page, so that no page can ask for more than LARGE squared."""
    width, height = page.get_size()
    bitmap = page.render(scale=LARGE / max(width, height, 1), may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    picture.thumbnail((LARGE, LARGE))
    return picture


def _text_of(page: "pypdfium2.PdfPage") -> str:
    """The words in reading order of the file, one line each, without the characters that databases refuse."""
    found = page.get_textpage().get_text_range(errors="ignore")[:MAX_TEXT].replace("\x00", "").replace("\ufffe", "-")
    lines = (" ".join(line.split()) for line in found.splitlines())
    return "\n".join(line for line in lines if line)


def _webp(picture: Image.Image, quality: int) -> Picture:
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=quality, method=4)
    return Picture(target.getvalue(), picture.width, picture.height)


def _opened(content: bytes) -> "pypdfium2.PdfDocument":
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise Invalid({"file": [_("The PDF is damaged or locked with a password. Please save it anew.")]}) from None
