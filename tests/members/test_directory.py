"""The directory and the profile page: who is found, who sees what, and how much of it in a day."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from community.core.audiences import VERIFIED, Viewer, viewer_of
from community.core.errors import TooMany
from community.core.models import Event
from community.members import budget, panels
from community.members.models import Country, Member, MemberFollow, Profession, Specialty
from community.members.panels import Badge, ProfilePanel
from community.members.queries import DirectoryFilter, directory, lines_of, member_by_handle
from community.members.visibility import HIDEABLE
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

DIRECTORY_QUERIES = 13
PROFILE_QUERIES = 10

VALUES = {
    "specialties": "Cardiology",
    "country": "Nairobi City, Kenya",
    "languages": "Swahili",
    "institution": "Canary Hospital",
    "orcid": "0000-0002-1825-0097",
    "interests": "canary interests",
    "bio": "canary bio",
}


def colleague(**fields) -> Member:
    """A listed member with something in every field."""
    described = {
        "listed": True,
        "country": Country.objects.get(code="KE"),
        "subdivision": "KE-30",
        "languages": ["sw"],
        "institution": VALUES["institution"],
        "orcid": VALUES["orcid"],
        "interests": VALUES["interests"],
        "bio": VALUES["bio"],
        "profession": Profession.objects.get(code="2212"),
    }
    member = MemberFactory(**{**described, **fields})
    member.specialties.set(Specialty.objects.filter(slug="cardiology"))
    return member_by_handle(member.handle) if member.is_active else member


def plain() -> Viewer:
    return viewer_of(MemberFactory())


def verified() -> Viewer:
    viewer = plain()
    return replace(viewer, tokens=viewer.tokens | {VERIFIED})


FILTERS = {
    "specialties": lambda: DirectoryFilter(specialty=Specialty.objects.get(slug="cardiology")),
    "country": lambda: DirectoryFilter(country=Country.objects.get(code="KE")),
    "region": lambda: DirectoryFilter(who_region="AFR"),
    "languages": lambda: DirectoryFilter(language="sw"),
}


@pytest.mark.parametrize("field", list(HIDEABLE))
@pytest.mark.parametrize(
    ("choice", "who", "seen"),
    [
        (None, plain, True),
        ("members", plain, True),
        ("verified", plain, False),
        ("verified", verified, True),
        ("nobody", plain, False),
        ("nobody", verified, False),
        ("members", Viewer.anonymous, False),
    ],
)
def test_a_field_is_shown_to_whom_its_owner_chose(field, choice, who, seen):
    member = colleague(who_sees={field: choice} if choice else {})
    lines = {line.label: line.value for line in lines_of(member, who())}
    assert (lines.get(HIDEABLE[field]) == VALUES[field]) is seen


def test_owners_see_all_of_their_own_profile():
    member = colleague(who_sees=dict.fromkeys(HIDEABLE, "nobody"))
    assert [line.value for line in lines_of(member, viewer_of(member))] == list(VALUES.values())


@pytest.mark.parametrize("name", list(FILTERS))
@pytest.mark.parametrize(
    ("choice", "who", "found"),
    [
        (None, plain, 1),
        ("members", plain, 1),
        ("verified", plain, 0),
        ("verified", verified, 1),
        ("nobody", verified, 0),
    ],
)
def test_a_filter_does_not_find_those_who_hide_what_it_asks_for(name, choice, who, found):
    field = "country" if name == "region" else name
    colleague(who_sees={field: choice} if choice else {})
    assert directory(who(), FILTERS[name]()).count() == found


def test_the_directory_holds_only_those_who_agreed_and_are_active(client):
    colleague(name="Listed Colleague")
    colleague(name="Hidden Colleague", listed=False)
    colleague(name="Former Colleague", is_active=False)
    client.force_login(MemberFactory())
    page = client.get("/members/").content.decode()
    assert "Listed Colleague" in page
    assert "Hidden Colleague" not in page and "Former Colleague" not in page
    assert "Hidden" not in client.get("/members/?words=hidden").content.decode().replace('value="hidden"', "")


def test_the_list_shows_no_hidden_field(client):
    colleague(who_sees={"country": "nobody", "specialties": "verified"})
    client.force_login(MemberFactory())
    rows = client.get("/members/").context["rows"]
    assert [(row["place"], list(row["specialties"])) for row in rows] == [("", [])]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ada Nurse", "Bo Physician", "Chi Physician"]),
        ("words=physician+chi", ["Chi Physician"]),
        ("profession=2221", ["Ada Nurse"]),
        ("country=BR", ["Chi Physician"]),
        ("who_region=AFR", ["Ada Nurse", "Bo Physician"]),
        ("language=pt", ["Chi Physician"]),
        ("profession=2221&country=BR", []),
        ("profession=nonsense&who_region=MARS", ["Ada Nurse", "Bo Physician", "Chi Physician"]),
    ],
)
def test_filters_narrow_the_list(client, query, names):
    colleague(name="Ada Nurse", profession=Profession.objects.get(code="2221"))
    colleague(name="Bo Physician")
    colleague(name="Chi Physician", country=Country.objects.get(code="BR"), subdivision="", languages=["pt", "en"])
    client.force_login(MemberFactory())
    assert [row["member"].name for row in client.get(f"/members/?{query}").context["rows"]] == names


def test_pages_go_on_where_the_last_one_ended_even_with_equal_names(client):
    MemberFactory.create_batch(30, name="Same Name", listed=True)
    client.force_login(MemberFactory())
    first = client.get("/members/")
    second = client.get(first.context["next_url"])
    seen = [row["member"].handle for page in (first, second) for row in page.context["rows"]]
    assert (len(seen), len(set(seen)), second.context["next_url"]) == (30, 30, "")


@pytest.mark.parametrize("count", [1, 3])
def test_the_directory_needs_as_many_queries_for_three_as_for_one(client, django_assert_num_queries, count):
    for _member in range(count):
        colleague()
    client.force_login(MemberFactory())
    client.get("/members/")
    with django_assert_num_queries(DIRECTORY_QUERIES):
        client.get("/members/")


def test_the_profile_has_a_fixed_number_of_queries(client, django_assert_num_queries):
    member = colleague()
    client.force_login(MemberFactory())
    client.get(f"/members/{member.handle}/")
    with django_assert_num_queries(PROFILE_QUERIES):
        client.get(f"/members/{member.handle}/")


@pytest.mark.parametrize("path", ["/members/", "/members/known/", "/members/nobody/"])
def test_visitors_see_no_member_and_cannot_tell_who_exists(client, path):
    MemberFactory(handle="known", listed=True)
    assert client.get(path).url == f"/accounts/login/?next={path}"


def test_an_erased_or_inactive_member_is_as_missing_as_one_who_never_was(client):
    MemberFactory(handle="left", is_active=False)
    client.force_login(MemberFactory())
    assert [client.get(f"/members/{handle}/").status_code for handle in ("left", "never")] == [404, 404]


def test_addresses_of_members_hold_no_number_in_order(client):
    member = colleague(handle="amina-abdi")
    client.force_login(MemberFactory())
    page = client.get("/members/").content.decode()
    assert "/members/amina-abdi/" in page and f"/members/{member.pk}" not in page


def test_a_scraper_is_stopped_at_the_daily_budget(client, monkeypatch):
    monkeypatch.setattr(budget, "PROFILES", "3/day")
    members = [colleague() for _one in range(5)]
    client.force_login(MemberFactory())
    answers = [client.get(f"/members/{member.handle}/") for member in members]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 24 * 3600 + 1
    assert "canary bio" not in answers[-1].content.decode()


def test_the_budget_is_each_members_own_and_spares_the_own_profile(monkeypatch):
    monkeypatch.setattr(budget, "PROFILES", "1/day")
    one, other = MemberFactory(), MemberFactory()
    budget.spend_profile_view(one, other)
    budget.spend_profile_view(other, one)
    for _time in range(3):
        budget.spend_profile_view(one, one)
    with pytest.raises(TooMany):
        budget.spend_profile_view(one, other)


def test_pages_of_the_directory_have_a_budget_of_their_own(client, monkeypatch):
    monkeypatch.setattr(budget, "PAGES", "2/day")
    client.force_login(MemberFactory())
    assert [client.get("/members/").status_code for _time in range(3)] == [200, 200, 429]


def test_following_is_once_and_ends(client):
    member, follower = colleague(), MemberFactory()
    client.force_login(follower)
    for _time in range(2):
        assert client.post(f"/members/{member.handle}/follow/").status_code == 302
    assert MemberFollow.objects.filter(follower=follower, followed=member).count() == 1
    assert member.name in client.get("/settings/following/").content.decode()
    client.post(f"/members/{member.handle}/unfollow/")
    assert not MemberFollow.objects.exists()
    verbs = list(Event.objects.filter(actor_id=follower.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["members.member.followed", "members.member.unfollowed"]


def test_nobody_follows_themselves(client):
    member = colleague()
    client.force_login(member)
    assert client.post(f"/members/{member.handle}/follow/").status_code == 403


@pytest.fixture
def known_elsewhere(monkeypatch) -> Iterator[None]:
    """What credentials and forums would register."""
    badge = Badge(label="Verified by NMC on 1 May 2026", level="verified", register="NMC")
    monkeypatch.setattr(panels, "_badges", [lambda members: {member.pk: badge for member in members}])
    panel = ProfilePanel("Write-ups", "members/region_options.html", {}, order=1)
    monkeypatch.setattr(panels, "_panels", [lambda member, viewer: panel, lambda member, viewer: None])
    yield


def test_badge_and_panels_come_from_those_who_know(client, known_elsewhere):
    member = colleague()
    client.force_login(MemberFactory())
    page = client.get(f"/members/{member.handle}/").content.decode()
    assert "Verified by NMC on 1 May 2026" in page and "Write-ups" in page
    assert "NMC" in client.get("/members/").content.decode() or "Verified" in page
