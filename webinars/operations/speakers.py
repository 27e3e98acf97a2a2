"""The crew and the speakers: who has which part, inviting a guest, and what speakers declare."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.core.actors import SYSTEM
from community.core.clock import now
from community.core.errors import Invalid, Missing
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.live.operations import recheck
from webinars.access import locked, speaker_to_plan, webinar_to_plan
from webinars.crews import set_role
from webinars.drafting import speaking
from webinars.inviting import send_invitation
from webinars.models import CrewMember, CrewRole, Speaker, Webinar
from webinars.policies import may_declare

#: People write about named professionals here: the tolerance of a profile.
SURFACE = "profile"
MOST_SPEAKERS = 20


@transaction.atomic
def add_to_crew(webinar: Webinar, *, by: Any, member: Any, role: CrewRole) -> None:
    """Give a member a part: co-organiser, presenter, moderator. They are told."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    set_role(webinar, member, role)
    record("webinars.crew.joined", by=by, target=webinar, member=member.pk, role=str(role))


@transaction.atomic
def remove_from_crew(webinar: Webinar, *, by: Any, member: Any, role: CrewRole) -> None:
    """Take a part away. The last organiser stays: somebody has to answer for the webinar."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    crew = CrewMember.objects.filter(webinar=webinar, role=role)
    if role == CrewRole.ORGANISER and crew.count() == 1:
        raise Invalid(_("A webinar needs an organiser. Give this part to somebody else first."))
    if crew.filter(member=member).delete()[0]:
        recheck(member, by=by)
        record("webinars.crew.left", by=by, target=webinar, member=member.pk, role=str(role))


@transaction.atomic
def add_speaker(webinar: Webinar, *, by: Any, member: Any) -> Speaker:
    """Name a member as speaker; they are told, may present, and declare their conflicts of interest themselves."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    if webinar.speakers.filter(member=member).exists():
        raise Invalid({"handle": [_("They are a speaker already.")]})
    speaker = _append(webinar, **speaking(member))
    set_role(webinar, member, CrewRole.PRESENTER)
    record("webinars.speaker.added", by=by, target=speaker, webinar=webinar.pk, member=member.pk)
    return speaker


@transaction.atomic
def invite_guest(webinar: Webinar, *, by: Any, name: str, email: str, title: str = "") -> Speaker:
    """Invite somebody without an account: a mail with a link at which they accept and declare conflicts of interest."""
    _viewer, webinar = webinar_to_plan(by, webinar.pk)
    refuse_if_not_clean(SURFACE, name=name, title=title)
    if webinar.speakers.filter(email__iexact=email).exists():
        raise Invalid({"email": [_("This address has been invited already.")]})
    speaker = _append(webinar, name=name, title=title, email=email)
    record("webinars.speaker.added", by=by, target=speaker, webinar=webinar.pk)
    _invite(speaker, by=by)
    return speaker


@transaction.atomic
def invite_again(speaker: Speaker, *, by: Any) -> None:
    """Send a guest a new link; the old one stops working when the new one is sent."""
    _webinar, speaker = speaker_to_plan(by, speaker)
    if not speaker.is_guest or not speaker.email:
        raise Invalid(_("Only guests are invited by e-mail."))
    _invite(speaker, by=by)


@transaction.atomic
def move_speaker(speaker: Speaker, *, by: Any, step: int) -> None:
    """Let a speaker change places with the one before (`step` -1) or after (1); at either end nothing happens."""
    webinar, speaker = speaker_to_plan(by, speaker)
    order = list(webinar.speakers.all())
    here = next(place for place, each in enumerate(order) if each.pk == speaker.pk)
    there = here + step
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order):
        each.position = position
    Speaker.objects.bulk_update(order, ["position"])
    record("webinars.speaker.moved", by=by, target=speaker, webinar=webinar.pk, position=there)


@transaction.atomic
def remove_speaker(speaker: Speaker, *, by: Any) -> None:
    """Take a speaker off the webinar; with a member goes the part of presenter."""
    webinar, speaker = speaker_to_plan(by, speaker)
    record("webinars.speaker.removed", by=by, target=speaker, webinar=webinar.pk)
    if speaker.member is not None:
        CrewMember.objects.filter(webinar=webinar, member=speaker.member, role=CrewRole.PRESENTER).delete()
        recheck(speaker.member, by=by)
    speaker.delete()


@transaction.atomic
def declare_conflicts(speaker: Speaker, *, by: Any, none: bool, statement: str = "") -> Speaker:
    """A speaker's own statement, shown at the start. Nobody goes live before all are there.

    A guest declares through their invitation: `by` is then SYSTEM, and the view has asked for the token.
    """
    locked(speaker.webinar_id)
    speaker = Speaker.objects.get(pk=speaker.pk)
    require(may_declare(by, speaker))
    if not none and not statement.strip():
        raise Invalid({"statement": [_("Say which, or tick that there are none.")]})
    refuse_if_not_clean(SURFACE, statement=statement)
    speaker.coi_none, speaker.coi_statement = none, "" if none else statement.strip()
    speaker.coi_declared_at = now()
    speaker.accepted_at = speaker.accepted_at or now()
    speaker.save(update_fields=["coi_none", "coi_statement", "coi_declared_at", "accepted_at"])
    record("webinars.speaker.declared", by=by, target=speaker, webinar=speaker.webinar_id, none=none)
    return speaker


@transaction.atomic
def claim_invitation(speaker: Speaker, *, by: Any) -> Speaker:
    """Tie a guest's place to the account of the member who holds the invitation, so that they can present."""
    # no-require: whoever holds the invitation is the guest; the view has asked for the token
    webinar = locked(speaker.webinar_id)
    speaker = Speaker.objects.get(pk=speaker.pk)
    if not speaker.is_guest or webinar.speakers.filter(member=by).exists():
        raise Missing
    speaker.member = by
    speaker.save(update_fields=["member"])
    set_role(webinar, by, CrewRole.PRESENTER)
    record("webinars.crew.joined", by=by, target=webinar, member=by.pk, role=str(CrewRole.PRESENTER))
    return speaker


@transaction.atomic
def decline_invitation(speaker: Speaker, *, by: Any = SYSTEM) -> None:
    """A guest does not come: the invitation ends and their address is forgotten."""
    # no-require: whoever holds the invitation is the guest; the view has asked for the token
    locked(speaker.webinar_id)
    record("webinars.speaker.declined", by=by, target=speaker, webinar=speaker.webinar_id)
    Speaker.objects.filter(pk=speaker.pk).delete()


def _append(webinar: Webinar, **values: Any) -> Speaker:
    if webinar.speakers.count() >= MOST_SPEAKERS:
        raise Invalid(_("At most %(most)d speakers.") % {"most": MOST_SPEAKERS})
    last = webinar.speakers.aggregate(last=Max("position"))["last"]
    return Speaker.objects.create(webinar=webinar, position=(-1 if last is None else last) + 1, **values)


def _invite(speaker: Speaker, *, by: Any) -> None:
    record("webinars.speaker.invited", by=by, target=speaker, webinar=speaker.webinar_id)
    send_invitation.enqueue(speaker.pk)
