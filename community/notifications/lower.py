"""What notices about members and credentials show: those packages lie below and cannot register it themselves."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.credentials.models import Application, Vouch
from community.credentials.policies import may_see_queue
from community.members.models import Member
from community.notifications.targets import Lines, register_target


def register() -> None:
    """Called once, when the models are ready."""
    register_target("members.member", members)
    register_target("credentials.application", applications)
    register_target("credentials.vouch", vouches)


def members(viewer: Viewer, ids: Collection[str]) -> Lines:
    """Who follows one, by name; and oneself, about one's own statement."""
    if viewer.member is None:
        return {}
    own = str(viewer.member.pk)
    lines = {
        str(row.pk): (str(row), reverse("member-detail", args=[row.handle]))
        for row in Member.objects.filter(pk__in=ids, is_active=True)
    }
    return lines | ({own: (_("Your profile"), reverse("conflicts-edit"))} if own in ids else {})


def applications(viewer: Viewer, ids: Collection[str]) -> Lines:
    """One's own verification; and for verifiers what waits, without saying whose it is."""
    if viewer.member is None:
        return {}
    rows = Application.objects.filter(pk__in=ids)
    mine = {str(row.pk) for row in rows if row.member_id == viewer.member.pk}
    lines = {pk: (_("Your verification"), reverse(OWN)) for pk in mine}
    if may_see_queue(viewer.member):
        lines |= {str(row.pk): (_("Verification queue"), reverse(QUEUE)) for row in rows if str(row.pk) not in mine}
    return lines


def vouches(viewer: Viewer, ids: Collection[str]) -> Lines:
    """Requests to vouch that were put to the viewer."""
    if viewer.member is None:
        return {}
    rows = Vouch.objects.filter(pk__in=ids, voucher=viewer.member)
    return {str(row.pk): (_("A request to vouch for a colleague"), reverse(OWN)) for row in rows}


OWN = "verification-home"
QUEUE = "verification-queue"
