"""The verbs of moderation and the notices that follow from them."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "moderation.review.opened": _("opened a review"),
    "moderation.review.reported": _("reported a contribution"),
    "moderation.review.claimed": _("claimed a review"),
    "moderation.review.unclaimed": _("gave a review back"),
    "moderation.review.words_read": _("read held words"),
    "moderation.review.decided": _("decided a review"),
    "moderation.review.reversed": _("reversed a decision"),
    "moderation.review.withdrawn": _("withdrew a held contribution"),
    "moderation.sanction.imposed": _("imposed a sanction"),
    "moderation.sanction.lifted": _("lifted a sanction"),
}

NOTICES = {
    "moderation.decided": Notice(
        label=_("Decisions of moderators about what I wrote"),
        title=_("A moderator has decided about something you wrote"),
        optional=False,
    ),
    "moderation.report_decided": Notice(
        label=_("What became of my reports"),
        title=_("Something you reported has been looked at"),
        email="never",
    ),
    "moderation.sanctioned": Notice(
        label=_("Warnings and sanctions"),
        title=_("A moderator has limited what you may do, or lifted a limit"),
        optional=False,
    ),
}
