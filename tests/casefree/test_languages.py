"""The floors of the Spanish and French packs, on texts written by hand: stories of one patient, and what colleagues write."""

import pytest

from community.casefree.language import language_of
from tests.casefree.measuring import blocked, stopped
from tests.casefree.sets import lines

LANGUAGES = ("es", "fr")
FOLDERS = ("", "blind_6/", "blind_7/", "blind_8/")
#: Identifiers of the eighth batch that may be missed, of twelve in each language.
MISSED_OF_TWELVE = {"es": 1, "fr": 3, "ar": 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stories_are_stopped_in_every_language_of_a_pack(language: str) -> None:
    texts = [text for folder in FOLDERS for text in lines(f"{folder}stories_{language}")]
    missed = set(texts) - set(stopped(texts))

    assert len(missed) <= 0.08 * len(texts), missed


def test_stories_in_arabic_are_stopped_and_what_colleagues_write_is_not() -> None:
    texts = lines("blind_7/stories_ar")

    assert len(texts) - len(stopped(texts)) <= 1, set(texts) - set(stopped(texts))
    assert stopped(lines("blind_7/legitimate_ar")) == []


@pytest.mark.parametrize("language", MISSED_OF_TWELVE)
def test_identifiers_are_stopped_in_every_language_of_a_pack(language: str) -> None:
    texts = lines(f"blind_8/direct_{language}")

    assert len(texts) - len(stopped(texts)) <= MISSED_OF_TWELVE[language], set(texts) - set(stopped(texts))


def test_later_stories_in_arabic_are_stopped_and_what_colleagues_write_is_not() -> None:
    texts = lines("blind_8/stories_ar")

    assert len(texts) - len(stopped(texts)) <= 2, set(texts) - set(stopped(texts))
    assert stopped(lines("blind_8/legitimate_ar")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_colleagues_write_is_left_alone_in_every_language_of_a_pack(language: str) -> None:
    texts = [text for folder in FOLDERS for text in lines(f"{folder}legitimate_{language}")]

    assert blocked(texts) == []
    assert len(stopped(texts)) <= 0.03 * len(texts), stopped(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_their_language_is_known(language: str) -> None:
    texts = lines(f"stories_{language}") + lines(f"legitimate_{language}")
    others = [text for text in texts if language_of(text) != language]

    assert len(others) <= 0.08 * len(texts), others
