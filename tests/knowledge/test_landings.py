"""Pages of regions and specialties: everybody sees what they may read, in the lists and in the counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from community.core.clock import now
from community.knowledge.landings import Strand, _strands, specialty_called
from community.knowledge.models import Hearing, Rumour
from community.members.models import Country, Specialty
from tests.factories.credentials import make_member
from tests.factories.forums import SpaceFactory, make_thread, verified_member
from tests.factories.knowledge import make_bulletin, make_myth, on_duty
from tests.factories.webinars import WebinarFactory
from tests.knowledge.practices import published

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PUBLIC = ["An open practice", "An open question", "Open rounds", "An open recording", "Measles: three clusters",
          "An open check"]  # fmt: skip
CLOSED = ["A closed practice", "A closed question", "Closed rounds", "Nadia Unlisted", "Kofi Listed"]


def kenya() -> Country:
    return Country.objects.get(code="KE")


def world_of(specialty: Specialty) -> Any:
    """One of everything, in Kenya and of one specialty: open to all, and for members only."""
    author = verified_member(country=kenya())
    for title, audience in (("An open practice", "public"), ("A closed practice", "members")):
        published(author, title=title, specialties=[specialty.slug], audience=audience)
    for name, audience in (("open", "public"), ("closed", "members")):
        space = SpaceFactory.create(audience=audience, who_region="AFR", specialty=specialty)
        make_thread(space, title=f"{'An' if name == 'open' else 'A'} {name} question")
    ahead = {"state": "scheduled", "starts_at": now() + timedelta(days=1), "ends_at": now() + timedelta(days=2)}
    for title, fields in (
        ("Open rounds", {"audience": "public", **ahead}),
        ("An open recording", {"audience": "public", "state": "ended"}),
        ("Closed rounds", {"audience": "members", **ahead}),
    ):
        webinar = WebinarFactory.create(title=title, **fields)
        webinar.countries.add(kenya())
        webinar.specialties.add(specialty)
    make_bulletin(on_duty(), on_duty(), countries=[kenya()])
    check = make_myth(on_duty(), title="An open check")
    check.specialties = [specialty]
    check.save()
    Hearing.objects.create(rumour=Rumour.objects.create(headline="Tea", page=check), member=author, country=kenya())
    for given, family, listed in (("Kofi", "Listed", True), ("Nadia", "Unlisted", False)):
        member = make_member(given, family, country=kenya(), listed=listed)
        member.specialties.add(specialty)
    shy = make_member("Shy", "Listed", country=kenya(), listed=True, who_sees={"country": "nobody"})
    shy.specialties.add(specialty)
    return author


def test_everybody_sees_and_counts_what_they_may_read() -> None:
    specialty = Specialty.objects.get(slug=Specialty.objects.values_list("slug", flat=True)[0])
    author = world_of(specialty)
    visitor, member = Client(), Client()
    member.force_login(author, backend=BACKEND)

    region = visitor.get("/regions/africa/").content.decode()
    own = visitor.get(f"/specialties/{specialty.slug}/").content.decode()
    inside = member.get("/regions/africa/").content.decode()
    same_specialty = member.get(f"/specialties/{specialty.slug}/").content.decode()

    assert [title for title in PUBLIC if title not in region] == []
    assert [title for title in CLOSED if title in region + own] == []
    assert [title for title in PUBLIC[:4] if title not in own] == []
    assert [
        title for title in [*PUBLIC, "A closed practice", "A closed question", "Kofi Listed"] if title not in inside
    ] == []
    assert [name for name in ("Nadia Unlisted", "Shy Listed") if name in inside] == []
    assert "Shy Listed" in same_specialty
    assert "Kenya" not in same_specialty.partition("Shy Listed")[2].partition("</li>")[0]
    lists = {name: {} for name in ("visitor", "member")}  # type: ignore[var-annotated]
    for name, client in (("visitor", visitor), ("member", member)):
        for address in ("/regions/", "/specialties/"):
            lines = client.get(address).context["lines"]
            lists[name] |= {
                line.landing.key: {str(label): n for label, n in line.counts} for line in lines if line.total
            }
    open_ones = {"Best practice": 1, "Discussions": 1, "Webinars": 2}
    everywhere, checked = {"Bulletins in force": 1, "Myth checks": 1}, {"Myth checks": 1}
    assert lists["visitor"] == {"AFR": open_ones | everywhere, specialty.slug: open_ones | checked}
    closed_too = {"Best practice": 2, "Discussions": 2, "Webinars": 3}
    assert lists["member"]["AFR"] == closed_too | everywhere | {"People": 1}
    assert lists["member"][specialty.slug] == closed_too | checked | {"People": 2}
    for name, client in (("visitor", visitor), ("member", member)):
        for address in ("/regions/africa/", f"/specialties/{specialty.slug}/"):
            shown = client.get(address).context
            totals = {str(strand.label): found.total for strand, found in shown["gathered"].parts}
            assert totals == lists[name][shown["landing"].key]
    sitemap = visitor.get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver/specialties/{specialty.slug}/</loc>" in sitemap
    assert "/regions/africa/" in sitemap
    assert "/regions/europe/" not in sitemap


def test_an_empty_page_says_what_to_do_and_unknown_ones_are_not_there(client: Client) -> None:
    page = client.get("/regions/western-pacific/").content.decode()

    assert "Nothing stands here yet" in page
    assert "/practices/new/" in page
    assert [client.get(path).status_code for path in ("/regions/AFR/", "/regions/x/", "/specialties/x/")] == [404] * 3
    assert specialty_called("x") is None


def test_a_kind_that_joins_later_is_shown(client: Client) -> None:
    strand = Strand("later", "Something new", lambda _viewer, _landing: None, lambda _viewer, _about: {"EUR": 7})
    _strands["later"] = strand
    try:
        assert "Something new" in client.get("/regions/").content.decode()
    finally:
        del _strands["later"]
