"""The home page's own part: where a member's verification stands."""

from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Panel, register_home_panel
from community.credentials.checklist import steps_of
from community.credentials.queries import Standing, latest_application, standing
from community.credentials.states import State

VERIFICATION = "/verification/"


def register() -> None:
    """Called once, when the models are ready."""
    register_home_panel(verification_panel)


def verification_panel(viewer: Viewer) -> Panel | None:
    """What still stands between this member and the right to post; nothing for those who have it."""
    if viewer.member is None:
        return None
    now_held = standing(viewer.member)
    if now_held.may_post and now_held.state != State.DUE:
        return None
    application = latest_application(viewer.member)
    is_draft = application is not None and application.state == State.DRAFT
    return Panel(
        key="verification",
        title=_("Your verification"),
        template="home/_verification.html",
        context={
            "words": _words(now_held, has_applied=application is not None),
            "steps": steps_of(application) if application and is_draft else [],
            "waits": application.get_state_display() if application and not is_draft else "",
        },
        order=5,
        url=VERIFICATION,
        url_label=_("See your verification"),
    )


def _words(now_held: Standing, *, has_applied: bool) -> str:
    if now_held.state == State.DUE:
        return _("It has to be renewed soon. Until then you can post as before.")
    known = {
        "expired": _("It has expired. You can read everything; to post again, renew it."),
        "suspended": _("It is suspended. You see why, and can appeal."),
        "revoked": _("It was revoked. You see why, and can appeal."),
        "register_deactivated": _("Your register reports that your entry has ended, so posting has stopped."),
        "conduct": _("The code of conduct has changed. Please read it and agree to it; then you can post again."),
        "learner": _("You are verified as a learner: you can read and follow, and post where learners may."),
    }
    if now_held.reason in known:
        return known[now_held.reason]
    if has_applied:
        return _("Until it is decided you can read what is open to members and follow threads.")
    return _(
        "You can read what is open to members. To post, show that you are a clinician: it takes about ten minutes."
    )
