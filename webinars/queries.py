"""What lists, panels and calendars read of webinars; all of it by permission sets in SQL."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from community.core.audiences import Viewer
from community.core.clock import now
from community.members.identifiers import language_name
from community.members.models import Member, Specialty
from webinars.models import (
    CrewMember,
    CrewRole,
    FeedKey,
    Question,
    QuestionState,
    Registration,
    RegistrationState,
    Series,
    Speaker,
    Webinar,
    WebinarState,
)

SHOWN_AHEAD = {WebinarState.SCHEDULED, WebinarState.LIVE}
OPEN_STATES = (RegistrationState.REGISTERED, RegistrationState.ASKED, RegistrationState.WAITING)
#: What was cancelled stays in a feed for so long, for programs to strike it out.
FEED_PAST = timedelta(days=90)
#: A webinar that nobody began is not announced for longer than this after its end.
LATE = timedelta(hours=6)


def upcoming_webinars(viewer: Viewer) -> "QuerySet[Webinar]":
    """What is live or lies ahead, first things first."""
    found = Webinar.objects.visible_to(viewer).filter(_lies_ahead())
    return with_lines(found, viewer).order_by("starts_at", "id")


def live_audiences() -> list[str]:
    """For whom webinars are live now."""
    return list(Webinar.objects.filter(state=WebinarState.LIVE).values_list("audience", flat=True))


def recordings(viewer: Viewer) -> "QuerySet[Webinar]":
    """What has ended, newest first."""
    found = Webinar.objects.visible_to(viewer).filter(state=WebinarState.ENDED)
    return with_lines(found, viewer).order_by("-starts_at", "-id")


def own_webinars(viewer: Viewer) -> "QuerySet[Webinar]":
    """Where the viewer has a part or a place: what is live or lies ahead, then what was, newest first."""
    if viewer.member is None:
        return Webinar.objects.none()
    place = Registration.objects.filter(webinar=OuterRef("pk"), member=viewer.member, state__in=OPEN_STATES)
    part = CrewMember.objects.filter(webinar=OuterRef("pk"), member=viewer.member)
    found = Webinar.objects.visible_to(viewer).filter(Q(Exists(place)) | Q(Exists(part)))
    return _nearest_first(with_lines(found, viewer))


def narrowed(webinars: "QuerySet[Webinar]", language: str = "", specialty: str = "") -> "QuerySet[Webinar]":
    """Those in a language and for a specialty, where given."""
    if language:
        webinars = webinars.filter(language=language)
    if specialty:
        chosen = Specialty.objects.filter(slug=specialty).values("pk")
        webinars = webinars.filter(
            Exists(Webinar.specialties.through.objects.filter(webinar=OuterRef("pk"), specialty__in=chosen))
        )
    return webinars


def languages_in(webinars: "QuerySet[Webinar]") -> list[tuple[str, str]]:
    """The languages that occur, by name."""
    codes = (
        Webinar.objects.filter(pk__in=webinars.order_by().values("pk")).order_by().values_list("language", flat=True)
    )
    return sorted(((code, language_name(code)) for code in codes.distinct()), key=lambda pair: pair[1])


def specialties_in(webinars: "QuerySet[Webinar]") -> list[tuple[str, str]]:
    """The specialties that occur, by name."""
    found = Specialty.objects.filter(webinars__in=webinars.order_by().values("pk")).distinct()
    return list(found.names().items())


def with_lines(webinars: "QuerySet[Webinar]", viewer: Viewer) -> "QuerySet[Webinar]":
    """With all that a line of a list says: speakers, places taken, the viewer's own place and part."""
    taken = Count("registrations", filter=Q(registrations__state=RegistrationState.REGISTERED))
    webinars = webinars.select_related("organiser", "series").prefetch_related("speakers", "specialties")
    place = Registration.objects.filter(webinar=OuterRef("pk"), member=viewer.member)
    part = CrewMember.objects.filter(webinar=OuterRef("pk"), member=viewer.member)
    return webinars.annotate(taken=taken, place=Subquery(place.values("state")[:1]), has_part=Exists(part))


def plan_at(viewer: Viewer, slug: str) -> Webinar | None:
    """One whose organisers' screens this viewer may open."""
    found = Webinar.objects.organised_by(viewer).filter(slug=slug)
    return found.select_related("series", "organiser", "cover").first()


def webinar_for_editor(viewer: Viewer, pk: int) -> Webinar | None:
    """One by its number, as the admin asks; for editors alone."""
    found = Webinar.objects.organised_by(viewer).filter(pk=pk) if viewer.has("editors") else Webinar.objects.none()
    return found.select_related("series", "organiser", "cover").first()


