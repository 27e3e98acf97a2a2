"""What the files hold: one concept after the other, never the whole file in memory (but for Disease Ontology's JSON).

MeSH: the descriptor file in XML of the U.S. National Library of Medicine, desc2026.xml or desc2026.gz. Disease
Ontology: doid.obo, or doid.json in the form of OBO Graphs.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse


class WrongFile(Exception):
    """The file is not of this vocabulary, or it is damaged; what was read before is kept."""


@dataclass(frozen=True)
class Concept:
    """A concept with the ways to say it, the preferred one by itself."""

    code: str
    preferred: str
    others: tuple[str, ...]


# MeSH's branches: anatomy, diseases, procedures, psychiatry, phenomena, health care. Never D, chemicals and drugs.
BRANCHES = ("A", "C", "E", "F", "G", "N")
DRUGS = "D"
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)" EXACT\b')
DOID = re.compile(r"DOID[:_](\d+)\Z")


def read_mesh(file: Path) -> Iterator[Concept]:
    """Descriptors with the entry terms of their preferred concept; those among the drugs are left out."""
    found = False
    with _opened(file) as stream:
        try:
            for _event, element in iterparse(stream, events=("end",)):
                if element.tag == "DescriptorRecord":
                    found = True
                    yield from _descriptor(element)
                    element.clear()
        except (ParseError, DefusedXmlException) as error:
            raise WrongFile(f"{file.name} cannot be read: {type(error).__name__}") from error
    if not found:
        raise WrongFile(f"{file.name} holds no descriptors of MeSH")


def read_doid(file: Path) -> Iterator[Concept]:
    """Diseases that are not obsolete, with their exact synonyms."""
    with _opened(file) as stream:
        start = stream.read(64).lstrip()
        stream.seek(0)
        yield from _graph(stream, file) if start.startswith(b"{") else _obo(stream, file)


READERS = {"mesh": read_mesh, "doid": read_doid}


def _opened(file: Path) -> IO[bytes]:
    with file.open("rb") as raw:
        is_packed = raw.read(2) == b"\x1f\x8b"
    return gzip.open(file, "rb") if is_packed else file.open("rb")  # type: ignore[return-value]


def _descriptor(record: Element) -> Iterator[Concept]:
    branches = [each.text or "" for each in record.iterfind("TreeNumberList/TreeNumber")]
    is_drug = any(each.startswith(DRUGS) for each in branches)
    if is_drug or not any(each.startswith(BRANCHES) for each in branches):
        return
    terms = record.iterfind("ConceptList/Concept[@PreferredConceptYN='Y']/TermList/Term")
    others = [each.findtext("String") or "" for each in terms if each.get("IsPermutedTermYN") != "Y"]
    preferred = record.findtext("DescriptorName/String") or ""
    yield Concept(record.findtext("DescriptorUI") or "", preferred, tuple(each for each in others if each != preferred))


def _obo(stream: Iterable[bytes], file: Path) -> Iterator[Concept]:
    stanza: dict[str, list[str]] = {}
    is_term = found = False
    for line in chain((raw.decode("utf-8", "replace").strip() for raw in stream), ["["]):
        if line.startswith("["):
            if is_term:
                found = True
                yield from _term(stanza)
            stanza, is_term = {}, line == "[Term]"
        elif ": " in line:
            name, value = line.split(": ", 1)
            stanza.setdefault(name, []).append(value)
    if not found:
        raise WrongFile(f"{file.name} holds no terms of OBO")


def _term(stanza: dict[str, list[str]]) -> Iterator[Concept]:
    code = DOID.search(stanza.get("id", [""])[0])
    if code is None or "name" not in stanza or stanza.get("is_obsolete") == ["true"]:
        return
    exact = [match[1].replace('\\"', '"') for each in stanza.get("synonym", []) if (match := QUOTED.match(each))]
    yield Concept(f"DOID:{code[1]}", stanza["name"][0], tuple(exact))


def _graph(stream: IO[bytes], file: Path) -> Iterator[Concept]:
    try:
        nodes: list[dict[str, Any]] = json.load(stream)["graphs"][0]["nodes"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise WrongFile(f"{file.name} is no graph of OBO") from error
    for node in nodes:
        meta = node.get("meta") or {}
        code = DOID.search(node.get("id", ""))
        if code is None or not node.get("lbl") or meta.get("deprecated"):
            continue
        exact = [each["val"] for each in meta.get("synonyms", []) if each.get("pred") == "hasExactSynonym"]
        yield Concept(f"DOID:{code[1]}", node["lbl"], tuple(exact))
