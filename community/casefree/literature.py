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
_CODED = "(?i:" + "|".join(_CODES) + ")"
SHELTERED = re.compile(
    r"(?P<doi>\b10\.\d{4,9}/[^\s\"<>]{1,200})"
    rf"|(?P<coded>(?<![\w/]){_CODED}[\s:#.=/-]{{0,4}}[A-Z]{{0,6}}\d[\w./-]{{1,30}}(?:[ -]\d[\w-]{{0,12}}){{0,4}})"
    r"|(?P<isbn>\b97[89][- ]?(?:\d[- ]?){9}[\dX]\b)"
    r"|(?P<url>\bhttps?://[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{1,2000})"
    r"|(?P<citation>\b(?:19|20)\d\d\s?;\s?\d{1,4}\s?(?:\(\s?[\w -]{1,12}\s?\))?\s?:\s?[eE]?\d{1,7}(?:\s?-\s?[eE]?\d{1,7})?)"
)
