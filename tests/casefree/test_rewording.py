"""The suggested wording is put in place by the server, for those whose browser runs no script; nothing is stored."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.core.rewording import put_in, reworded
from community.core.screening import Finding
from community.knowledge.models import (
    BulletinPage,
    DraftComment,
    Duty,
    Handout,
    Picture,
    Rumour,
    Translation,
    WriteUpPage,
)
from community.knowledge.operations.translations import save_translation, send_translation, start_translation
from community.knowledge.practice.translating import pieces_of
from community.members.models import Member
from forums.models import Post
from tests.factories.credentials import make_application, make_member, make_verified, photo
from tests.factories.forums import make_thread, verified_member
from tests.factories.knowledge import BULLETIN, MYTH, bulletin_values
from tests.factories.webinars import attendee, webinar_with
from tests.factories.writeups import make_write_up
from tests.knowledge.practices import draft as written
from webinars.models import Deck, Question, RoomEvent


def finding(start: int, end: int, rewrite: str | None) -> Finding:
    return Finding("source", start, end, "date", "A date.", rewrite)


def test_each_marked_place_is_replaced_and_others_stay() -> None:
    text = "Seen on 12 April by Dr Okoro, call 5."

    assert put_in(text, [finding(5, 16, "recently"), finding(20, 28, "a colleague"), finding(30, 36, None)]) == (
        "Seen recently by a colleague, call 5."
    )


def test_reworded_words_pass() -> None:
    assert reworded("Her phone is 020 7946 0958. Which dose?", "post") == "Her phone is [number removed]. Which dose?"
    assert reworded("Which dose do you use?", "post") == "Which dose do you use?"


@pytest.mark.django_db
def test_refused_reply_offers_the_wording_and_the_button_puts_it_in_the_form(client: Client) -> None:
    thread = make_thread()
    client.force_login(verified_member())
    url = reverse("thread-reply", args=[thread.space.slug, thread.path_part])
    sent = {"source": "Her MRN is 4471902, which dose?", "stance": "opinion", "client_key": str(uuid.uuid4())}

    refused = client.post(url, sent)
    assert 'name="reword"' in refused.content.decode()
    answer = client.post(url, sent | {"reword": "1"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Her MRN is [number removed], which dose?" in page
    assert "4471902" not in page
    assert Post.objects.filter(thread=thread).count() == 1


@pytest.mark.django_db
def test_question_before_a_webinar_can_be_reworded(client: Client) -> None:
    webinar = webinar_with(slug="rounds")
    client.force_login(attendee(webinar))

    answer = client.post(
        reverse("webinar-question", args=["rounds"]),
        {"text": "Her MRN is 4471902, which dose?", "reword": "1", "ref": str(uuid.uuid4())},
    )

    assert "Her MRN is [number removed], which dose?" in answer.content.decode()
    assert not Question.objects.exists()


NUMBER = "Her MRN is 4471902, which dose?"
Form = tuple[str, dict[str, Any], str]


def sent_back(
    client: Client, path: str, data: dict[str, Any], key: str, once: Mapping[str, Any] = MappingProxyType({})
) -> tuple[bool, int, bool, bool]:
    """Refused with an offer; then asked for the wording: its status, and whether the form holds it and not the number.

    `once` are files, which a browser does not send a second time.
    """
    refused = client.post(path, data | dict(once) | {key: NUMBER}).content.decode()
    answer = client.post(path, data | {key: NUMBER, "reword": "1"})
    page = answer.content.decode()
    return 'name="reword"' in refused, answer.status_code, "Her MRN is [number removed]" in page, "4471902" in page


@pytest.mark.django_db
def test_forms_with_words_offer_the_wording_and_send_nothing_meanwhile(client: Client) -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    Duty.objects.create(member=author)
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    draft, thread = written(author), make_thread()
    steps = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-role": "everybody"}
    times = {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in bulletin_values().items() if name.endswith(("_at", "since"))}
    bulletin = {name: value for name, value in BULLETIN.items() if value} | times | steps
    forms: dict[str, Form] = {
        "comment": (reverse("writeup-comment", args=[draft.slug]), {"section": "short"}, "text"),
        "rumour": (reverse("rumour-list"), {"channel": "news"}, "text"),
        "myth": (reverse("myth-create"), MYTH, "why"),
        "bulletin": (reverse("bulletin-create"), bulletin, "known"),
        "step": (reverse("bulletin-create"), bulletin, "steps-0-do"),
        "report": (reverse("post-report", args=[thread.posts.get().public_id]), {"reason": "other"}, "note"),
        "interests": (reverse("conflicts-edit"), {}, "statement"),
    }

    assert {name: sent_back(client, *form) for name, form in forms.items()} == dict.fromkeys(
        forms, (True, 200, True, False)
    )
    assert (DraftComment.objects.count(), Rumour.objects.count(), BulletinPage.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_beginnings_translations_and_applications_offer_it_too(client: Client) -> None:
    author, reader = (make_verified(make_member(name, languages=["en", "es"])).member for name in ("Ada", "Rita"))
    page, application = make_write_up(author, audience="public"), make_application()
    begun = start_translation(page, by=author, language="es")
    waiting = start_translation(make_write_up(author, audience="public"), by=author, language="es")
    texts = {piece.path: "Llamadas" for piece in pieces_of(waiting.page.versions.get().content)}
    save_translation(waiting, by=author, texts=texts)
    send_translation(waiting, by=author)
    claim = {"seeks": "clinician", "given_name": "Ada", "family_name": "Obi", "profession": "2212", "country": "US"}
    own = {"begun": Translation.objects.get(pk=begun.pk).texts, "note": application.note}
    write = reverse("translation-write", args=[page.slug, "es"])
    answer = reverse("translation-answer", args=[waiting.page.slug, "es"])
    forms: dict[str, tuple[Member, Form]] = {
        "beginning": (author, (reverse("writeup-start"), {"kind": "practice"}, "title")),
        "translation": (author, (write, {"do": "send"}, "piece:title")),
        "answer": (reader, (answer, {"do": "return"}, "answer")),
        "application": (application.member, (reverse("verification-claim"), claim, "note")),
    }

    told = {}
    for name, (member, form) in forms.items():
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        told[name] = sent_back(client, *form)
    assert told == dict.fromkeys(forms, (True, 200, True, False))
    application.refresh_from_db()
    assert {"begun": Translation.objects.get(pk=begun.pk).texts, "note": application.note} == own
    assert WriteUpPage.objects.count() == 2


@pytest.mark.django_db
def test_words_beside_a_file_are_reworded_without_it_and_the_file_is_asked_for_again(client: Client) -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    draft = written(author)
    webinar_with(organiser=author, slug="rounds")
    application = make_application(make_member("Ines"))
    files = {name: SimpleUploadedFile("a.pdf", b"%PDF-1.4 a sheet") for name in ("handout", "plan", "deck", "licence")}
    forms: dict[str, Form] = {
        "figure": (reverse("writeup-files", args=[draft.slug]), {"kind": "figure"}, "figure-description"),
        "handout": (reverse("writeup-files", args=[draft.slug]), {"kind": "handout"}, "handout-title"),
        "plan": (reverse("webinar-files", args=["rounds"]), {"kind": "handout"}, "title"),
        "deck": (reverse("deck-list", args=["rounds"]), {}, "title"),
    }
    names = {"figure": "figure-file", "handout": "handout-file"}
    picture = SimpleUploadedFile("a.jpg", photo((8, 8)), content_type="image/jpeg")

    once = {name: {names.get(name, "file"): files.get(name, picture)} for name in forms}
    told = {name: sent_back(client, *form, once=once[name]) for name, form in forms.items()}
    assert told == dict.fromkeys(forms, (True, 200, True, False))
    client.force_login(application.member)
    licence: Form = (reverse("verification-document"), {"kind": "licence"}, "issuer")
    assert sent_back(client, *licence, once={"file": files["licence"]}) == (True, 200, True, False)
    page = client.post(licence[0], {"kind": "licence", "issuer": NUMBER, "reword": "1"}).content.decode()
    assert "choose the file again" in page and "Please look at this again" not in page
    kept = (Handout.objects.all(), Picture.objects.all(), Deck.objects.all(), application.evidence.all())
    assert not any(rows.exists() for rows in kept)


@pytest.mark.django_db
def test_a_line_of_the_chat_can_be_reworded(client: Client) -> None:
    client.force_login(attendee(webinar_with(moderator=verified_member(), slug="rounds")))
    line = {"do": "chat.say", "ref": str(uuid.uuid4())}

    path = reverse("room-commands", args=["rounds"])
    assert sent_back(client, path, line, "text") == (True, 200, True, False)
    assert sent_back(client, path, line | {"do": "question.ask"}, "text") == (True, 200, True, False)
    assert not RoomEvent.objects.filter(verb__in=["chat.said", "question.shown"]).exists()
