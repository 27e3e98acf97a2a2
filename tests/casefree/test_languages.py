"""The floors of the Spanish and French packs, on texts written by hand: stories of one patient, and what colleagues write."""

import pytest

from community.casefree.language import language_of
from tests.casefree.measuring import blocked, stopped
from tests.casefree.sets import lines

LANGUAGES = ("es", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", ["", "blind_6/"])
def test_stories_are_stopped_in_every_language_of_a_pack(language: str, folder: str) -> None:
    texts = lines(f"{folder}stories_{language}")
    missed = set(texts) - set(stopped(texts))

    assert len(missed) <= 0.07 * len(texts), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_colleagues_write_is_left_alone_in_every_language_of_a_pack(language: str) -> None:
    texts = lines(f"legitimate_{language}")

    assert blocked(texts) == []
    assert len(stopped(texts)) <= 0.02 * len(texts), stopped(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_their_language_is_known(language: str) -> None:
    texts = lines(f"stories_{language}") + lines(f"legitimate_{language}")
    others = [text for text in texts if language_of(text) != language]

    assert len(others) <= 0.08 * len(texts), others
