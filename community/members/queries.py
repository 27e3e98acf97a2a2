"""What is read of members: the directory, one profile, whom one follows, and everything that is one's own."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.core.models import Event
from community.members.identifiers import language_name, subdivision_name
from community.members.models import Country, Member, MemberFollow, Profession, Specialty
from community.members.panels import exported_sections
from community.members.visibility import HIDEABLE, shown_q, shows

PAGE = 24
PROFILE_FIELDS = (
    "email",
    "handle",
    "name",
    "given_name",
    "family_name",
    "former_names",
    "subdivision",
    "languages",
    "institution",
    "orcid",
    "interests",
    "bio",
    "coi_statement",
    "coi_none",
    "coi_declared_on",
    "time_zone",
    "who_sees",
    "listed",
    "conduct_version",
    "joined_at",
)


@dataclass(frozen=True)
class DirectoryFilter:
    """What the directory is narrowed by; empty means all."""

    words: str = ""
    profession: Profession | None = None
    specialty: Specialty | None = None
    country: Country | None = None
    who_region: str = ""
    language: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a profile that this viewer may see."""

    label: str | Promise
    value: str
    url: str = ""


def member_by_handle(handle: str) -> Member:
    """An active member with what a profile shows. Raises Missing."""
    found = _described().filter(handle=handle, is_active=True).first()
    if found is None:
        raise Missing
    return found


def directory(viewer: Viewer, wanted: DirectoryFilter) -> "QuerySet[Member]":
    """Consenting members, by name. A filter on a field finds only those who show that field to this viewer."""
    found = _described().filter(is_active=True, listed=True)
    for word in wanted.words.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(handle__icontains=word))
    if wanted.profession:
        found = found.filter(profession=wanted.profession)
    if wanted.specialty:
        found = found.filter(shown_q("specialties", viewer), specialties=wanted.specialty)
    if wanted.country:
        found = found.filter(shown_q("country", viewer), country=wanted.country)
    if wanted.who_region:
        found = found.filter(shown_q("country", viewer), country__who_region=wanted.who_region)
    if wanted.language:
        found = found.filter(shown_q("languages", viewer), languages__icontains=f'"{wanted.language}"')
    return found.order_by("name", "handle")


def page_after(found: "QuerySet[Member]", handle: str) -> tuple[list[Member], str]:
    """One page behind the member with this handle, and the handle to go on from ("" at the end)."""
    last = Member.objects.filter(handle=handle, listed=True).values_list("name", flat=True).first() if handle else None
    if last is not None:
        found = found.filter(Q(name__gt=last) | Q(name=last, handle__gt=handle))
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].handle if len(rows) > PAGE else ""


def lines_of(member: Member, viewer: Viewer) -> list[Line]:
    """The lines of a profile that have something in them and that this viewer may see."""
    values = {
        "specialties": ", ".join(str(specialty) for specialty in member.specialties.all()),
        "country": place_of(member),
        "languages": ", ".join(language_name(code) for code in member.languages),
        "institution": member.institution,
        "orcid": member.orcid,
        "interests": member.interests,
        "bio": member.bio,
    }
    urls = {"orcid": f"https://orcid.org/{member.orcid}"}
    shown = (field for field in HIDEABLE if values[field] and shows(member, field, viewer))
    return [Line(HIDEABLE[field], values[field], urls.get(field, "")) for field in shown]


def place_of(member: Member) -> str:
    """ "Kisumu, Kenya" """
    if member.country is None:
        return ""
    region = subdivision_name(member.subdivision) if member.subdivision else ""
    return ", ".join(part for part in (region, str(member.country)) if part)


def follows(follower: Member, member: Member) -> bool:
    return MemberFollow.objects.filter(follower=follower, followed=member).exists()


def followed_by(member: Member) -> "QuerySet[MemberFollow]":
    """Whom a member follows, the newest first."""
    found = MemberFollow.objects.filter(follower=member, followed__is_active=True)
    return found.select_related("followed__profession", "followed__country").order_by("-since")


def second_factors(member: Member) -> list[str]:
    """The kinds of factors a member has, one entry for each."""
    return list(Authenticator.objects.filter(user=member).values_list("type", flat=True))


def session_of(member: Member, pk: int) -> UserSession:
    """One of a member's own sessions. Raises Missing for anybody else's."""
    found = UserSession.objects.filter(user=member, pk=pk).first()
    if found is None:
        raise Missing
    return found


def session_count(member: Member) -> int:
    return len(UserSession.objects.purge_and_list(member))


def statements_due(today: date) -> "QuerySet[Member]":
    """Members whose conflict-of-interest statement is a year old and who were not reminded within a year."""
    year_ago = today - timedelta(days=365)
    reminded = Q(coi_reminded_on__isnull=True) | Q(coi_reminded_on__lte=year_ago)
    return Member.objects.filter(reminded, is_active=True, coi_declared_on__lte=year_ago)


def members_leaving(today: date) -> "QuerySet[Member]":
    """Members whose two weeks to think again are over."""
    return Member.objects.filter(leaving_on__lte=today)


def own_data(member: Member) -> dict[str, Any]:
    """Everything kept about a member that is theirs, section by section, as JSON can hold it."""
    profile = {name: getattr(member, name) for name in PROFILE_FIELDS}
    profile |= {
        "profession": member.profession.name if member.profession else None,
        "country": member.country.code if member.country else None,
        "specialties": sorted(specialty.slug for specialty in member.specialties.all()),
    }
    following = [follow.followed.handle for follow in followed_by(member)]
    events = list(Event.objects.filter(actor_id=member.pk).order_by("id").values("verb", "at", "facts"))
    return {"profile": profile, "following": following, "activity": events, **exported_sections(member)}


def _described() -> "QuerySet[Member]":
    return Member.objects.select_related("profession", "country").prefetch_related("specialties")
