"""The demo's outbox shows mail to whom it belongs, and is not there in a real install."""

import pytest
from django.test import Client

from community.members.models import Member
from tests.members.test_accounts import SIGNUP, confirmed

SMTP = "django.core.mail.backends.smtp.EmailBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.COLLEGIUM_DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)


def test_a_real_install_has_no_outbox(client):
    client.force_login(confirmed())
    assert client.get("/demo/outbox/").status_code == 404
    assert "outbox" not in client.get("/accounts/signup/").content.decode()


def test_a_mail_server_that_is_away_is_said_and_stops_nobody(client, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 9
    answer = client.post("/accounts/signup/", SIGNUP, follow=True)
    said = [str(message) for message in answer.context["messages"]]

    assert answer.status_code == 200
    assert said == ["The mail could not be sent just now. Please ask for it again in a few minutes."]
    assert Member.objects.filter(email=SIGNUP["email"]).exists()


def test_who_signed_up_finds_the_code_and_nobody_else_does(client, demo):
    assert "/demo/outbox/" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", SIGNUP)
    mails = client.get("/demo/outbox/").context["mails"]
    assert [mail.to for mail in mails] == [SIGNUP["email"]]
    code = next(line for line in mails[0].body.splitlines() if line.isupper() and " " not in line)
    assert client.post("/accounts/confirm-email/", {"code": code}).url == "/settings/profile/"
    assert Client().get("/demo/outbox/").context["mails"] == []


def test_a_reset_asked_for_by_a_stranger_is_not_shown_to_the_stranger(client, demo):
    member = confirmed()
    client.post("/accounts/signup/", SIGNUP)
    client.post("/accounts/password/reset/", {"email": member.email})
    assert {mail.to for mail in client.get("/demo/outbox/").context["mails"]} == {SIGNUP["email"]}
    owner = Client()
    owner.force_login(Member.objects.get(pk=member.pk))
    assert "/password/reset/key/" in owner.get("/demo/outbox/").context["mails"][0].body
