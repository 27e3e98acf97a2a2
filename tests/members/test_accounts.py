"""The one login door: sign-up with a code, password, authenticator app, passkeys, sessions."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from community.core.models import Event
from community.members.models import Member
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
SIGNUP = {
    "given_name": "Amara",
    "family_name": "Okoye",
    "email": "amara@clinic.test",
    "password1": PASSWORD,
    "conduct": "on",
    "time_zone": "Africa/Lagos",
}


def confirmed(**fields) -> Member:
    member = MemberFactory(**fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def sign_in(client: Client, member: Member, password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": member.email, "password": password})


def prove_again(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def code_in(message) -> str:
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE).group(1)


def test_a_person_signs_up_confirms_and_is_in(client):
    response = client.post("/accounts/signup/", SIGNUP)
    assert response.url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    response = client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert response.url == "/settings/profile/"
    member = Member.objects.get(email="amara@clinic.test")
    assert (member.name, member.handle, member.time_zone) == ("Amara Okoye", "amara-okoye", "Africa/Lagos")
    assert member.conduct_version and not member.listed and not member.is_staff
    assert client.get("/settings/profile/").status_code == 200
    assert Event.objects.filter(verb="members.member.joined", target_id=str(member.pk)).count() == 1


def test_an_unconfirmed_address_cannot_sign_in(client):
    client.post("/accounts/signup/", SIGNUP)
    cache.clear()  # a second code within ten seconds would be refused
    other = Client()
    response = other.post("/accounts/login/", {"login": SIGNUP["email"], "password": PASSWORD})
    assert response.url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in other.session


def test_a_wrong_code_confirms_nothing(client):
    client.post("/accounts/signup/", SIGNUP)
    client.post("/accounts/confirm-email/", {"code": "WRONG1"})
    assert not EmailAddress.objects.get(email=SIGNUP["email"]).verified


def test_two_people_of_one_name_get_handles_without_a_number_in_order(client):
    MemberFactory(handle="amara-okoye")
    client.post("/accounts/signup/", SIGNUP)
    handle = Member.objects.get(email=SIGNUP["email"]).handle
    assert re.fullmatch(r"amara-okoye-[bcdfghjkmnpqrstvwxz2-9]{4}", handle)


def test_signup_does_not_tell_whether_an_address_is_known(client):
    confirmed(email="amara@clinic.test")
    known = client.post("/accounts/signup/", SIGNUP)
    fresh = Client().post("/accounts/signup/", {**SIGNUP, "email": "other@clinic.test"})
    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
    assert Member.objects.count() == 2


def test_reset_does_not_tell_whether_an_address_is_known(client):
    confirmed(email="amara@clinic.test")
    answers = [client.post("/accounts/password/reset/", {"email": f"{who}@clinic.test"}) for who in ("amara", "nobody")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/accounts/password/reset/done/")] * 2


def test_the_honeypot_makes_no_account_and_has_no_inline_style(client):
    page = client.get("/accounts/signup/").content.decode()
    assert 'name="website"' in page and "style=" not in page
    client.post("/accounts/signup/", {**SIGNUP, "website": "https://spam.test"})
    assert not Member.objects.exists()


def test_conduct_must_be_agreed_to(client):
    response = client.post("/accounts/signup/", {**SIGNUP, "conduct": ""})
    assert response.status_code == 200
    assert not Member.objects.exists()


def test_a_name_with_a_patient_identifier_makes_no_account(client, blocking_guard):
    response = client.post("/accounts/signup/", {**SIGNUP, "given_name": "forbidden"})
    assert "could identify a patient" in response.content.decode()
    assert not Member.objects.exists()


def test_many_wrong_passwords_are_stopped(client):
    member = confirmed()
    pages = [sign_in(client, member, "wrong").content.decode() for _try in range(7)]
    assert "Too many failed" in pages[-1]
    assert "_auth_user_id" not in sign_in(client, member).wsgi_request.session


def test_app_is_enrolled_with_its_secret_encrypted_and_then_needed(client):
    member = confirmed()
    sign_in(client, member)
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")
    prove_again(client)
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    response = client.post("/accounts/2fa/totp/activate/", {"code": current_code(secret)})
    assert response.status_code == 302
    stored = _dump("mfa_authenticator")
    assert secret not in stored and '"seed": "' in stored
    seed = Authenticator.objects.get(type="recovery_codes").wrap()
    assert all(code not in stored for code in seed.generate_codes())

    other = Client()
    assert sign_in(other, member).url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in other.session
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in other.session
    other.post("/accounts/2fa/authenticate/", {"code": seed.get_unused_codes()[0]})
    assert other.session["_auth_user_id"] == str(member.pk)


def test_a_code_of_the_app_works_once(client):
    member = confirmed()
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(member, secret)
    code = current_code(secret)
    for worked in (True, False):
        other = Client()
        sign_in(other, member)
        other.post("/accounts/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in other.session) is worked
    assert settings.MFA_TOTP_TOLERANCE == 0


def test_password_reset_keeps_the_second_factor(client):
    member = confirmed()
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    client.post("/accounts/password/reset/", {"email": member.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group(0)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another long pass phrase", "password2": "another long pass phrase"})
    other = Client()
    assert sign_in(other, member, "another long pass phrase").url == "/accounts/2fa/authenticate/"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/signup/passkey/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
    ],
)
def test_entrance_pages_load_in_our_frame_without_inline_script(client, path):
    _assert_ours(client.get(path))


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/settings/account/",
        "/settings/profile/",
        "/settings/conflicts/",
        "/settings/visibility/",
        "/settings/following/",
        "/settings/data/",
    ],
)
def test_account_pages_load_in_our_frame_without_inline_script(client, path):
    sign_in(client, confirmed())
    _assert_ours(client.get("/accounts/reauthenticate/"))
    prove_again(client)
    _assert_ours(client.get(path))


def test_passkey_signup_asks_for_the_code_first(client):
    response = client.post("/accounts/signup/passkey/", {**SIGNUP, "password1": ""})
    assert response.url == "/accounts/confirm-email/"
    response = client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    page = client.get(response.url)
    assert response.url == "/accounts/2fa/webauthn/signup/"
    assert "passkey-form" in page.content.decode() and "creation_options" in page.content.decode()
    _assert_ours(page)


def test_passkey_login_offers_a_challenge(client):
    options = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]


def test_a_session_can_be_ended_from_another_one(client):
    member = confirmed()
    other = Client()
    sign_in(client, member)
    sign_in(other, member)
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    assert client.get("/accounts/sessions/").content.decode().count("/end/") == 1
    client.post(f"/settings/account/sessions/{theirs.pk}/end/")
    assert other.get("/settings/account/").status_code == 302
    assert Event.objects.filter(verb="members.session.ended", actor_id=member.pk).count() == 1
    assert client.get("/settings/account/").status_code == 200


def test_the_session_of_somebody_else_is_missing(client):
    stranger, member = confirmed(), confirmed()
    other = Client()
    sign_in(other, stranger)
    sign_in(client, member)
    theirs = UserSession.objects.get(user=stranger)
    assert client.post(f"/settings/account/sessions/{theirs.pk}/end/").status_code == 404
    assert other.get("/settings/account/").status_code == 200


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/", "/django-admin/login/"])
def test_every_other_login_leads_to_the_one_door(client, door):
    response = client.get(f"{door}?next=/admin/pages/")
    assert response.url == "/accounts/login/?next=/admin/pages/"
    member = confirmed(is_staff=True, is_superuser=True)
    client.post(door, {"username": member.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_wagtail_manages_no_passwords(client):
    client.force_login(confirmed(is_staff=True, is_superuser=True))
    assert client.get("/admin/password_reset/").status_code == 404


@pytest.mark.parametrize("group", ["Moderators", "Verifiers", "Editors", None])
def test_staff_without_a_second_factor_are_sent_to_get_one(client, group):
    member = confirmed(is_staff=group is None, in_groups=[group] if group else [], second_factor=False)
    client.force_login(member)
    assert client.get("/members/").url == "/accounts/2fa/"
    assert client.get("/admin/").status_code in {302, 403, 404}
    assert client.get("/api/v1/anything").status_code == 403
    assert client.get("/accounts/2fa/").status_code == 200
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    assert client.get("/members/").status_code == 200


def test_only_printed_demo_accounts_are_excused_and_are_told(client, settings):
    demo = confirmed(email="moderator@demo.example", in_groups=["Moderators"], second_factor=False)
    client.force_login(demo)
    assert client.get("/members/").status_code == 302
    settings.COLLEGIUM_DEMO = True
    assert "without a second factor" in client.get("/members/").content.decode()
    client.force_login(confirmed(in_groups=["Moderators"], second_factor=False))
    assert client.get("/members/").url == "/accounts/2fa/"


def _dump(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT data FROM {table}")
        return "".join(str(row[0]) for row in cursor.fetchall())


def _assert_ours(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="co-bar"' in page
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", page) == []
    assert " style=" not in page and " onclick=" not in page
