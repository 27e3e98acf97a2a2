"""How a version is cited: as text, as RIS and as BibTeX. Pure functions on a small description of it.

RIS tags after the format's published specification (RPRT: a report); BibTeX entry type `techreport`.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Cited:
    """What a citation needs. `authors` are names as shown; `url` is the version's own address."""

    title: str
    authors: tuple[str, ...]
    number: int
    published_on: date
    url: str
    site: str
    kind: str
    language: str = "en"
    abstract: str = ""
    keywords: tuple[str, ...] = ()


def as_text(cited: Cited) -> str:
    """Vancouver-like: authors. Title. Site; date. Version. Address."""
    names = ", ".join(cited.authors) or cited.site
    day = f"{cited.published_on:%Y} {cited.published_on:%b} {cited.published_on.day}"
    return f"{names}. {cited.title}. {cited.site}; {day}. Version {cited.number}. {cited.url}"


def as_ris(cited: Cited) -> str:
    """One record, lines ending in CRLF as the format asks for."""
    rows = [("TY", "RPRT")]
    rows += [("AU", _inverted(name)) for name in cited.authors]
    rows += [
        ("TI", cited.title),
        ("PY", f"{cited.published_on:%Y}"),
        ("DA", f"{cited.published_on:%Y/%m/%d}"),
        ("PB", cited.site),
        ("M3", cited.kind),
        ("ET", f"Version {cited.number}"),
        ("AB", cited.abstract),
        ("LA", cited.language),
        ("UR", cited.url),
    ]
    rows += [("KW", word) for word in cited.keywords]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in rows if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def as_bibtex(cited: Cited) -> str:
    """One entry. Braces keep capitals, and what BibTeX would read as markup is escaped."""
    fields = {
        "title": f"{{{_escaped(cited.title)}}}",
        "author": " and ".join(_escaped(_inverted(name)) for name in cited.authors),
        "institution": _escaped(cited.site),
        "type": _escaped(cited.kind),
        "year": f"{cited.published_on:%Y}",
        "month": f"{cited.published_on:%b}".lower(),
        "note": f"Version {cited.number}",
        "keywords": _escaped(", ".join(cited.keywords)),
        "language": cited.language,
        "url": cited.url,
    }
    rows = [f"  {name} = {{{value}}}" for name, value in fields.items() if value and name != "month"]
    rows.append(f"  month = {fields['month']}")
    return f"@techreport{{{key_of(cited)},\n" + ",\n".join(rows) + "\n}\n"


def key_of(cited: Cited) -> str:
    """First author's last name, year, first long word of the title; ASCII letters and digits only."""
    name = cited.authors[0].split(" ")[-1] if cited.authors else cited.site
    words = [word for word in re.findall(r"\w+", cited.title) if len(word) > 3]
    return _ascii(f"{name}{cited.published_on:%Y}{words[0] if words else ''}v{cited.number}").lower()


def _inverted(name: str) -> str:
    """ "Last, First": what stands last is the family name, as far as a shown name can tell."""
    first, _space, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else last


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return re.sub(r"([\\{}%&$#_^~])", lambda found: ESCAPES[found.group()], _one_line(text))


#: BibTeX counts braces also behind a backslash, so that one alone would never end: it is named.
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\^{}",
    "~": r"\~{}",
    **{mark: f"\\{mark}" for mark in "%&$#_"},
}


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]", "", plain) or "writeup"
