"""The suggested wording is put in place by the server, for those whose browser runs no script; nothing is stored."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from community.casefree.rewording import put_in, reworded
from community.core.screening import Finding
from forums.models import Post
from tests.factories.forums import make_thread, verified_member
from tests.factories.webinars import attendee, webinar_with
from webinars.models import Question


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
