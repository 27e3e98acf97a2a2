"""Slides: pages made from a PDF, what the guard finds in them, and who decides."""

import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.core.errors import Conflict, Invalid, Refused
from community.core.models import Attempt, Event
from community.core.tasks import run_attempt
from community.knowledge.models import Handout
from community.moderation.queries import held_words
from tests.factories.forums import verified_member
from tests.factories.webinars import attendee, webinar_with
from webinars.crews import set_role
from webinars.media import slides as pdf
from webinars.media import storage
from webinars.models import CrewRole, Deck
from webinars.operations import files, running
from webinars.operations.series import repeat_webinar
from webinars.operations.slides import (
    add_deck,
    key_of,
    leave_out_pages,
    prepare_deck,
    refuse_deck,
    release_deck,
    remove_deck,
)
from webinars.roomlog import entries_after, topic_of
from webinars.showing import alt_of, slide_pages

CLEAN = [["Sepsis: the first hour", "without a laboratory"], ["What to measure", "Capillary refill time"]]
STORY = ["My patient John Smith", "born 3 March 1961, MRN 4482913"]


def pdf_of(pages: list[list[str]]) -> bytes:
    """A PDF with some lines of text on each page."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for lines in pages:
        page = document.add_blank_page(page_size=(480, 270))
        text = " ".join(f"({line}) Tj T*" for line in lines)
        page.obj.Contents = document.make_stream(f"BT /F1 18 Tf 30 220 Td 24 TL {text} ET".encode())
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_page_becomes_pictures_of_two_sizes_and_words() -> None:
    first, second = pdf.pages(pdf_of(CLEAN))

    assert (first.number, first.text) == (1, "Sepsis: the first hour\nwithout a laboratory")
    assert (second.large.width, second.large.height, second.small.width) == (1600, 900, 640)
    assert second.small.content[8:12] == b"WEBP"
    assert len(second.small.content) < 20_000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a presentation", b"%PDF-1.7 and nothing more"])
def test_what_is_no_readable_pdf_is_refused_with_advice(content: bytes) -> None:
    with pytest.raises(Invalid, match="PDF"):
        pdf.page_count(content)


def test_words_for_those_who_do_not_see_a_slide() -> None:
    assert alt_of(3, "") == "Slide 3"
    assert alt_of(3, "What to\nmeasure") == "Slide 3: What to measure"
    assert len(alt_of(3, "word " * 200)) < 200


@pytest.fixture
def crew(db: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return verified_member(name="Pia Presenter")


def prepared(webinar: Any, by: Any, pages: list[list[str]]) -> Deck:
    deck = add_deck(webinar, by=by, title="First hour", content=pdf_of(pages))
    run_attempt(Attempt.objects.get(job=prepare_deck.path).pk)
    deck.refresh_from_db()
    return deck


def verbs() -> list[str]:
    return [verb for verb in Event.objects.order_by("id").values_list("verb", flat=True) if ".deck." in verb]


def test_slides_are_followed_in_step_and_thrown_away(crew: Any, client: Client) -> None:
    webinar = webinar_with(crew, slug="rounds")
    ada = attendee(webinar, name="Ada Attendee")
    with pytest.raises(Refused):
        add_deck(webinar, by=ada, title="Mine", content=pdf_of(CLEAN))

    deck = prepared(webinar, crew, CLEAN)
    running.show_slide("rounds", by=crew, n=2)

    client.force_login(ada)
    told = client.get(f"/webinars/rounds/slides/{deck.public_id}/").json()
    assert [page["alt"] for page in told["pages"]] == [
        "Slide 1: Sepsis: the first hour without a laboratory",
        "Slide 2: What to measure Capillary refill time",
    ]
    picture = client.get(told["pages"][1]["small"])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    forged = told["pages"][1]["small"].replace("/slides/", "/slides/x")
    assert client.get(forged).status_code == 404
    assert client.get("/webinars/rounds/slides/").status_code == 403

    remove_deck(deck, by=crew)
    assert entries_after(topic_of(webinar), 0, 99)[-1]["body"] == {"n": 0, "deck": None}
    assert not Deck.objects.exists()
    assert verbs() == ["webinars.deck.added", "webinars.deck.prepared", "webinars.deck.removed"]


def test_a_copy_of_a_webinar_has_slides_and_handouts_of_its_own(
    crew: Any, run_jobs: Any, django_capture_on_commit_callbacks: Any
) -> None:
    webinar = webinar_with(crew, slug="rounds")
    deck, held = prepared(webinar, crew, CLEAN), add_deck(webinar, by=crew, title="Later", content=pdf_of(CLEAN))
    set_role(webinar, crew, CrewRole.ORGANISER)
    file = SimpleUploadedFile("leaflet.pdf", pdf_of(CLEAN))
    handout = files.add_handout(webinar, by=crew, file=file, title="Leaflet")
    Deck.objects.filter(pk=held.pk).update(state=Deck.State.HELD)

    copy, *others = repeat_webinar(webinar, by=crew, rhythm="weekly", times=2)
    run_jobs()
    own = copy.decks.get()
    with django_capture_on_commit_callbacks(execute=True):
        remove_deck(deck, by=crew)
    files.remove_handout(webinar, by=crew, handout_id=handout.pk)

    assert (own.state, own.title, own.page_count, own.slides.count()) == (Deck.State.READY, "First hour", 2, 2)
    assert storage.read(key_of(own.public_id, 2, "large")).startswith(b"RIFF")
    assert storage.size_of(key_of(deck.public_id, 2, "large")) is None
    assert slide_pages(own)[0]["text"].startswith("Sepsis")
    assert list(copy.handouts.all()) == [handout]
    for each in (copy, *others):
        files.remove_handout(each, by=crew, handout_id=handout.pk)
    assert not Handout.objects.exists()


def test_slides_that_point_to_a_patient_wait_or_lose_the_page(crew: Any) -> None:
    webinar = webinar_with(crew, slug="rounds")
    deck = prepared(webinar, crew, [CLEAN[0], STORY, CLEAN[1]])

    assert (deck.state, deck.found_pages) == (Deck.State.HELD, [2])
    assert [page["text"] for page in slide_pages(deck)][1] == ""
    assert "John Smith" in held_words(deck)["page 2"]
    assert not any("John" in str(value) for found in deck.findings for value in found.values())

    deck = leave_out_pages(deck, by=crew)
    assert (deck.state, deck.page_count) == (Deck.State.READY, 2)
    assert [(page["n"], page["page"]) for page in slide_pages(deck)] == [(1, 1), (2, 3)]
    with pytest.raises(Conflict):
        leave_out_pages(deck, by=crew)
    assert verbs() == ["webinars.deck.added", "webinars.deck.held", "webinars.deck.pages_left_out"]


def test_moderators_decide_about_held_slides(crew: Any) -> None:
    webinar = webinar_with(crew, slug="rounds")
    moderator = verified_member(name="Mo Moderator")
    deck = prepared(webinar, crew, [CLEAN[0], STORY])

    deck = release_deck(deck, by=moderator)
    assert deck.state == Deck.State.READY
    assert "John Smith" in slide_pages(deck)[1]["text"]
    assert storage.size_of(key_of(deck.public_id, 2, "large"))

    assert refuse_deck(deck, by=moderator).state == Deck.State.REFUSED
    assert verbs()[-2:] == ["webinars.deck.released", "webinars.deck.refused"]
