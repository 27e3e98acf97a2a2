"""A bulletin's way: written, signed by one, released by a second, corrected, withdrawn; opened and confirmed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from community.core.actors import SYSTEM, Actor
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Missing, Refused
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from community.knowledge.models import (
    BulletinIndexPage,
    BulletinOpening,
    BulletinPage,
    BulletinRelease,
    BulletinVersion,
    ReleaseState,
)
from community.knowledge.models.pages import Audience
from community.knowledge.policies.bulletins import (
    may_confirm_bulletin,
    may_draft_bulletin,
    may_release_alone,
    may_second_bulletin,
    may_sign_bulletin,
    may_withdraw_bulletin,
)
from community.knowledge.releasing import Act, NotNow, after, follow
from community.live.operations import publish

ON_ITS_WAY = (ReleaseState.SIGNED, ReleaseState.ALONE)
#: Fields that must say something before anybody signs.
NEEDED = ("known", "unknown", "being_done", "trust", "consequences", "contacts")
SEVERAL = ("countries", "professions")


@transaction.atomic
def draft_bulletin(*, by: Any, values: Mapping[str, Any]) -> BulletinPage:
    """Begin a bulletin: nobody but its writers sees it. `values` are fields by name; `steps` is a list of
    {"role", "do", "dont"}."""
    require(may_draft_bulletin(by))
    _screen(values)
    shelf = BulletinIndexPage.objects.select_for_update(of=("self",)).first()
    if shelf is None:
        raise Missing
    page = BulletinPage(live=False, owner=by)
    _fill(page, values)
    try:
        page.check_times()
        shelf.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    record("knowledge.bulletin.drafted", by=by, target=page, drill=page.is_drill)
    return page


@transaction.atomic
def save_bulletin(page: BulletinPage, *, by: Any, values: Mapping[str, Any]) -> BulletinPage:
    """Change the draft. What was signed before is not what would be released: the signature falls away."""
    require(may_draft_bulletin(by))
    _screen(values)
    draft = latest_draft(_locked(page))
    _fill(draft, values)
    try:
        draft.full_clean()
    except ValidationError as error:
        raise Invalid(error.message_dict) from error
    draft.save_revision(user=by, log_action=True)
    for release in draft.releases.filter(state=ReleaseState.SIGNED).exclude(digest=draft.digest):
        _follow(release, "change", by=by)
    record("knowledge.bulletin.saved", by=by, target=page)
    return draft


@transaction.atomic
def sign_bulletin(page: BulletinPage, *, by: Any) -> BulletinRelease:
    """The first signature. Raises Invalid with what is missing, Refused when it is on its way already."""
    require(may_sign_bulletin(by))
    draft = latest_draft(_locked(page))
    missing = missing_for_release(draft)
    if missing:
        raise Invalid(missing)
    open_one = draft.releases.filter(state__in=ON_ITS_WAY).first()
    if open_one is not None and (open_one.state == ReleaseState.ALONE or open_one.digest == draft.digest):
        raise Refused("on_its_way", _("This was signed already and waits for a second person."))
    if open_one is not None:
        _follow(open_one, "change", by=by)
    if draft.releases.filter(state=ReleaseState.RELEASED, digest=draft.digest).exists():
        raise Refused("unchanged", _("These words are released already. Change the draft to correct them."))
    release = BulletinRelease.objects.create(
        page=page, revision_id=draft.latest_revision_id, digest=draft.digest, signed_by=by,
        is_correction=draft.version > 0,
    )  # fmt: skip
    record("knowledge.bulletin.signed", by=by, target=page, release=release.pk)
    return release


@transaction.atomic
def release_bulletin(page: BulletinPage, *, by: Any) -> BulletinVersion:
    """The second person releases: readers see it at once, and those concerned are told."""
    page = _locked(page)
    release = _on_its_way(page, ReleaseState.SIGNED)
    require(may_second_bulletin(by, release))
    _refuse_if_changed(page, release)
    _supersede_earlier(page, by=by)
    _follow(release, "release", by=by)
    version = _show(page, release, by=by)
    record("knowledge.bulletin.released", by=by, target=page, version=version.number, correction=release.is_correction)
    return version


@transaction.atomic
def release_bulletin_alone(page: BulletinPage, *, by: Any, reason: str) -> BulletinVersion:
    """Break the glass: the one who signed releases without a second, for two hours at most. The roster is told."""
    page = _locked(page)
    release = _on_its_way(page, ReleaseState.SIGNED)
    require(may_release_alone(by, release))
    if not reason.strip():
        raise Invalid({"reason": [_("Say why it cannot wait for a second person.")]})
    refuse_if_not_clean("practice", reason=reason)
    _refuse_if_changed(page, release)
    release.alone_reason = reason.strip()
    _follow(release, "release_alone", by=by)
    version = _show(page, release, by=by)
    record(
        "knowledge.bulletin.released_alone",
        by=by, target=page, version=version.number, correction=release.is_correction,
    )  # fmt: skip
    return version


@transaction.atomic
def second_bulletin(page: BulletinPage, *, by: Any) -> BulletinRelease:
    """Become the second person of a bulletin that was released alone: it stays."""
    page = _locked(page)
    release = _on_its_way(page, ReleaseState.ALONE)
    require(may_second_bulletin(by, release))
    if after(release.facts, now()).state != "alone":
        raise Refused("over", _("The two hours are over; it is withdrawn. Sign and release it again."))
    _supersede_earlier(page, by=by)
    _follow(release, "second", by=by)
    _set(page, shown_until=None)
    record("knowledge.bulletin.seconded", by=by, target=page, release=release.pk)
    _ring(page, "bulletin.seconded", by=by)
    return release


@transaction.atomic
def withdraw_bulletin(page: BulletinPage, *, by: Actor) -> BulletinPage:
    """Take back what readers see, or a signature that waits. The version before, released by two, shows again."""
    page = _locked(page)
    require(may_withdraw_bulletin(by, page))
    release = page.releases.filter(state__in=[*ON_ITS_WAY, ReleaseState.RELEASED]).last()
    if release is None:
        raise Refused("not_now", _("There is nothing to withdraw."))
    was_shown = release.state != ReleaseState.SIGNED
    release.state = follow(release.facts, "withdraw", by=by.pk, at=now()).state if _is_open(release) else "withdrawn"
    release.save(update_fields=["state"])
    if was_shown:
        _fall_back(page)
        _ring(page, "bulletin.withdrawn", by=by)
    record("knowledge.bulletin.withdrawn", by=by, target=page, release=release.pk, shown=was_shown)
    return page


@transaction.atomic
def withdraw_unseconded(*, by: Actor = SYSTEM) -> int:
    """Withdraw every bulletin that has been alone for two hours; returns how many. The clock calls it."""
    late = BulletinRelease.objects.filter(state=ReleaseState.ALONE, alone_until__lte=now()).select_related("page")
    found = list(late)
    for release in found:
        withdraw_bulletin(release.page, by=by)
    return len(found)


@transaction.atomic
def open_bulletin(page: BulletinPage, *, by: Any) -> None:
    """Remember that a member has the present version before them, so that a correction can reach them."""
    # no-require: whoever could read the page has opened it; no-record: what a member reads is nobody's business
    version = page.versions.filter(number=page.version).first()
    if version is not None:
        BulletinOpening.objects.get_or_create(version=version, member=by)


@transaction.atomic
def confirm_bulletin(page: BulletinPage, *, by: Any, viewer: Any) -> BulletinOpening:
    """Say “I have read this” of the present version; a second time changes nothing."""
    require(may_confirm_bulletin(viewer, page))
    version = page.versions.get(number=page.version)
    opening, _is_new = BulletinOpening.objects.get_or_create(version=version, member=by)
    if opening.confirmed_at is None:
        opening.confirmed_at = now()
        opening.save(update_fields=["confirmed_at"])
        record("knowledge.bulletin.confirmed", by=by, target=page, version=version.number)
    return opening


# --- Steps that the operations share ---------------------------------------------------------------------------


def latest_draft(page: BulletinPage) -> BulletinPage:
    """The page as it was last saved, whether shown or not."""
    return page.get_latest_revision_as_object()  # type: ignore[no-any-return]


def missing_for_release(draft: BulletinPage) -> dict[str, list[str]]:
    """What has to be said before anybody may sign, by field."""
    missing = {name: [_("This has to be said first.")] for name in NEEDED if not getattr(draft, name).strip()}
    if not any(step["do"] or step["dont"] for step in draft.reviewed_words()["steps"]):
        missing["steps"] = [_("Say what at least one role does now.")]
    if draft.is_expired:
        missing["expires_at"] = [_("This moment is past.")]
    if draft.next_update_at > draft.expires_at:
        missing["next_update_at"] = [_("The next update comes before the bulletin expires.")]
    return missing


def _screen(values: Mapping[str, Any]) -> None:
    words = {name: text for name, text in values.items() if isinstance(text, str) and name != "contacts"}
    steps = "\n".join(f"{step['do']}\n{step['dont']}" for step in values.get("steps", ()))
    refuse_if_not_clean("practice", **words, steps=steps)
    refuse_if_not_clean("practice_setting", contacts=values.get("contacts", ""))


def _fill(page: BulletinPage, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "steps":
            page.steps = [("role", dict(step)) for step in value]
        elif name in SEVERAL:
            getattr(page, name).set(value)
        else:
            setattr(page, name, value)
    if page.is_drill:
        page.audience = Audience.ROSTER


def _locked(page: BulletinPage) -> BulletinPage:
    return BulletinPage.objects.select_for_update(of=("self",)).get(pk=page.pk)  # type: ignore[no-any-return]


def _on_its_way(page: BulletinPage, state: ReleaseState) -> BulletinRelease:
    release: BulletinRelease | None = page.releases.filter(state=state).first()
    if release is None:
        raise Refused("not_now", _("This is not waiting for its release."))
    release.page = page
    return release


def _refuse_if_changed(page: BulletinPage, release: BulletinRelease) -> None:
    if latest_draft(page).digest != release.digest:
        raise Conflict(_("The draft was changed after it was signed. It has to be signed again."))


def _is_open(release: BulletinRelease) -> bool:
    return after(release.facts, now()).state not in {"withdrawn", "superseded", "void"}


def _follow(release: BulletinRelease, act: Act, *, by: Any) -> None:
    """Let the release take the step that the rules allow, and keep it."""
    moment = now()
    try:
        new = follow(release.facts, act, by=by.pk, at=moment)
    except NotNow as error:
        raise Refused(error.code, _("That is not possible at this stage.")) from error
    release.state, release.alone_until, release.released_at = new.state, new.alone_until, new.released_at
    if new.second and release.second_by_id is None:
        release.second_by, release.seconded_at = by, moment
    release.save(
        update_fields=[
            "state", "alone_until", "released_at", "second_by", "seconded_at", "alone_reason",
        ]
    )  # fmt: skip


def _supersede_earlier(page: BulletinPage, *, by: Any) -> None:
    for earlier in page.releases.filter(state=ReleaseState.RELEASED):
        _follow(earlier, "supersede", by=by)


def _show(page: BulletinPage, release: BulletinRelease, *, by: Any) -> BulletinVersion:
    """Make the signed words a version and the live page, and ring on the pages that are open."""
    number = page.versions.count() + 1
    first = page.first_released_at or release.released_at
    _set(page, version=number, first_released_at=first, shown_until=release.alone_until, withdrawn_at=None)
    words = _publish(release, by=by)
    version = BulletinVersion.objects.create(
        page=page, release=release, number=number, content=words, digest=release.digest
    )
    old = BulletinPage.objects.filter(pk=words["supersedes"]).first() if words["supersedes"] else None
    if old is not None:
        _set(old, superseded_at=now())
        _ring(old, "bulletin.superseded", by=by)
    _ring(page, "bulletin.released", by=by)
    return version


def _publish(release: BulletinRelease, *, by: Any) -> dict[str, Any]:
    """Wagtail's own publishing of the signed revision; returns its words."""
    revision = Revision.objects.get(pk=release.revision_id)
    revision.publish(user=by if by.pk else None, skip_permission_checks=True)
    return revision.as_object().reviewed_words()  # type: ignore[no-any-return]


def _fall_back(page: BulletinPage) -> None:
    """Show the version that two people released before; without one, say that the bulletin is withdrawn."""
    earlier = page.releases.filter(state=ReleaseState.RELEASED).select_related("version").last()
    if earlier is None:
        _set(page, shown_until=None, withdrawn_at=now())
        return
    _set(page, shown_until=None, version=earlier.version.number)
    _publish(earlier, by=SYSTEM)


def _set(page: BulletinPage, **values: Any) -> None:
    """Fields that hold for the page as a whole, past revisions and Wagtail's own saving."""
    BulletinPage.objects.filter(pk=page.pk).update(**values)
    for name, value in values.items():
        setattr(page, name, value)


def _ring(page: BulletinPage, verb: str, *, by: Any) -> None:
    publish(f"bulletin:{page.pk}", verb, {"version": page.version, "stamp": page.stamp}, by=by)