def organised_webinars(viewer: Viewer) -> "QuerySet[Webinar]":
    """Those in which the viewer has a part as organiser, in the order of `own_webinars`; an editor's own, not all."""
    part = CrewMember.objects.filter(webinar=OuterRef("pk"), member=viewer.member, role=CrewRole.ORGANISER)
    found = Webinar.objects.visible_to(viewer).filter(Exists(part))
    return _nearest_first(with_lines(found, viewer))


def _lies_ahead() -> Q:
    return Q(state=WebinarState.LIVE) | Q(state=WebinarState.SCHEDULED, ends_at__gt=now() - LATE)


def _nearest_first(webinars: "QuerySet[Webinar]") -> "QuerySet[Webinar]":
    ahead = Case(When(_lies_ahead(), then=F("starts_at")), default=None)
    return webinars.order_by(ahead.asc(nulls_last=True), "-starts_at", "-id")


def member_called(handle: str) -> Member | None:
    return Member.objects.filter(handle=handle, is_active=True).first()


def crew_lines(webinar: Webinar) -> "QuerySet[CrewMember]":
    return webinar.crew.select_related("member__profession", "member__country").order_by("role", "id")


def feed_webinars(member: Any, viewer: Viewer) -> "QuerySet[Webinar]":
    """What stands in a member's calendar: their places and parts, as far as they may still see them."""
    place = Registration.objects.filter(webinar=OuterRef("pk"), member=member, state=RegistrationState.REGISTERED)
    part = CrewMember.objects.filter(webinar=OuterRef("pk"), member=member)
    found = Webinar.objects.visible_to(viewer).filter(Q(Exists(place)) | Q(Exists(part)))
    return found.filter(starts_at__gt=now() - FEED_PAST).exclude(state=WebinarState.DRAFT).order_by("starts_at", "id")


def member_of_feed(key: Any) -> Any | None:
    """Whose calendar this is, while they are a member."""
    found = FeedKey.objects.filter(key=key, member__is_active=True).select_related("member").first()
    return found.member if found else None


def feed_key_of(member: Any) -> FeedKey | None:
    return FeedKey.objects.filter(member=member).first()


def registration_of(member: Any, webinar: Webinar) -> Registration | None:
    if member is None:
        return None
    return Registration.objects.filter(webinar=webinar, member=member).first()


def registrations_for(webinar: Webinar) -> "QuerySet[Registration]":
    """Everybody who has or wants a place, with what an organiser decides by."""
    return webinar.registrations.select_related("member__profession", "member__country").order_by("registered_at", "id")


def counts_of(webinar: Webinar) -> dict[str, int]:
    """How many registrations there are in each state."""
    rows = webinar.registrations.order_by().values_list("state").annotate(n=Count("pk"))
    return {str(state): n for state, n in rows}


def questions_by(member: Any, webinar: Webinar) -> "QuerySet[Question]":
    """What this member has asked in advance, oldest first."""
    own = Question.objects.filter(webinar=webinar, author=member).exclude(state=QuestionState.WITHDRAWN)
    return own.order_by("asked_at") if member is not None else Question.objects.none()


def speaker_of(member: Any, webinar: Webinar) -> Speaker | None:
    return Speaker.objects.filter(webinar=webinar, member=member).first() if member is not None else None


def speakers_of(webinar: Webinar) -> "QuerySet[Speaker]":
    return webinar.speakers.select_related("member__profession", "member__country")


def webinars_to_declare(member: Any) -> "QuerySet[Speaker]":
    """The parts as a speaker for which this member has not declared conflicts of interest."""
    waiting = Speaker.objects.filter(member=member, coi_declared_at=None, webinar__state__in=SHOWN_AHEAD)
    return waiting.select_related("webinar").order_by("webinar__starts_at")


def series_for(viewer: Viewer, slug: str) -> Series | None:
    """A series of which the viewer may see something, or which is theirs; editors see all."""
    series = Series.objects.filter(slug=slug).select_related("organiser").first()
    if series is None:
        return None
    may_edit = viewer.has("editors") or (viewer.member is not None and viewer.member.pk == series.organiser_id)
    return series if may_edit or Webinar.objects.visible_to(viewer).filter(series=series).exists() else None


def series_of(viewer: Viewer) -> "QuerySet[Series]":
    """The series to which this viewer may add."""
    return Series.objects.all() if viewer.has("editors") else Series.objects.filter(organiser=viewer.member)
