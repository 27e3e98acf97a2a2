"""Who is told: of a bulletin the roster, those concerned and its readers; of a myth check who heard the rumour."""

from collections.abc import Iterable

from community.core.audiences import members_in
from community.core.events import on
from community.core.models import Event
from community.core.notices import tell
from community.knowledge.bulletins import members_concerned
from community.knowledge.models import BulletinOpening, BulletinPage, Hearing, MythPage
from community.knowledge.roster import ROSTER
from community.members.models import Member

MANY = 500


@on("knowledge.bulletin.signed", "knowledge.bulletin.released_alone")
def ask_for_a_second(event: Event) -> None:
    """Everybody on duty but the one who signed."""
    page = _page(event)
    if page is not None:
        others = members_in(ROSTER).exclude(pk=event.actor_id)
        _tell(others.iterator(chunk_size=MANY), "knowledge.bulletin.second_wanted", page, event)


@on("knowledge.bulletin.released", "knowledge.bulletin.released_alone")
def tell_readers(event: Event) -> None:
    """Whoever opened an earlier version hears of the correction; a first version goes to those concerned."""
    page = _page(event)
    if page is None:
        return
    _tell(_readers(page), "knowledge.bulletin.corrected", page, event)
    if not event.facts.get("correction"):
        _tell(members_concerned(page).iterator(chunk_size=MANY), "knowledge.bulletin.released", page, event)
    if page.supersedes is not None:
        _tell(_readers(page.supersedes), "knowledge.bulletin.corrected", page, event)


@on("knowledge.bulletin.withdrawn")
def tell_of_the_end(event: Event) -> None:
    """Those who relied on it must not go on doing so."""
    page = _page(event)
    if page is not None and event.facts.get("shown"):
        _tell(_readers(page), "knowledge.bulletin.corrected", page, event)


@on("knowledge.myth.published")
def tell_those_who_heard(event: Event) -> None:
    """Their notice leads to the check."""
    page = MythPage.objects.live().filter(pk=event.target_id).first()
    if page is None:
        return
    heard = Hearing.objects.filter(rumour__page=page).values("member")
    for member in members_in(page.audience).filter(pk__in=heard).iterator(chunk_size=MANY):
        tell(member, "knowledge.myth.published", target=page, event_id=event.pk)


def _readers(page: BulletinPage) -> Iterable[Member]:
    """Everybody who opened any version and may still read the page."""
    opened = BulletinOpening.objects.filter(version__page=page).values("member")
    return members_in(page.audience).filter(pk__in=opened).iterator(chunk_size=MANY)


def _tell(members: Iterable[Member], kind: str, page: BulletinPage, event: Event) -> None:
    for member in members:
        tell(member, kind, target=page, event_id=event.pk)


def _page(event: Event) -> BulletinPage | None:
    return BulletinPage.objects.filter(pk=event.target_id).select_related("supersedes").first()  # type: ignore[no-any-return]
