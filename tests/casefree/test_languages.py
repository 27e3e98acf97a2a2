"""The floors of the Spanish and French packs, on texts written by hand: stories of one patient, and what colleagues write."""

import pytest

from community.casefree.language import language_after, language_of
from tests.casefree.measuring import blocked, is_stopped, stopped
from tests.casefree.sets import batch_threads, lines

LANGUAGES = ("es", "fr")
FOLDERS = ("", "blind_6/", "blind_7/", "blind_8/", "blind_9/")
#: Identifiers of the eighth and ninth batches that may be missed, of 24 in each language.
MISSED_OF_24 = {"es": 1, "fr": 3, "ar": 4}
#: Of six threads of the ninth batch in each language, one half read: what may be missed.
MISSED_OF_SIX_THREADS = {"es": 2, "fr": 3, "ar": 4}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stories_are_stopped_in_every_language_of_a_pack(language: str) -> None:
    texts = [text for folder in FOLDERS for text in lines(f"{folder}stories_{language}")]
    missed = set(texts) - set(stopped(texts))

    assert len(missed) <= 0.08 * len(texts), missed


def test_stories_in_arabic_are_stopped_and_what_colleagues_write_is_not() -> None:
    texts = lines("blind_7/stories_ar")

    assert len(texts) - len(stopped(texts)) <= 1, set(texts) - set(stopped(texts))
    assert stopped(lines("blind_7/legitimate_ar")) == []


@pytest.mark.parametrize("language", MISSED_OF_24)
def test_identifiers_are_stopped_in_every_language_of_a_pack(language: str) -> None:
    texts = lines(f"blind_8/direct_{language}") + lines(f"blind_9/direct_{language}")

    assert len(texts) - len(stopped(texts)) <= MISSED_OF_24[language], set(texts) - set(stopped(texts))


@pytest.mark.parametrize("language", MISSED_OF_SIX_THREADS)
def test_threads_in_every_language_of_a_pack_add_up(language: str) -> None:
    missed = [thread for thread in batch_threads(9, f"violating_{language}") if not is_stopped(thread)]

    assert len(missed) <= MISSED_OF_SIX_THREADS[language], missed
    assert not any(is_stopped(thread) for thread in batch_threads(9, f"ordinary_{language}"))


def test_a_fragment_is_read_in_the_language_of_its_thread() -> None:
    details = ["Setenta y pocos, y es el campanero.", "Del pueblo no quiere salir."]

    assert is_stopped(["¿Usáis droxidopa en el fallo autonómico puro?", *details])
    assert language_after("Es de un pueblo, y su hermana también.", "Vive sola.") == "es"


def test_later_stories_in_arabic_are_stopped_and_what_colleagues_write_is_not() -> None:
    texts = lines("blind_8/stories_ar") + lines("blind_9/stories_ar")

    assert len(texts) - len(stopped(texts)) <= 6, set(texts) - set(stopped(texts))
    assert len(stopped(lines("blind_8/legitimate_ar") + lines("blind_9/legitimate_ar"))) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_colleagues_write_is_left_alone_in_every_language_of_a_pack(language: str) -> None:
    texts = [text for folder in FOLDERS for text in lines(f"{folder}legitimate_{language}")]

    assert len(blocked(texts)) <= 1, blocked(texts)
    assert len(stopped(texts)) <= 0.03 * len(texts), stopped(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_their_language_is_known(language: str) -> None:
    texts = lines(f"stories_{language}") + lines(f"legitimate_{language}")
    others = [text for text in texts if language_of(text) != language]

    assert len(others) <= 0.08 * len(texts), others
