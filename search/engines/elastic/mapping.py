"""The index on the server: one entry for each document, and the words as our own analysis made them.

The words are analysed before they leave (see search/analysis.py: accents and Greek folded, compounds whole and in
parts, doses with their unit, English stems), as for the embedded engines. So all engines, the highlights and the
reasons for a rank agree on what the same word is, and the server only has to split at spaces. Nothing here needs more
than its core.
"""

from datetime import datetime
from typing import Any

from elasticsearch import dsl

from search.engines.plan import Candidate
from search.models import Document, Meaning
from search.semantic.model import DIMENSIONS, unpacked

REFRESH = "1s"
# Deletions are remembered as long as a late writer could bring something back.
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": REFRESH,
    "gc_deletes": "1h",
}
TEXT: dict[str, Any] = {"analyzer": "whitespace", "index_options": "positions"}
EXACT: dict[str, Any] = {**TEXT, "norms": False}
VECTOR: dict[str, Any] = {"dims": DIMENSIONS, "index": True, "similarity": "cosine"}
# Fields that an index may lack which was made before the program knew them.
LATER = {
    "meaning": {"type": "dense_vector", **VECTOR},
    "meaning_of": {"type": "keyword"},
    "exact": {"type": "text", **EXACT},
}
PLAIN = ("kind", "bundle", "audience", "space", "stance", "lang")
WORDS = ("title", "body", "names", "exact")
LISTS = ("tags", "places", "specialty")
SHOWN = ("number", "key", "at", "title", *PLAIN, *LISTS, "answered", "sourced", "author_id")


class Entry(dsl.Document):
    """A row of `search_document`; `number` is its primary key. The identifier is "thread:12"."""

    number = dsl.Long()
    key = dsl.Long()
    kind = dsl.Keyword()
    bundle = dsl.Keyword()
    audience = dsl.Keyword()
    # Beginnings of words are kept for suggestions while typing.
    title = dsl.Text(**TEXT, index_prefixes={"min_chars": 2, "max_chars": 8})
    body = dsl.Text(**TEXT)
    names = dsl.Text(**TEXT)
    # All words by their forms, for phrases in quotes.
    exact = dsl.Text(**EXACT)
    space = dsl.Keyword()
    tags = dsl.Keyword()
    places = dsl.Keyword()
    specialty = dsl.Keyword()
    author_id = dsl.Long()
    stance = dsl.Keyword()
    lang = dsl.Keyword()
    answered = dsl.Boolean()
    sourced = dsl.Boolean()
    at = dsl.Date()
    # Of the extra [semantic]: the vector, and the text and model that it is of.
    meaning = dsl.DenseVector(**VECTOR)
    meaning_of = dsl.Keyword()


def new_index(name: str) -> dsl.Index:
    """An index of this mapping that does not exist yet."""
    index = dsl.Index(name)
    index.settings(**SETTINGS)
    index.document(Entry)
    index.get_or_create_mapping().meta("dynamic", "strict")
    return index


def entry_id(kind: str, key: int) -> str:
    return f"{kind}:{key}"


def entry_of(document: Document, meaning: Meaning | None = None) -> dict[str, Any]:
    """What the server is given of a document, but for the vector itself (see `vector_of`)."""
    entry: dict[str, Any] = {name: getattr(document, name) for name in (*PLAIN, "key", *WORDS)}
    entry |= {name: getattr(document, name).split() for name in LISTS}
    entry |= {name: getattr(document, name) for name in ("answered", "sourced", "author_id")}
    if meaning is not None:
        entry["meaning_of"] = f"{meaning.model}:{meaning.said}"
    return {**entry, "number": document.pk, "at": document.at.isoformat()}


def vector_of(meaning: Meaning | None) -> dict[str, Any]:
    return {"meaning": unpacked(meaning.values)} if meaning is not None and meaning.values else {}


def candidate_of(entry: dict[str, Any], score: float | None) -> Candidate:
    """A hit of the server as every engine gives it."""
    words: dict[str, Any] = {name: entry[name] for name in PLAIN if name != "audience"}
    words |= {name: f" {' '.join(entry[name])} " if entry[name] else "" for name in LISTS}
    return Candidate(
        id=entry["number"],
        key=entry["key"],
        score=float(score or 0),
        at=datetime.fromisoformat(entry["at"]),
        title=entry["title"],
        answered=entry["answered"],
        sourced=entry["sourced"],
        author_id=entry["author_id"],
        **words,
    )
