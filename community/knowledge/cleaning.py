"""Makes files bare: nothing but the picture, nothing but the pages. Pure functions on bytes, no ORM.

Pillow and pikepdf write a new file from decoded content, so EXIF (place, device, time), XMP, comments, embedded
thumbnails, PDF information and attachments are not copied: there is no list of tags to keep up to date.
"""

from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from pikepdf import Pdf, PdfError
from PIL import Image, ImageCms, ImageOps

MAX_PIXELS = 40_000_000
KEPT_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90, "optimize": True}, "WEBP": {"quality": 90}}
ACTIVE_PDF_KEYS = ("/OpenAction", "/AA", "/Metadata", "/AcroForm")


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
    """The same pages without information, metadata, attachments, scripts or forms. Only PDF is accepted."""
    file.seek(0)
    out = BytesIO()
    try:
        with Pdf.open(file) as pdf:
            for attached in list(pdf.attachments):
                del pdf.attachments[attached]
            for key in ACTIVE_PDF_KEYS:
                if key in pdf.Root:
                    del pdf.Root[key]
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            pdf.remove_unreferenced_resources()
            pdf.save(out)
    except PdfError as error:
        raise ValidationError(_("This is not a PDF the site can read.")) from error
    return ContentFile(out.getvalue(), name=name)


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
