"""Numbers that belong to the literature, to registers of trials, to codes and to products: never a person's."""

import re

_CODES = (
    "pmid",
    "pubmed(?: id)?",
    "pmc(?:id)?",
    "doi",
    "isbn(?:-1[03])?",
    "issn",
    "nct",
    "isrctn",
    "eudract",
    "euct",
    "actrn",
    "chictr[a-z-]{0,4}",
    "ctri",
    "drks",
    "umin",
    "jrct[a-z]?",
    "pactr",
    "jprn",
    "prospero",
    "crd",
    "arxiv",
    "orcid",
    "snomed(?: ct)?",
    "sctid",
    "loinc",
    "rxnorm",
    "rxcui",
    "icd-?1[01]",
    "icd-?9",
    "cas(?: no| number| rn)?",
    "ndc",
    "pubchem",
    "cid",
    "chembl",
    "chebi",
    "omim",
    "orpha(?:code)?",
    "gtin",
    "ean",
    "udi-di",
    "genbank",
    "geo",
    "gse",
    "prjna",
    "ensg",
    "who/[a-z]{2,6}",
    "fda",
    "grant(?: no\\.?| number| agreement)?",
    "award",
    "erratum",
    "cochrane",
    "batch(?: no\\.?| number)?",
    "lot(?: no\\.?| number)?",
    "catalog(?:ue)?(?: no\\.?| number)?",
    "cat\\.? no\\.?",
)


def _by_letter(codes: tuple[str, ...]) -> str:
    """Codes by their first letter, which the pattern has read already."""
    letters = dict.fromkeys(code[0] for code in codes)
    rests = {letter: "|".join(code[1:] for code in codes if code[0] == letter) for letter in letters}
    return "|".join(f"(?<=[{letter}{letter.upper()}])(?i:{rest})" for letter, rest in rests.items())


_LETTERS = "".join(sorted({code[0] for code in _CODES}))
#: The first character stands before what must not be in front of it, so that the search leaps to it.
SHELTERED = re.compile(
    rf"[129hw{_LETTERS}{_LETTERS.upper()}](?<!\w.)(?:"
    r"(?<=1)0\.\d{4,9}/[^\s\"<>]{1,200}"
    rf"|(?<!/.)(?:{_by_letter(_CODES)})[\s:#.=/-]{{0,4}}[A-Z]{{0,6}}\d[\w./-]{{1,30}}(?:[ -]\d[\w-]{{0,12}}){{0,4}}"
    r"|(?<=9)7[89][- ]?(?:\d[- ]?){9}[\dX]\b"
    r"|(?:(?<=h)ttps?://|(?<=w)ww\.)[^\s<>\"]{1,2000}"
    r"|(?:(?<=1)9|(?<=2)0)\d\d\s?;\s?\d{1,4}\s?(?:\(\s?[\w -]{1,12}\s?\))?\s?:\s?[eE]?\d{1,7}(?:\s?-\s?[eE]?\d{1,7})?)"
)
