"""Makes files bare: nothing but the picture, nothing but the pages. Pure functions on bytes, no ORM.

Pillow and pikepdf write a new file from decoded content, so EXIF (place, device, time), XMP, comments, embedded
thumbnails, PDF information and attachments are not copied: there is no list of tags to keep up to date.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from community.core.errors import Invalid
from community.core.lazily import Lazily
from community.credentials.documents import rebuilt_pdf

if TYPE_CHECKING:
    import pikepdf
else:
    pikepdf = Lazily("pikepdf")

MAX_PIXELS = 40_000_000
KEPT_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90, "optimize": True}, "WEBP": {"quality": 90}}


def bare_image(file: BinaryIO) -> ContentFile[bytes]:
    """The same picture, upright, in sRGB, without anything else in it.

    Formats other than JPEG, PNG and WebP become PNG. Raises ValidationError for what is no image, and for more than
    40 million pixels (a small file can unfold into gigabytes).
    """
    file.seek(0)
    try:
        with Image.open(file) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("The image is too large: at most 40 megapixels."))
            kind = image.format if image.format in KEPT_FORMATS else "PNG"
            picture = _picture(image, with_alpha=kind != "JPEG")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not an image the site can read.")) from error
    out = BytesIO()
    picture.save(out, kind, **SAVE_OPTIONS.get(str(kind), {}))
    return ContentFile(out.getvalue(), name=f"image.{KEPT_FORMATS[str(kind)]}")


def bare_pdf(file: BinaryIO, *, name: str) -> ContentFile[bytes]:
    """The drawings of the same pages in a new file: no information, metadata, notes, attachments, scripts, forms or
    links, and no metadata in its pictures. Only PDF is accepted."""
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            content = rebuilt_pdf(pdf)
    except pikepdf.PdfError as error:
        raise ValidationError(_("This is not a PDF the site can read.")) from error
    except Invalid as error:
        raise ValidationError(_("The PDF is too complicated. Please print or scan it to a new one.")) from error
    return ContentFile(content, name=name)


def _picture(image: Image.Image, *, with_alpha: bool) -> Image.Image:
    """The decoded pixels on a fresh canvas: the old image's `info` stays behind."""
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if with_alpha and upright.has_transparency_data else "RGB"
    pixels = _in_srgb(upright, image.info.get("icc_profile"), mode)
    fresh = Image.new(mode, pixels.size)
    fresh.paste(pixels)
    return fresh


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Colours as the eye should see them once the file's own colour profile is gone."""
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image.convert(mode)
    kept_mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=kept_mode)
    except ImageCms.PyCMSError:
        return image.convert(mode)
    return (converted or image).convert(mode)
