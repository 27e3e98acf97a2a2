"""First pages in the reader's language: what editors left is translated, what they changed is theirs."""

import pytest
from django.test import Client
from django.utils import translation

from community.core.languages import country_name, in_order, spoken
from community.knowledge.first_pages.words import first_words, reworded
from community.knowledge.models import HelpPage, HomePage, PageInLanguage

SAVED = '<ol><li data-block-key="a1"><b>Sign up</b> today</li></ol><p data-block-key="b2">Mine</p>'


def test_rich_text_is_said_piece_by_piece_whatever_the_editor_added_to_its_tags() -> None:
    known = {"<b>Sign up</b> today": "<b>Regístrese</b> hoy"}
    value = [{"type": "text", "value": SAVED, "id": "x"}, {"type": "note", "value": {"kind": "info", "title": "Mine"}}]

    said = reworded(value, lambda piece: known.get(piece, piece))

    assert said[0]["value"] == "<ol><li><b>Regístrese</b> hoy</li></ol><p>Mine</p>"
    assert said[1]["value"] == {"kind": "info", "title": "Mine"}


def test_every_first_word_has_words_in_each_language() -> None:
    for code in ("es", "fr", "ar"):
        with translation.override(code):
            same = [words for words in first_words() if spoken(words) == words]
        assert [words for words in same if len(words) > 12] == []


def test_countries_are_called_and_sorted_as_the_reader_does() -> None:
    with translation.override("es"):
        names = {code: country_name(code, code) for code in ("DE", "AT", "EG", "ZZ-none")}
    assert in_order(names) == {"DE": "Alemania", "AT": "Austria", "EG": "Egipto", "ZZ-none": "ZZ-none"}
    assert list(in_order({"a": "Zaire", "b": "Åland", "c": "Bahamas"})) == ["b", "c", "a"]


@pytest.mark.django_db
def test_a_reader_sees_the_first_words_translated_and_editors_own_before_them() -> None:
    help_page = HelpPage.objects.get(slug="first-hour")
    PageInLanguage.objects.create(page=help_page, language="es", title="Empiece aquí")
    HomePage.objects.update(hero_title="Ours alone")
    spanish = Client(headers={"accept-language": "es"})

    home = spanish.get("/").content.decode()
    page = spanish.get("/help/first-hour/").content.decode()
    shelf = spanish.get("/help/").content.decode()

    assert "Ours alone" in home and "Muestre quién es" in home and "Show who you are" not in home
    assert "Empiece aquí" in page and "<b>Regístrese</b>" in page
    assert "Empiece aquí" in shelf and "Your first hour" not in shelf
    assert "Your first hour" in Client().get("/help/").content.decode()
