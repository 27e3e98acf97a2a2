"""Picture cards for sharing, 1200 × 630 px: laid out once, then written as SVG or drawn as PNG. Pure.

The letters are those that Pillow ships (Aileron), so that a card looks the same on every machine. They cover European
languages; a card in another script shows its kind and label, and its words stand in the text beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN, BAR = 72, 24
LONGEST_HEADLINE, LONGEST_LINE = 5, 2

Tone = Literal["bad", "caution", "good", "plain"]
# The design tokens of the light theme: ground, ink and fill of labels.
GROUND, INK, SOFT, BRAND, ON_LABEL = "#ffffff", "#16252b", "#4d5f65", "#0b5563", "#ffffff"
FILLS: dict[str, str] = {"bad": "#a3261c", "caution": "#7a4a00", "good": "#17663f", "plain": BRAND}


@dataclass(frozen=True)
class Card:
    """What a card says. `label` stands in a coloured box; `tone` is bad, caution, good or plain."""

    kind: str
    headline: str
    label: str = ""
    tone: str = "plain"
    line: str = ""
    foot: str = "Collegium"

    @property
    def words(self) -> str:
        """The same in words, for those who do not see it."""
        return ". ".join(part.rstrip(".") for part in (self.kind, self.label, self.headline, self.line) if part) + "."


@dataclass(frozen=True)
class Box:
    left: int
    top: int
    width: int
    height: int
    fill: str
    radius: int = 0


@dataclass(frozen=True)
class Words:
    """One line of text; `top` is the top of its capitals."""

    left: int
    top: int
    size: int
    fill: str
    text: str
    is_bold: bool = False


def lay_out(card: Card) -> list[Box | Words]:
    """Where everything stands, in pixels."""
    fill = FILLS.get(card.tone, BRAND)
    shapes: list[Box | Words] = [Box(0, 0, WIDTH, HEIGHT, GROUND), Box(0, 0, BAR, HEIGHT, fill)]
    left, top = MARGIN + BAR, MARGIN
    shapes.append(Words(left, top, 30, SOFT, card.kind))
    top += 64
    if card.label:
        width = _width(card.label, 40) + 48
        shapes += [Box(left, top, width, 72, fill, 10), Words(left + 24, top + 17, 40, ON_LABEL, card.label)]
        top += 108
    foot = HEIGHT - MARGIN - 30
    wrapped = _wrapped(card.line, 30, WIDTH - left - MARGIN, LONGEST_LINE) if card.line else []
    begin = foot - 24 - 40 * len(wrapped)
    size, lines = _fitting(card.headline, WIDTH - left - MARGIN, begin - 24 - top)
    for line in lines:
        shapes.append(Words(left, top, size, INK, line, is_bold=True))
        top += round(size * 1.22)
    shapes += [Words(left, begin + 40 * number, 30, SOFT, line) for number, line in enumerate(wrapped)]
    shapes += [Box(left, foot - 8, WIDTH - left - MARGIN, 2, "#dbe2df"), Words(left, foot + 8, 30, BRAND, card.foot)]
    return shapes


def as_png(card: Card) -> bytes:
    """The card as a PNG of at most some tens of kilobytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(picture)
    for shape in lay_out(card):
        if isinstance(shape, Box):
            corners = (shape.left, shape.top, shape.left + shape.width - 1, shape.top + shape.height - 1)
            pen.rounded_rectangle(corners, radius=shape.radius, fill=shape.fill)
        else:
            stroke = 1 if shape.is_bold else 0
            pen.text((shape.left, shape.top), shape.text, shape.fill, _font(shape.size), stroke_width=stroke)
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def as_svg(card: Card) -> str:
    """The card as SVG with its words as title and description."""
    parts = "".join(_svg(shape) for shape in lay_out(card))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="t d"><title id="t">{escape(card.kind)}</title><desc id="d">{escape(card.words)}</desc>'
        f"{parts}</svg>"
    )


def _svg(shape: Box | Words) -> str:
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.left}" y="{shape.top}" width="{shape.width}" height="{shape.height}" '
            f'rx="{shape.radius}" fill={quoteattr(shape.fill)}/>'
        )
    baseline = shape.top + round(shape.size * 0.95)
    return (
        f'<text x="{shape.left}" y="{baseline}" font-family="Aileron, Helvetica, Arial, sans-serif" '
        f'font-size="{shape.size}" font-weight="{600 if shape.is_bold else 400}" '
        f"fill={quoteattr(shape.fill)}>{escape(shape.text)}</text>"
    )


def _fitting(text: str, width: int, height: int) -> tuple[int, list[str]]:
    """The largest letters in which the headline fits its place; shortened where even the smallest do not."""
    for size in (64, 56, 48, 42, 36):
        lines = _lines(text, size, width)
        if len(lines) <= LONGEST_HEADLINE and len(lines) * size * 1.22 <= height:
            return size, lines
    return 36, _wrapped(text, 36, width, max(1, min(LONGEST_HEADLINE, int(height / 44))))


def _wrapped(text: str, size: int, width: int, most: int) -> list[str]:
    lines = _lines(text, size, width)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1].rstrip('.,;: ')} …"]


def _lines(text: str, size: int, width: int) -> list[str]:
    lines: list[str] = []
    for word in _drawable(text.split()):
        if lines and _width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _drawable(words: Iterable[str]) -> Iterable[str]:
    """Words in letters that the font has: others would be empty boxes."""
    return (word for word in words if all(ord(letter) < 0x250 or letter in "“”‘’–—…•" for letter in word))


def _width(text: str, size: int) -> int:
    return round(_font(size).getlength(text))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("Pillow was built without FreeType")
    return font
