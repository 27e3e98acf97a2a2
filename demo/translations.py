"""Writes the demo's write-ups in other languages, each read by a second person; one is older than its original."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import transaction

from community.core.clock import now
from community.knowledge.models import Translation, TranslationState, Version
from community.knowledge.practice.translating import pieces_of
from community.members.models import Member
from demo.diary import Diary
from demo.people import CONTENT

BEGUN_BEFORE = timedelta(days=9)


@cache
def content() -> list[dict[str, Any]]:
    """The translations as they stand in the content."""
    told: list[dict[str, Any]] = tomllib.loads((CONTENT / "translations.toml").read_text(encoding="utf-8"))[
        "translation"
    ]
    return told


@transaction.atomic
def make_translations(members: Mapping[str, Member]) -> int:
    """Write what is missing; returns how many. The write-ups must be there already."""
    known = set(Translation.objects.values_list("page__slug", "language"))
    missing = [told for told in content() if (told["slug"], told["language"]) not in known]
    diary = Diary()
    for told in missing:
        version = Version.objects.get(page__slug=told["slug"], number=told["version"])
        texts, at = texts_of(told["words"], version.content), now() - timedelta(days=told["days"])
        row = Translation.objects.create(
            page_id=version.page_id, language=told["language"], state=TranslationState.DONE,
            of_version=version.number, texts=texts, shown_version=version.number, shown=texts,
            translator=members[told["by"]], reader=members[told["reader"]],
            begun_at=at - BEGUN_BEFORE, published_at=at,
        )  # fmt: skip
        diary.note("knowledge.translation.published", at, by=row.reader, target=row, number=version.number)
    diary.write()
    return len(missing)


def texts_of(words: Mapping[str, str], version: Mapping[str, Any]) -> dict[str, str]:
    """Place → words for every piece of the version; KeyError with the English words that have no translation."""
    return {piece.path: words[_key(words, piece.text)] for piece in pieces_of(version)}


def _key(words: Mapping[str, str], text: str) -> str:
    """The longest beginning that the text has among the keys."""
    return max((key for key in words if text.startswith(key)), key=len, default=text)
