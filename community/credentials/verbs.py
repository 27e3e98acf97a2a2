"""What happens to credentials, as events and as notices."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "credentials.application.started": _("started an application"),
    "credentials.application.saved": _("changed an application"),
    "credentials.application.submitted": _("submitted an application"),
    "credentials.application.claimed": _("took up an application"),
    "credentials.application.released": _("laid an application back"),
    "credentials.application.more_asked": _("asked for more"),
    "credentials.application.answered": _("answered a request for more"),
    "credentials.application.proposed": _("proposed a decision to a second reviewer"),
    "credentials.application.disagreed": _("disagreed with a proposed decision"),
    "credentials.application.verified": _("verified a member"),
    "credentials.application.rejected": _("did not verify a member"),
    "credentials.application.due": _("found that a renewal is due"),
    "credentials.application.reminded": _("reminded of a renewal"),
    "credentials.application.renewal_asked": _("asked for renewal"),
    "credentials.application.renewed": _("renewed a verification"),
    "credentials.application.expired": _("let a verification expire"),
    "credentials.application.suspended": _("suspended a verification"),
    "credentials.application.reinstated": _("reinstated a verification"),
    "credentials.application.revoked": _("revoked a verification"),
    "credentials.application.withdrawn": _("withdrew an application"),
    "credentials.application.annulled": _("marked an application as entered in error"),
    "credentials.application.appealed": _("appealed against a decision"),
    "credentials.application.flagged": _("flagged an application"),
    "credentials.application.flag_cleared": _("cleared a flag"),
    "credentials.application.exported": _("exported a verification record"),
    "credentials.conduct.agreed": _("agreed to the code of conduct"),
    "credentials.evidence.added": _("added evidence"),
    "credentials.evidence.removed": _("removed evidence"),
    "credentials.evidence.judged": _("judged evidence"),
    "credentials.evidence.matched": _("matched a register entry"),
    "credentials.evidence.opened": _("opened a document"),
    "credentials.evidence.purged": _("deleted a document's file"),
    "credentials.evidence.lost": _("found that evidence no longer counts"),
    "credentials.code.asked": _("asked for a code"),
    "credentials.code.sent": _("sent a code"),
    "credentials.code.failed": _("gave a wrong code"),
    "credentials.code.passed": _("gave the right code"),
    "credentials.register.imported": _("read a register file"),
    "credentials.domain.reviewed": _("reviewed a mail domain"),
    "credentials.vouch.asked": _("asked a peer to vouch"),
    "credentials.vouch.given": _("vouched for an applicant"),
    "credentials.vouch.declined": _("declined to vouch"),
    "credentials.vouch.withdrawn": _("withdrew a vouch"),
}


def _own(title: object) -> Notice:
    """About one's own standing: always delivered, at once."""
    return Notice(label=_("My verification"), title=title, email="now", optional=False)  # type: ignore[arg-type]


NOTICES = {
    "credentials.verified": _own(_("You are verified and may post")),
    "credentials.learner": _own(_("You are verified as a learner")),
    "credentials.more_asked": _own(_("Your application needs one more thing")),
    "credentials.rejected": _own(_("Your application was decided")),
    "credentials.due": _own(_("Your verification ends soon")),
    "credentials.renewed": _own(_("Your verification was renewed")),
    "credentials.expired": _own(_("Your verification has expired")),
    "credentials.suspended": _own(_("Your verification is suspended; you can appeal")),
    "credentials.reinstated": _own(_("Your verification is in force again")),
    "credentials.revoked": _own(_("Your verification was revoked; you can appeal")),
    "credentials.vouch_asked": Notice(_("Requests to vouch"), _("A colleague asks you to vouch"), email="now"),
    "credentials.waiting": Notice(_("Verifier's queue"), _("An application waits for review"), email="daily"),
}
