"""Each error page answers with its code, says what happened and has a way on."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from community.core import views

pytestmark = pytest.mark.django_db


def test_an_unknown_address_leads_on(client: Client) -> None:
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "Nothing to see at this address" in answer.content.decode()
    assert "/accounts/login/?next=/no-such-page/" in answer.content.decode()


def test_a_form_without_its_token_says_why() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/accounts/login/", {})

    assert answer.status_code == 403
    assert "This form is too old" in answer.content.decode()


def test_the_page_for_a_broken_site_needs_no_database(
    rf: RequestFactory, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_too_many_says_when_to_come_back(rf: RequestFactory) -> None:
    class Error:
        retry_after = 125

    html = render_to_string("429.html", {"error": Error()}, rf.get("/somewhere/"))

    assert "You can try again in 3 minutes." in html


@pytest.mark.parametrize("name", ["400", "403", "404"])
def test_a_reason_is_shown_where_there_is_one(rf: RequestFactory, name: str) -> None:
    html = render_to_string(f"{name}.html", {"reason": "A reason for people."}, rf.get("/"))

    assert ("A reason for people." in html) == (name != "404")
    assert 'href="/"' in html
