"""What we give to other programs, each read by a library of others: RIS, BibTeX, Atom, oEmbed, JSON-LD."""

import json
from datetime import date
from typing import Any

import feedparser
import micawber
import pybtex.database
import pytest
import rispy
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.richtext import Text
from pyld import jsonld

from community.knowledge.practice.citations import Cited, as_bibtex, as_ris
from tests.factories.forums import verified_member
from tests.factories.knowledge import make_bulletin, make_myth, on_duty
from tests.factories.writeups import make_write_up

SCHEMA = "https://schema.org/"
#: Terms of schema.org that we use, by type, as its pages define them (those of a type's parents included).
TERMS = {
    "ClaimReview": "url name datePublished dateModified inLanguage author claimReviewed itemReviewed reviewBody "
    "reviewRating citation",
    "Claim": "text datePublished",
    "Rating": "alternateName ratingValue bestRating worstRating",
    "CreativeWork": "name url",
    "Organization": "name url",
    "Person": "name",
    "Place": "name",
    "SpecialAnnouncement": "name text url datePosted dateModified expires version author spatialCoverage",
    "MedicalScholarlyArticle": "url headline name abstract version datePublished inLanguage genre author publisher "
    "keywords about spatialCoverage isBasedOn",
    "MedicalSpecialty": "name",
}
#: Words that people write: letters of many scripts, marks that formats use for themselves, no control characters.
said = st.text(st.characters(categories=["L", "Nd", "P", "S", "Zs"]), min_size=1, max_size=60).filter(str.strip)


def cited(**fields: Any) -> Cited:
    values: dict[str, Any] = {
        "title": "Three-month refills & the 5 % who missed them_1",
        "authors": ("Grace Wanjiru", "Jos\u00e9 Quispe"),
        "number": 2,
        "published_on": date(2026, 3, 9),
        "url": "https://example.org/practices/refills/v2/",
        "site": "Collegium",
        "kind": "Practice",
        "abstract": "Visits kept rose.",
        "keywords": ("refills", "hypertension"),
    }
    return Cited(**values | fields)


@settings(max_examples=60, deadline=None)
@given(title=said, name=said)
def test_any_title_and_name_come_out_of_ris_as_they_went_in(title: str, name: str) -> None:
    (entry,) = rispy.loads(as_ris(cited(title=title, authors=(name,))))

    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == " ".join(title.split())
    assert sorted(entry["authors"][0].replace(",", "").split()) == sorted(name.replace(",", "").split())
    assert (entry["year"], entry["urls"], entry["keywords"]) == ("2026", [cited().url], ["refills", "hypertension"])


@settings(max_examples=60, deadline=None)
@given(title=said, name=said)
def test_any_title_and_name_make_one_bibtex_entry(title: str, name: str) -> None:
    read = pybtex.database.parse_string(as_bibtex(cited(title=title, authors=(name, "B C"))), "bibtex")

    ((key, entry),) = read.entries.items()
    assert (key.isalnum(), entry.type) == (True, "techreport")
    assert len(entry.persons["author"]) == 2
    assert (entry.fields["year"], entry.fields["url"], entry.fields["month"]) == ("2026", cited().url, "March")


def test_bibtex_says_the_same_words() -> None:
    (entry,) = pybtex.database.parse_string(as_bibtex(cited()), "bibtex").entries.values()

    assert str(Text.from_latex(entry.fields["title"])) == "Three-month refills & the 5 % who missed them_1"
    assert [str(person) for person in entry.persons["author"]] == ["Wanjiru, Grace", "Quispe, Jos\u00e9"]


@pytest.mark.django_db
def test_feeds_embeds_and_linked_data_are_read_by_others(client: Client) -> None:
    myth, bulletin = make_myth(on_duty()), make_bulletin(on_duty(), on_duty())
    page = make_write_up(verified_member(), tags=["refills"])

    feed = feedparser.parse(client.get("/feeds/practices.atom").content)
    embed = _Ours(client).request(f"http://testserver{myth.url}", maxwidth=320)
    linked = {each: _linked(client, each) for each in (f"/practices/{page.slug}/", myth.url, bulletin.url)}

    assert (feed.bozo, feed.version, [entry.title for entry in feed.entries]) == (False, "atom10", [page.title])
    assert feed.entries[0].link == f"http://testserver/practices/{page.slug}/"
    assert feed.entries[0].updated_parsed
    assert (embed["type"], embed["width"]) == ("rich", 320)
    assert [wrong for nodes in linked.values() for node in nodes for wrong in _unknown(node)] == []
    assert linked[myth.url][0]["@type"] == [f"{SCHEMA}ClaimReview"]
    assert linked[bulletin.url][0]["@type"] == [f"{SCHEMA}SpecialAnnouncement"]


def test_a_term_that_schema_org_does_not_have_is_found() -> None:
    (node,) = _expanded({"@context": "https://schema.org", "@type": "Claim", "text": "x", "texts": "y", "@id": "z:1"})

    assert _unknown(node) == ["Claim.texts"]


class _Ours(micawber.Provider):  # type: ignore[misc]
    """Asks our endpoint as a consumer does, through the test client."""

    def __init__(self, client: Client) -> None:
        super().__init__("http://testserver/oembed/")
        self.client = client

    def fetch(self, url: str) -> str:
        return self.client.get(url.removeprefix("http://testserver")).content.decode()


def _linked(client: Client, address: str) -> list[dict[str, Any]]:
    """The JSON-LD in a page's head, expanded."""
    scripts = BeautifulSoup(client.get(address).content, "html.parser").find_all("script", type="application/ld+json")
    assert scripts
    return [node for script in scripts for node in _expanded(json.loads(script.string))]


def _expanded(data: dict[str, Any]) -> list[dict[str, Any]]:
    """With all terms as IRIs. The context of schema.org is its vocabulary; nothing is fetched."""
    return jsonld.expand(data, {"documentLoader": _context})  # type: ignore[no-any-return]


def _context(url: str, _options: Any) -> dict[str, Any]:
    assert url.rstrip("/") in {"https://schema.org", "http://schema.org"}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": SCHEMA}}}


def _unknown(node: Any) -> list[str]:
    """Terms in an expanded node, and in those it holds, that its types do not have."""
    if not isinstance(node, dict) or "@value" in node:
        return []
    types = [each.removeprefix(SCHEMA) for each in node.get("@type", []) if each.startswith(SCHEMA)]
    known = {term for each in types for term in TERMS.get(each, "").split()}
    names = {key: key.removeprefix(SCHEMA) for key in node if not key.startswith("@") and key.startswith(SCHEMA)}
    wrong = [f"{'/'.join(types) or 'nothing'}.{name}" for name in names.values() if name not in known]
    return wrong + [deep for key in names for each in node[key] for deep in _unknown(each)]
