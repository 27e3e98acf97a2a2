"""What others see of moderation: the queue on the hub, and the lines that notices about decisions show."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.casefree.policies import may_see_figures
from community.core.audiences import Viewer
from community.core.policies import Verdict, deny
from community.credentials.policies import may_see_queue
from community.credentials.queues import count_for
from community.moderation.models import Outcome, Review, Sanction
from community.moderation.policies import may_moderate
from community.moderation.registry import Tab, register_tab
from community.notifications.targets import register_target

Lines = dict[str, tuple[str, str]]


def register() -> None:
    """Called once, when the models are ready."""
    register_tab(Tab("queue", gettext_lazy("Moderation"), "review-list", may_moderate, _waiting))
    register_tab(Tab("verification", gettext_lazy("Verification"), "verification-queue", _may_verify, count_for))
    register_tab(Tab("guard", gettext_lazy("Guard"), "guard-figures", may_see_figures, lambda member: 0))
    register_target("moderation.review", _outcomes)
    register_target("moderation.sanction", _sanctions)


def _waiting(member: Any) -> int:
    return Review.objects.waiting().exclude(author=member).count()


def _may_verify(member: Any) -> Verdict:
    return may_see_queue(member) if member is not None else deny("not_signed_in", _("Please sign in."))


def _outcomes(viewer: Viewer, ids: Collection[str]) -> Lines:
    """Decided reviews, for their author and for those who reported; the reports are no business of the author."""
    member = viewer.member
    if member is None:
        return {}
    concerned = Q(author=member) | Q(reports__reporter=member)
    decided = Review.objects.filter(concerned, pk__in=ids).exclude(outcome="").distinct()
    return {
        str(review.pk): (_line(review, member), reverse("review-outcome", args=[review.public_id]))
        for review in decided
    }


def _line(review: Review, member: Any) -> str:
    if review.author_id != member.pk:
        return _("A moderator has looked at what you reported")
    return {
        Outcome.RELEASE: _("What you wrote has been published"),
        Outcome.REFUSE: _("What you wrote was not published"),
        Outcome.HIDE: _("What you wrote has been hidden"),
        Outcome.RESTORE: _("What you wrote is visible again"),
    }.get(Outcome(review.outcome), _("A moderator has decided about something you wrote"))


def _sanctions(viewer: Viewer, ids: Collection[str]) -> Lines:
    if viewer.member is None:
        return {}
    return {
        str(sanction.pk): (_sanction_line(sanction), reverse("notification-list"))
        for sanction in Sanction.objects.filter(member=viewer.member, pk__in=ids)
    }


def _sanction_line(sanction: Sanction) -> str:
    if sanction.lifted_at:
        return _("A limit on your account was lifted: %(kind)s") % {"kind": sanction.get_kind_display()}
    return _("A moderator has limited your account: %(kind)s (%(reason)s)") % {
        "kind": sanction.get_kind_display(),
        "reason": sanction.get_reason_display(),
    }
