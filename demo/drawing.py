"""Draws slides, figures and hand-outs of the demo; each says that what is on it is invented."""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFont

SIZE = (960, 540)
PAPER, INK, MARK = "#f6f4ee", "#12333a", "#0f6b74"


def drawn(text: str) -> Image.Image:
    """A title, a bar, and lines below it."""
    title, _bar, body = text.partition("|")
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 28, SIZE[1]), fill=MARK)
    pen.text((96, 80), title, fill=MARK, font=_fitting(pen, title, 72))
    for number, line in enumerate(body.splitlines()):
        pen.text((96, 196 + 66 * number), line, fill=INK, font=_fitting(pen, line, 44))
    pen.text(
        (96, SIZE[1] - 72), "Demonstration: everything here is invented.", fill=INK, font=ImageFont.load_default(24)
    )
    return picture


def _fitting(pen: ImageDraw.ImageDraw, line: str, size: int) -> Any:
    """The largest letters, up to `size`, in which the line does not run over the edge."""
    fonts = (ImageFont.load_default(points) for points in range(size, 16, -2))
    return next(font for font in fonts if pen.textlength(line, font=font) <= SIZE[0] - 140)


def as_file(picture: Image.Image, kind: str) -> bytes:
    """The picture as "PNG", or on the one page of a "PDF"."""
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()
