"""Members as documents: only those who consented to the directory, and only what all members may see of them."""

from collections.abc import Iterable, Iterator

from community.core.audiences import MEMBERS, Viewer
from community.members.models import Member
from search.documents.sources import Keys, Shown, Source, add_source, document, padded
from search.models import Document, Kind


def register() -> None:
    add_source(Source(Kind.MEMBER, members, allowed, show, all_keys))


def members(keys: Keys) -> Iterator[Document]:
    for member in _listed(keys):
        specialties = list(member.specialties.all()) if _is_open(member, "specialties") else []
        country = member.country if _is_open(member, "country") else None
        open_words = [getattr(member, name) for name in ("institution", "interests", "bio") if _is_open(member, name)]
        yield document(
            Kind.MEMBER,
            member.pk,
            title=f"{member.name} {member.handle}",
            body=" ".join(open_words),
            names=" ".join([member.profession.name if member.profession else "", *(each.name for each in specialties)]),
            bundle=f"member:{member.pk}",
            audience=MEMBERS,
            author_id=member.pk,
            specialty=padded(each.slug for each in specialties),
            places=padded([country.code, country.who_region] if country else []),
            at=member.joined_at,
        )


def allowed(viewer: Viewer, keys: Keys) -> set[int]:
    if not viewer.is_signed_in:
        return set()
    return set(Member.objects.filter(pk__in=keys, listed=True, is_active=True).values_list("pk", flat=True))


def show(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    if not viewer.is_signed_in:
        return {}
    return {member.pk: _shown(member) for member in _listed(keys)}


def all_keys() -> Iterable[int]:
    return Member.objects.order_by("pk").values_list("pk", flat=True).iterator()


def _listed(keys: Keys) -> Iterable[Member]:
    found = Member.objects.filter(pk__in=keys, listed=True, is_active=True)
    return found.select_related("profession", "country").prefetch_related("specialties")


def _is_open(member: Member, field: str) -> bool:
    """Shown to every member; what is for verified clinicians or nobody stays out of the index."""
    return str(member.who_sees.get(field, "members")) == "members"


def _shown(member: Member) -> Shown:
    facts = [str(member.profession or "")]
    if _is_open(member, "specialties"):
        facts += [str(each) for each in member.specialties.all()]
    facts += [getattr(member, name) for name in ("institution", "interests") if _is_open(member, name)]
    return Shown(str(member), f"/members/{member.handle}/", " · ".join(fact for fact in facts if fact))
