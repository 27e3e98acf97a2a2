"""Who may do what about a webinar and in its room, with the reason a person can act on.

`roles` are those of crews.roles_of, fetched once for each request or command.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from community.core.actors import Actor, System
from community.core.audiences import MEMBERS, PUBLIC, VERIFIED, Viewer
from community.core.policies import ALLOWED, Verdict, deny
from community.core.unions import union_of
from community.credentials import policies as credentials
from community.members.models import Profession
from community.moderation import policies as sanctions
from webinars.crews import crew_token
from webinars.models import (
    CrewRole,
    Registration,
    RegistrationState,
    RoomLimit,
    Series,
    Speaker,
    Webinar,
    WebinarState,
)

EDITORS = "editors"
SITE_MODERATORS = "moderators"
PUBLISHED = {WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.ENDED, WebinarState.CANCELLED}
IN_ROOM = {RegistrationState.REGISTERED}
WIDE = {PUBLIC, MEMBERS, VERIFIED}
PROFESSION = "profession:"
GROUP = "space:"
#: Students have a credential of their own, which opens nothing that is for a profession.
NEVER_VERIFIED = "learner"

Roles = frozenset[str]


def audience_of(webinar: Webinar) -> str:
    """A draft is its crew's, and what a moderator hid; what is published is seen by those whom it is for."""
    is_open = webinar.state in PUBLISHED and webinar.hidden_at is None
    return webinar.for_whom if is_open else crew_token(webinar)


def groups_to_choose(viewer: Viewer) -> list[str]:
    """The private groups for which this viewer may open a webinar: never one that they do not belong to."""
    return sorted(token for token in viewer.tokens if token.startswith(GROUP))


def may_choose(viewer: Viewer, tokens: Collection[str]) -> bool:
    """Whether a webinar may be opened to these: the wide ones, any profession, and groups of one's own."""
    others = set(tokens) - WIDE - set(groups_to_choose(viewer))
    codes = {token.removeprefix(PROFESSION) for token in others if token.startswith(PROFESSION)} - {NEVER_VERIFIED}
    return len(codes) == len(others) == Profession.objects.filter(code__in=codes).count()


def gathered(tokens: Collection[str]) -> str:
    """One token for several, without those that another includes."""
    for wide in (PUBLIC, MEMBERS):
        if wide in tokens:
            return wide
    narrow = {token for token in tokens if not (VERIFIED in tokens and token.startswith(PROFESSION))}
    return union_of(narrow)


def may_plan(viewer: Viewer) -> Verdict:
    """Verified clinicians and editors organise."""
    if viewer.has(EDITORS):
        return ALLOWED
    return credentials.may_post(viewer.member)


def may_organise(viewer: Viewer, roles: Roles) -> Verdict:
    """Change the plan, publish, postpone, cancel, see who registered."""
    if CrewRole.ORGANISER in roles or viewer.has(EDITORS):
        return ALLOWED
    return deny("not_organiser", _("Only the organisers of this webinar can do this."))


def may_edit_series(viewer: Viewer, series: Series) -> Verdict:
    """Whoever began it, and editors."""
    if viewer.has(EDITORS) or (viewer.member is not None and viewer.member.pk == series.organiser_id):
        return ALLOWED
    return deny("not_organiser", _("Only whoever began this series can change it."))


def may_declare(by: Actor, speaker: Speaker) -> Verdict:
    """Speakers declare for themselves; a guest by their invitation, as the system."""
    is_own = speaker.member_id is None if isinstance(by, System) else speaker.member_id == by.pk
    if is_own:
        return ALLOWED
    return deny("not_yours", _("Speakers declare their conflicts of interest themselves."))


def may_present(viewer: Viewer, roles: Roles) -> Verdict:
    """Go live, show slides, open polls, take up questions."""
    if roles & {CrewRole.ORGANISER, CrewRole.PRESENTER}:
        return ALLOWED
    return deny("not_presenter", _("Only the presenters of this webinar can do this."))


def may_moderate_room(viewer: Viewer, roles: Roles) -> Verdict:
    """Crew of the room, and the site's moderators in rooms that they may enter."""
    if roles & {CrewRole.ORGANISER, CrewRole.MODERATOR} or viewer.has(SITE_MODERATORS):
        return ALLOWED
    return deny("not_moderator", _("Only moderators of this webinar can do this."))


def may_run_room(viewer: Viewer, roles: Roles) -> Verdict:
    """What presenters and moderators share: answering, pinning, polls, slides."""
    return may_present(viewer, roles) or may_moderate_room(viewer, roles)


def may_register(viewer: Viewer, webinar: Webinar) -> Verdict:
    if not viewer.is_signed_in:
        return deny("not_signed_in", _("Sign in to register."))
    if webinar.state not in {WebinarState.SCHEDULED, WebinarState.LIVE}:
        return deny("closed", _("This webinar takes no registrations now."))
    return ALLOWED


def may_enter(viewer: Viewer, webinar: Webinar, roles: Roles, registration: Registration | None) -> Verdict:
    """The room, live or as a recording: the crew always; others by audience and, while it runs, by registration."""
    if roles:
        return ALLOWED
    if webinar.audience not in viewer.tokens:
        return deny("no_right", _("This webinar is not open to you."))
    if webinar.state == WebinarState.ENDED:
        return ALLOWED
    if webinar.state not in {WebinarState.SCHEDULED, WebinarState.LIVE}:
        return deny("closed", _("This room is not open."))
    if registration is None or registration.state not in IN_ROOM:
        return deny("not_registered", _("Register first; it is one click."))
    return ALLOWED


def may_speak(viewer: Viewer, webinar: Webinar, limits: frozenset[str]) -> Verdict:
    """Write in the room: the right to post at this very moment, and no limit in this room."""
    if RoomLimit.Kind.BAN in limits:
        return deny("no_right", _("A moderator has taken you out of this room."))
    if RoomLimit.Kind.MUTE in limits:
        return deny("muted", _("A moderator has muted you in this room. You can go on watching and voting."))
    if webinar.state not in {WebinarState.SCHEDULED, WebinarState.LIVE}:
        return deny("closed", _("The room is closed. Go on in the forum: every line can be followed up there."))
    if viewer.has(VERIFIED):
        return sanctions.may_speak(viewer.member)
    return credentials.may_post(viewer.member)


def may_see_handouts(viewer: Viewer, webinar: Webinar, roles: Roles) -> Verdict:
    if roles or webinar.audience in viewer.tokens:
        return ALLOWED
    return deny("no_right", _("These handouts are not open to you."))


def limits_of(member: Any, webinar: Webinar) -> frozenset[str]:
    """The limits in force for a member in this room: none, muted, banned."""
    found = RoomLimit.objects.filter(room__webinar=webinar, member=member, lifted_at=None)
    return frozenset(found.values_list("kind", flat=True))
