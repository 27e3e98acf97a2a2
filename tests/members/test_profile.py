"""A member describes themselves: what is checked, what is screened, what is recorded."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from community.core.actors import SYSTEM
from community.core.errors import Invalid, Refused
from community.core.models import Event
from community.members.models import Country, Member, Profession, Specialty
from community.members.operations import (
    declare_conflicts,
    erase_member,
    request_erasure,
    set_visibility,
    update_profile,
)
from community.members.tasks import erase_those_who_left, remind_of_old_statements
from tests.factories.members import MemberFactory
from tests.members.test_accounts import confirmed, sign_in

pytestmark = pytest.mark.django_db

FORM = {
    "given_name": "Lwazi",
    "family_name": "Dube",
    "profession": "2221",
    "specialties": ["adult-nursing", "infection-prevention-control"],
    "country": "ZA",
    "subdivision": "ZA-GP",
    "languages": ["en", "zu"],
    "institution": "A district hospital",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "interests": "triage, sepsis",
    "bio": "I teach ward teams.",
    "time_zone": "Africa/Johannesburg",
}


def verbs_of(member: Member) -> list[str]:
    return list(Event.objects.filter(target_id=str(member.pk)).order_by("id").values_list("verb", flat=True))


def test_the_form_stores_the_whole_profile(client):
    member = MemberFactory()
    client.force_login(member)
    assert client.post("/settings/profile/", FORM).status_code == 302
    member = Member.objects.get(pk=member.pk)
    assert (member.name, member.profession.code, member.country.code) == ("Lwazi Dube", "2221", "ZA")
    assert (member.subdivision, member.languages, member.orcid) == ("ZA-GP", ["en", "zu"], "0000-0002-1825-0097")
    assert {specialty.slug for specialty in member.specialties.all()} == set(FORM["specialties"])
    assert verbs_of(member) == ["members.profile.updated", "members.name.changed"]
    assert "ZA-GP" in client.get("/settings/profile/").content.decode()


def test_a_region_of_the_country_before_is_dropped(client):
    member = MemberFactory()
    client.force_login(member)
    client.post("/settings/profile/", {**FORM, "country": "KE"})
    assert Member.objects.get(pk=member.pk).subdivision == ""
    assert '<option value="KE-30">' in client.get("/settings/profile/regions/?country=KE").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("orcid", "0000-0002-1825-0098"), ("time_zone", "Mars/Olympus"), ("languages", ["xx"]), ("profession", "9999")],
)
def test_a_wrong_value_is_shown_at_its_field_and_nothing_is_stored(client, field, value):
    member = MemberFactory(bio="before")
    client.force_login(member)
    response = client.post("/settings/profile/", {**FORM, field: value})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert Member.objects.get(pk=member.pk).bio == "before"


@pytest.mark.parametrize("field", ["given_name", "family_name", "former_names", "institution", "interests", "bio"])
def test_every_text_is_screened(client, blocking_guard, field):
    member = MemberFactory()
    client.force_login(member)
    response = client.post("/settings/profile/", {**FORM, field: "a forbidden word"})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert verbs_of(member) == []


def test_the_conflict_statement_is_screened(blocking_guard):
    with pytest.raises(Refused, match="identify"):
        declare_conflicts(member := MemberFactory(), by=member, statement="forbidden", none=False)


def test_nobody_else_changes_a_profile():
    with pytest.raises(Refused):
        update_profile(MemberFactory(), by=MemberFactory(), bio="not mine")


def test_only_a_changed_name_starts_verification_again():
    member = MemberFactory(given_name="Ana", family_name="Silva", name="Ana Silva")
    update_profile(member, by=member, bio="New words", given_name="Ana")
    assert verbs_of(member) == ["members.profile.updated"]
    update_profile(member, by=member, family_name="Costa")
    assert verbs_of(member)[1:] == ["members.profile.updated", "members.name.changed"]
    assert Member.objects.get(pk=member.pk).name == "Ana Costa"


def test_parts_of_a_profile_can_be_changed_alone():
    member = MemberFactory()
    update_profile(
        member, by=SYSTEM, profession=Profession.objects.get(code="2262"), country=Country.objects.get(code="BR")
    )
    update_profile(member, by=SYSTEM, specialties=Specialty.objects.filter(slug="hospital-pharmacy"))
    member.refresh_from_db()
    assert (member.profession.code, member.country.who_region, member.specialties.count()) == ("2262", "AMR", 1)


@pytest.mark.parametrize(("statement", "none"), [("", False), ("Shares in X", True)])
def test_conflicts_are_declared_or_denied_never_both(statement, none):
    with pytest.raises(Invalid):
        declare_conflicts(member := MemberFactory(), by=member, statement=statement, none=none)


def test_a_statement_is_asked_for_again_once_a_year():
    member = declare_conflicts(member := MemberFactory(), by=member, statement="", none=True)
    assert member.coi_declared_on == localdate()
    remind_of_old_statements()
    assert "members.conflicts.due" not in verbs_of(member)
    Member.objects.filter(pk=member.pk).update(coi_declared_on=localdate() - timedelta(days=366))
    remind_of_old_statements()
    remind_of_old_statements()
    assert verbs_of(member).count("members.conflicts.due") == 1


@pytest.mark.parametrize("who_sees", [{"bio": "everybody"}, {"email": "members"}])
def test_unknown_visibility_is_refused(who_sees):
    with pytest.raises(Invalid):
        set_visibility(member := MemberFactory(), by=member, who_sees=who_sees, listed=True)


def test_times_are_shown_in_the_zone_of_the_member(client):
    member = confirmed(time_zone="Asia/Kolkata")
    sign_in(client, member)
    assert "+05:30" in client.get("/accounts/sessions/").content.decode()


def test_own_data_is_downloaded_after_proving_oneself_and_holds_nobody_else(client):
    other = MemberFactory(bio="someone else's words")
    member = MemberFactory(bio="my own words")
    client.force_login(member)
    assert client.get("/settings/data/download/").url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    response = client.get("/settings/data/download/")
    assert response.json()["profile"]["bio"] == "my own words"
    assert response["Cache-Control"] == "private, no-store"
    assert other.bio not in response.content.decode() and "password" not in response.json()["profile"]
    assert verbs_of(member) == ["members.data.exported"]


def test_who_leaves_has_two_weeks_and_then_nothing_names_them():
    member = MemberFactory(email="gone@clinic.test", given_name="Gone", bio="canary words", listed=True)
    request_erasure(member, by=member)
    erase_those_who_left()
    assert Member.objects.get(pk=member.pk).bio == "canary words"
    Member.objects.filter(pk=member.pk).update(leaving_on=localdate())
    erase_those_who_left()
    left = Member.objects.get(pk=member.pk)
    assert "canary" not in str(left.__dict__) and "gone" not in str(left.__dict__).lower()
    assert (left.name, left.is_active, left.has_usable_password()) == ("Former member", False, False)
    assert verbs_of(member)[-1] == "members.member.erased"


def test_who_thinks_again_stays(client):
    member = MemberFactory(listed=True)
    client.force_login(member)
    client.post("/accounts/reauthenticate/", {"password": "correct horse battery staple"})
    client.post("/settings/data/erase/")
    assert Member.objects.get(pk=member.pk).leaving_on == localdate() + timedelta(days=14)
    client.post("/settings/data/stay/")
    assert Member.objects.get(pk=member.pk).leaving_on is None
    assert verbs_of(member) == ["members.erasure.requested", "members.erasure.withdrawn"]


def test_a_member_cannot_erase_at_once():
    with pytest.raises(Refused):
        erase_member(member := MemberFactory(), by=member)
