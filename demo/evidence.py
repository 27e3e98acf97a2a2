"""Draws invented documents for the verifier's queue: they look like paper and say that they are not real."""

import io

from PIL import Image, ImageDraw, ImageFont

from demo.people import Person

SIZE = (1240, 874)
PAPER, INK, FAINT, RED = (250, 248, 242), (30, 41, 59), (148, 163, 184), (190, 18, 60)
TITLES = {"licence": "LICENCE TO PRACTISE", "badge": "STAFF CARD", "employer_letter": "CONFIRMATION OF EMPLOYMENT"}


def draw(kind: str, person: Person, number: str) -> bytes:
    """A PNG picture of an invented document of this kind for an invented person."""
    paper = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(paper)
    pen.rectangle((30, 30, SIZE[0] - 30, SIZE[1] - 30), outline=INK, width=4)
    pen.text((80, 80), TITLES[kind], INK, _font(52))
    pen.line((80, 160, SIZE[0] - 80, 160), FAINT, 3)
    for row, (label, value) in enumerate(_fields(person, number)):
        pen.text((80, 210 + row * 84), label, FAINT, _font(26))
        pen.text((80, 242 + row * 84), value, INK, _font(36))
    pen.text((80, SIZE[1] - 110), "INVENTED FOR A DEMONSTRATION. NOT A REAL DOCUMENT.", RED, _font(34))
    picture = io.BytesIO()
    paper.save(picture, "PNG")
    return picture.getvalue()


def _fields(person: Person, number: str) -> list[tuple[str, str]]:
    return [
        ("Name", f"{person.given} {person.family}"),
        ("Registration", number),
        ("Issued by", person.institution),
        ("Country", person.country),
        ("Issued", "In the second year of the demonstration"),
    ]


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
