"""What members do that is recorded, and what they are told about their account."""

from django.utils.translation import gettext_lazy as _

from community.core.notices import Notice

VERBS = {
    "members.member.joined": _("joined"),
    "members.name.changed": _("changed their name"),
    "members.profile.updated": _("updated a profile"),
    "members.conflicts.declared": _("declared conflicts of interest"),
    "members.conflicts.due": _("was due to renew the conflict-of-interest statement"),
    "members.language.chosen": _("chose the language of the site"),
    "members.visibility.changed": _("changed who may see their profile"),
    "members.member.followed": _("followed a member"),
    "members.member.unfollowed": _("no longer follows a member"),
    "members.session.ended": _("ended one of their sessions"),
    "members.data.exported": _("downloaded their own data"),
    "members.erasure.requested": _("asked for erasure of their account"),
    "members.erasure.withdrawn": _("withdrew the request for erasure"),
    "members.member.erased": _("was erased"),
}

NOTICES = {
    "members.conflicts.due": Notice(
        label=_("Your conflict-of-interest statement is a year old"),
        title=_("Please renew your conflict-of-interest statement"),
        optional=False,
    ),
    "members.member.followed": Notice(label=_("Somebody follows you"), title=_("A member follows you"), email="never"),
}
