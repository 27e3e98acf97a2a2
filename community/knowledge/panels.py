"""Knowledge's own parts of the home page and of profiles: verification, what is new, the ways to regions."""

from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.ui import Link, Panel, for_visitors, register_home_panel
from community.credentials.checklist import steps_of
from community.credentials.queries import Standing, latest_application, standing
from community.credentials.states import State
from community.knowledge.landings import links_of, regions, ways
from community.knowledge.models import MythPage
from community.knowledge.shelf import newest_lines, readable
from community.members.models import Member
from community.members.panels import ProfilePanel, register_profile_panel
from community.members.visibility import shows

VERIFICATION = "/verification/"
LINES = 3


def register() -> None:
    """Called once, when the models are ready."""
    for source in (verification_panel, practices_panel, myths_panel, landings_panel):
        register_home_panel(source)
    register_profile_panel(profile_landings)


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


def practices_panel(viewer: Viewer) -> Panel:
    """The newest write-ups that this viewer may read."""
    return Panel(
        key="practices",
        title=_("New in best practice"),
        template="knowledge/landings/_home_practices.html",
        context={"lines": newest_lines(readable(viewer), LINES)},
        needs="lines",
        order=25,
        url="/practices/",
        url_label=_("All write-ups"),
    )


@for_visitors
def myths_panel(viewer: Viewer) -> Panel:
    """For visitors: claims that were checked last."""
    return Panel(
        key="myths",
        title=_("Claims checked by clinicians"),
        template="knowledge/landings/_myths.html",
        context={"myths": list(MythPage.objects.visible_to(viewer).order_by("-checked_on", "-pk")[:LINES])},
        needs="myths",
        order=37,
        url="/myths/",
        url_label=_("All checks"),
    )


def landings_panel(viewer: Viewer) -> Panel:
    """The ways to regions and specialties: for members their own, beside the page; for visitors the regions."""
    member = viewer.member
    links = [Link(each.name, each.url) for each in regions()] if member is None else _own_landings(member)
    return Panel(
        key="landings",
        title=_("By region and specialty") if member is None else _("Near you"),
        template="knowledge/landings/_links.html",
        context={"links": links, "ways": ways()},
        order=45 if member is None else 80,
        place="main" if member is None else "aside",
    )


def profile_landings(member: Member, viewer: Viewer) -> ProfilePanel | None:
    """From what a member shows of themselves to what else there is of it."""
    links = _own_landings(member, viewer)
    if not links:
        return None
    return ProfilePanel(_("More from there"), "knowledge/landings/_profile.html", {"links": links}, order=90)


def _own_landings(member: Member, viewer: Viewer | None = None) -> list[Link]:
    """A member's region and specialties, as far as they show them to the viewer."""
    hidden = {field for field in ("country", "specialties") if viewer and not shows(member, field, viewer)}
    region = member.country.who_region if member.country and "country" not in hidden else ""
    return links_of(region, list(member.specialties.all()) if "specialties" not in hidden else [])


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
