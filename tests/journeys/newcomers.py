"""People who join in the stories: invented, each with a register entry of their own and a document to show."""

import io
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.bench import nppes
from tests.journeys.installation import Installation

PASSWORD = "a long phrase for the stories"
FAMILY_MEDICINE = "207Q00000X"


@dataclass(frozen=True)
class Newcomer:
    """A family doctor in the United States who is not here yet."""

    given: str
    family: str

    @property
    def email(self) -> str:
        return f"{self.given}.{self.family}@clinic.example".lower()

    @property
    def npi(self) -> str:
        return nppes.npi(50_000_000 + zlib.crc32(self.email.encode()) % 40_000_000)


def put_in_register(newcomers: Collection[Newcomer], site: Installation, folder: Path) -> None:
    """Import a register file that holds them, in the shape of the published one."""
    file = folder / "npidata.csv"
    file.write_text(next(nppes.lines(0)) + "".join(map(_line, newcomers)), encoding="utf-8")
    told = site.manage("import_register", "nppes", str(file))
    assert str(len(newcomers)) in told


def _line(newcomer: Newcomer) -> str:
    row = {
        "NPI": newcomer.npi,
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": newcomer.family.upper(),
        "Provider First Name": newcomer.given.upper(),
        "Provider Business Practice Location Address State Name": "MA",
        "Provider Business Practice Location Address Country Code (If outside U.S.)": "US",
        "Provider Enumeration Date": "03/04/2011",
        "Last Update Date": "07/08/2025",
        "Healthcare Provider Taxonomy Code_1": FAMILY_MEDICINE,
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
    }
    return nppes.line(row)


def licence(newcomer: Newcomer) -> dict[str, object]:
    """A picture of an invented licence, as a browser uploads it."""
    paper = Image.new("RGB", (900, 600), "#fbf9f2")
    pen = ImageDraw.Draw(paper)
    for row, words in enumerate(["INVENTED LICENCE", f"{newcomer.given} {newcomer.family}", newcomer.npi]):
        pen.text((60, 80 + row * 120), words, "#1e293b", ImageFont.load_default(44))
    picture = io.BytesIO()
    paper.save(picture, "PNG")
    return {"name": "licence.png", "mimeType": "image/png", "buffer": picture.getvalue()}
