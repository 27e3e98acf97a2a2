"""Write-ups in other languages: pieces of words, a second reader, a translation that goes stale and says so."""

import pytest
from django.test import Client

from community.core.actors import SYSTEM
from community.core.errors import Conflict, Invalid, Refused
from community.knowledge.models import Translation, WriteUpPage
from community.knowledge.operations import writeups
from community.knowledge.operations.translations import (
    publish_translation,
    renew_translation,
    return_translation,
    save_translation,
    send_translation,
    start_translation,
)
from community.knowledge.practice.translating import carried, lacking, pieces_of, translated
from tests.factories.credentials import make_member, make_verified
from tests.factories.writeups import make_write_up

CONTENT = {
    "title": "Calls before visits",
    "result": "Visits kept rose.",
    "problem": "",
    "language": "en",
    "body": [
        {"type": "summary", "value": "**What we did.** One call."},
        {"type": "measures", "value": [{"name": "Visits kept", "unit": "percent", "before": "54", "note": "2025-01"}]},
        {"type": "core", "value": [{"type": "item", "id": "x1", "value": {"element": "One list", "why": ""}}]},
        {"type": "sources", "value": [{"citation": "A paper.", "url": "https://example.org"}]},
    ],
}


def test_words_are_pieces_and_numbers_choices_and_sources_are_not() -> None:
    assert {piece.path: piece.text for piece in pieces_of(CONTENT)} == {
        "title": "Calls before visits",
        "result": "Visits kept rose.",
        "body/0": "**What we did.** One call.",
        "body/1/0/name": "Visits kept",
        "body/2/0/value/element": "One list",
    }


def test_a_translation_puts_words_in_their_places_and_changes_nothing_else() -> None:
    told = translated(
        CONTENT, {"title": "Llamadas", "body/2/0/value/element": "Una lista", "body/1/0/before": "99"}, "es"
    )
    assert (told["title"], told["result"], told["language"]) == ("Llamadas", "Visits kept rose.", "es")
    assert told["body"][2]["value"][0]["value"]["element"] == "Una lista"
    assert told["body"][1] == CONTENT["body"][1] and CONTENT["title"] == "Calls before visits"
    assert next(piece.path for piece in lacking(CONTENT, {"title": "Llamadas", "result": " "})) == "result"


def test_a_newer_version_keeps_what_stands_there_in_the_same_words() -> None:
    newer = {**CONTENT, "result": "Visits kept rose by a third.", "body": CONTENT["body"][1:]}
    texts = {"title": "Llamadas", "result": "Subió.", "body/0": "Una.", "body/1/0/name": "Visitas"}
    assert carried(CONTENT, texts, newer) == {"title": "Llamadas", "body/0/0/name": "Visitas"}


@pytest.mark.django_db
def test_a_translation_is_read_by_a_second_person_and_goes_stale() -> None:
    author, translator, reader = (make_verified(make_member(name)).member for name in ("Ana", "Blas", "Carla"))
    page = make_write_up(author, audience="public")
    translation = start_translation(page, by=translator, language="es")
    with pytest.raises(Conflict):
        start_translation(page, by=reader, language="es")
    with pytest.raises(Refused):
        save_translation(translation, by=reader, texts={"title": "Robado"})
    with pytest.raises(Invalid):
        send_translation(translation, by=translator)
    pieces = pieces_of(page.versions.get(number=1).content)
    texts = {piece.path: "Llamadas antes de la visita" for piece in pieces}
    translation, _ = save_translation(translation, by=translator, texts=texts)
    translation = send_translation(translation, by=translator)
    address = f"/practices/{page.slug}/in/es/"
    assert Client().get(address).status_code == 404
    for nobody in (translator, reader):  # Their own, and a language that the profile does not name.
        with pytest.raises(Refused):
            publish_translation(translation, by=nobody)
    reader.languages = ["en", "es"]
    reader.save()
    return_translation(translation, by=reader, answer="Please look at the doses.")
    send_translation(translation, by=translator)
    publish_translation(translation, by=reader)

    shown = Client().get(address)
    assert 'hreflang="es"' in shown.text and 'lang="es" dir="ltr">Llamadas antes de la visita</h1>' in shown.text
    assert "the original is at version" not in shown.text
    assert Client().get(f"/practices/{page.slug}/").status_code == 200
    spanish = Client()
    spanish.post("/language/", {"language": "es"})
    assert spanish.get(f"/practices/{page.slug}/").headers["Location"] == address
    assert spanish.get(f"/practices/{page.slug}/?original").status_code == 200

    page = WriteUpPage.objects.get(pk=page.pk)
    writeups.save_section(page, by=author, section="short", values={"result": "Visits kept rose by a half."})
    writeups.publish_version(page, by=SYSTEM)
    stale = Client().get(address)
    assert "Translated from version 1; the original is at version 2" in stale.text
    translation = renew_translation(Translation.objects.get(), by=translator)
    assert translation.of_version == 2 and "result" not in translation.texts and translation.texts["title"]
    assert translation.shown_version == 1


@pytest.mark.django_db
def test_the_desk_runs_as_its_language_does_and_marks_the_piece_in_which_the_guard_found_something() -> None:
    page = make_write_up(make_verified(make_member("Ana")).member, audience="public")
    translator, desk = make_verified(make_member("Blas")).member, Client()
    start_translation(page, by=translator, language="ar")
    desk.force_login(translator, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/practices/{page.slug}/in/ar/write/"

    assert 'lang="ar" dir="rtl"' in desk.get(address).text
    refused = desk.post(address, {"piece:title": "Her MRN is 4471902.", "piece:result": "Visits"})

    assert refused.status_code == 403 and 'lang="ar" dir="rtl"' in refused.text
    assert [row["piece"].path for row in refused.context["rows"] if row["wrong"]] == ["title"]
