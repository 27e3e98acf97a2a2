"""A write-up as linked data: schema.org's terms, with PROV-O for what it was derived from."""

from collections.abc import Iterable
from typing import Any

from community.knowledge.practice.citations import Cited


def as_json_ld(
    cited: Cited, *, canonical: str, place: str = "", about: Iterable[str] = (), derived_from: Iterable[str] = ()
) -> dict[str, Any]:
    """A MedicalScholarlyArticle. `derived_from` are addresses of the write-ups it was adapted from."""
    parents = list(derived_from)
    facts: dict[str, Any] = {
        "@context": {"@vocab": "https://schema.org/", "prov": "http://www.w3.org/ns/prov#"},
        "@type": ["MedicalScholarlyArticle", "prov:Entity"],
        "@id": cited.url,
        "url": canonical,
        "headline": cited.title,
        "name": cited.title,
        "abstract": cited.abstract,
        "version": str(cited.number),
        "datePublished": cited.published_on.isoformat(),
        "inLanguage": cited.language,
        "genre": cited.kind,
        "author": [{"@type": "Person", "name": name} for name in cited.authors],
        "publisher": {"@type": "Organization", "name": cited.site},
        "keywords": ", ".join(cited.keywords),
        "about": [{"@type": "MedicalSpecialty", "name": name} for name in about],
        "spatialCoverage": {"@type": "Place", "name": place} if place else None,
        "isBasedOn": parents,
        "prov:wasDerivedFrom": [{"@id": address} for address in parents],
    }
    return {name: value for name, value in facts.items() if value}
