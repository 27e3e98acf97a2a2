"""A write-up's way: begun, saved step by step, sent, published as a version, reaffirmed or retired."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.casefree.operations import tell_document
from community.core.actors import SYSTEM, Actor, is_system
from community.core.audiences import VERIFIED, Viewer, viewer_of
from community.core.clock import now
from community.core.errors import Conflict, Invalid, Missing
from community.core.events import record
from community.core.limits import spend
from community.core.models import new_public_id
from community.core.policies import require
from community.core.screening import Screening, refuse_if_not_clean
from community.knowledge.levels import recompute_levels
from community.knowledge.models import Authorship, AuthorState, Version, WriteUpIndexPage, WriteUpPage
from community.knowledge.policies.writeups import (
    may_call_for_review,
    may_discard,
    may_edit,
    may_publish,
    may_reaffirm,
    may_retire,
    may_send,
    may_write,
)
from community.knowledge.practice.completeness import missing
from community.knowledge.practice.facets import Kind, Stage, Standing
from community.knowledge.practice.filling import inherit, put, wrong_in
from community.knowledge.practice.joining import start_review
from community.knowledge.practice.sections import BY_NAME, digest_of, words_in
from community.knowledge.practice.versions import content_of
from community.knowledge.practice.versions import digest_of as digest_of_content
from community.knowledge.practice.words import look_at_and_refuse, surface_of, words_by_name, words_of_page
from community.moderation import operations as moderation
from community.moderation.policies import may_speak

STARTS_A_DAY = "20/day"
SAVES_AN_HOUR = "1200/hour"
SENDS_A_DAY = "20/day"
#: Saves within this time by the same author go into one revision.
ONE_SITTING = timedelta(minutes=20)
MONTHS_UNTIL_REVIEW = {Kind.PRACTICE.value: 24, Kind.ATTEMPT.value: 24, Kind.SOP.value: 12}
#: Words that have a meaning of their own below /practices/.
RESERVED_SLUGS = frozenset(
    {"new", "mine", "sops", "match", "reviews", "queue", "lineage", "review", "adaptations", "translations"}
)


@transaction.atomic
def start_write_up(*, by: Any, kind: str, title: str, parent: WriteUpPage | None = None) -> WriteUpPage:
    """Begin a draft that only its author sees. A parent lends it the problem and the elements to keep.

    Raises Refused for members who may not write and for words that name a patient, Invalid, TooMany.
    """
    require(may_write(viewer_of(by)))
    require(may_speak(by))
    title = " ".join(title.split())
    if kind not in Kind.values or not title or len(title) > 160:
        raise Invalid({"title": [_("Give a title of at most 160 characters.")]})
    spend("knowledge.writeup.start", by.pk, STARTS_A_DAY)
    refuse_if_not_clean("practice", title=title)
    page = WriteUpPage(title=title, slug=_slug_of(title), kind=kind, live=False, owner=by, audience=VERIFIED)
    page.country, page.language = by.country, (by.languages or ["en"])[0]
    if parent is not None:
        inherit(page, parent)
    shelf = WriteUpIndexPage.objects.select_for_update().get()
    shelf.add_child(instance=page)
    page.save_revision(user=by, log_action=False)
    Authorship.objects.create(page=page, member=by, position=1, state=AuthorState.ACCEPTED, answered_at=now())
    record("knowledge.writeup.started", by=by, target=page, kind=kind, parent=parent.pk if parent else None)
    return page


@transaction.atomic
def save_section(
    page: WriteUpPage, *, by: Any, section: str, values: Mapping[str, Any], seen: str = ""
) -> tuple[WriteUpPage, Screening]:
    """Keep what stands in one step of the form, as a draft that only authors and reviewers read.

    `values` are fields and raw blocks by name; `seen` is the digest of the section as the author saw it. Returns the
    draft and what the guard says to it. Raises Refused for what the guard blocks (nothing is kept), Invalid with a
    sentence for each field that cannot be kept (also for figures under 5), and Conflict when a co-author was faster.
    """
    viewer, page = viewer_of(by), locked(page)
    require(may_edit(viewer, page))
    require(may_speak(by))
    known = BY_NAME.get(section)
    if known is None or page.kind not in known.kinds:
        raise Missing
    draft = draft_of(page)
    if seen and seen != digest_of(draft, known):
        raise Conflict(_("A co-author has changed this step since you opened it."), words_in(list(values.values())))
    allowed = {name: values[name] for name in (*known.fields, *known.parts) if name in values}
    errors = wrong_in(allowed)
    if errors:
        raise Invalid(errors)
    spend("knowledge.writeup.save", by.pk, SAVES_AN_HOUR)
    screening = look_at_and_refuse(words_by_name(allowed))
    before = digest_of(draft, known)
    put(draft, allowed)
    if digest_of(draft, known) != before:
        keep_draft(draft, by=by)
        record("knowledge.writeup.saved", by=by, target=page, section=section)
    return draft, screening


@transaction.atomic
def send_for_review(page: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Give the draft to two reviewers, or first to a moderator where the guard wants a human to look.

    Raises Invalid with what is still missing, by field or part, and Refused for what the guard blocks.
    """
    viewer, page = viewer_of(by), locked(page)
    require(may_send(viewer, page))
    require(may_speak(by))
    spend("knowledge.writeup.send", by.pk, SENDS_A_DAY)
    draft = draft_of(page)
    lacks = missing(draft)
    if lacks:
        raise Invalid({name: [sentence] for name, sentence in lacks.items()})
    words = words_of_page(draft)
    screening = look_at_and_refuse(words)
    told = tell_document(f"draft:{page.pk}", {name: (surface_of(name), text) for name, text in words.items()}, by=by)
    if screening.is_held or told:
        _set_stage(page, Stage.HELD)
        findings = [*screening.findings, *told]
        moderation.hold(page, by=by, words={each.field: words[each.field] for each in findings}, findings=findings)
        record("knowledge.writeup.held", by=by, target=page)
        return page
    return to_review(page, by=by)


def to_review(page: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Part of sending and of a moderator's release: the draft is with the reviewers."""
    # no-atomic: a step of operations that are; no-require: those have asked
    _set_stage(page, Stage.IN_REVIEW)
    record("knowledge.writeup.sent", by=by, target=page, revision=page.latest_revision_id)
    start_review(page, by=by)
    return page


@transaction.atomic
def send_back(page: WriteUpPage, *, by: Actor) -> WriteUpPage:
    """Give a draft back to its authors: reviewers have asked for changes, or a moderator has refused it."""
    # no-require: the review or the moderation that calls this has asked its own policy
    page = locked(page)
    if page.stage in {Stage.IN_REVIEW, Stage.HELD}:
        _set_stage(page, Stage.REVISING)
        record("knowledge.writeup.refused", by=by, target=page)
    return page


@transaction.atomic
def publish_version(page: WriteUpPage, *, by: Actor) -> Version:
    """Publish the newest draft and keep it as the next version. `by` is SYSTEM when the reviewers have agreed."""
    page = locked(page)
    require(may_publish(by, _viewer(by)))
    revision = page.get_latest_revision() or page.save_revision(log_action=False)
    revision.published_by = by
    revision.publish(user=None if is_system(by) else by, skip_permission_checks=True)
    return keep_version(locked(page), by=by)


def keep_published(sender: Any, instance: WriteUpPage, revision: Any, **_kwargs: Any) -> None:
    """Every publishing makes a version: ours, the admin's, and that of Wagtail's workflow and timetable."""
    keep_version(locked(instance), by=getattr(revision, "published_by", None) or revision.user or SYSTEM)


def keep_version(page: WriteUpPage, *, by: Actor) -> Version:
    """Keep what is published now as a version, unless the newest one says the same. Whoever published it, and where."""
    # no-atomic: a step of publishing, ours or Wagtail's; no-require: that has asked
    content = content_of(page)
    digest = digest_of_content(content)
    newest: Version | None = page.versions.order_by("number").last()
    if newest is not None and newest.digest == digest:
        return newest
    version = Version.objects.create(
        page=page, number=newest.number + 1 if newest else 1, content=content, digest=digest
    )
    page.stage, page.standing = Stage.PUBLISHED, Standing.CURRENT
    page.review_due = months_after(now().date(), MONTHS_UNTIL_REVIEW[page.kind])
    page.save(update_fields=["stage", "standing", "review_due"])
    record("knowledge.writeup.published", by=by, target=page, number=version.number, kind=page.kind)
    recompute_levels(page, by=by)
    return version


@transaction.atomic
def reaffirm(page: WriteUpPage, *, by: Actor) -> WriteUpPage:
    """Say that a published write-up still holds: the next review moves on."""
    page = locked(page)
    require(may_reaffirm(by, _viewer(by), page))
    page.standing = Standing.CURRENT
    page.review_due = months_after(now().date(), MONTHS_UNTIL_REVIEW[page.kind])
    page.save(update_fields=["standing", "review_due"])
    record("knowledge.writeup.reaffirmed", by=by, target=page)
    return page


@transaction.atomic
def retire(page: WriteUpPage, *, by: Actor, reason: str) -> WriteUpPage:
    """Take a write-up out of force. It stays where it is, with a banner, and can be cited."""
    page = locked(page)
    require(may_retire(by, _viewer(by), page))
    reason = " ".join(reason.split())
    if not reason or len(reason) > 300:
        raise Invalid({"reason": [_("Say why, in at most 300 characters.")]})
    refuse_if_not_clean("practice", reason=reason)
    page.standing, page.retired_because = Standing.RETIRED, reason
    page.save(update_fields=["standing", "retired_because"])
    record("knowledge.writeup.retired", by=by, target=page)
    return page


@transaction.atomic
def mark_due(*, by: Actor) -> int:
    """Mark what should be looked at again; the clock calls this each day. Returns how many."""
    # no-require: the clock does this, nobody asks for it
    due = WriteUpPage.objects.live().filter(standing=Standing.CURRENT, review_due__lte=now().date())
    pages = list(due.select_for_update()[:500])
    for page in pages:
        page.standing = Standing.REVIEW_DUE
        page.save(update_fields=["standing"])
        record("knowledge.writeup.fell_due", by=by, target=page)
    return len(pages)


@transaction.atomic
def call_for_review(page: WriteUpPage, *, by: Any) -> WriteUpPage:
    """Ask the authors to look again before the date; readers see that the review is due."""
    page = locked(page)
    require(may_call_for_review(viewer_of(by), page))
    page.standing, page.review_due = Standing.REVIEW_DUE, now().date()
    page.save(update_fields=["standing", "review_due"])
    record("knowledge.writeup.fell_due", by=by, target=page)
    return page


@transaction.atomic
def discard_draft(page: WriteUpPage, *, by: Any) -> None:
    """Take a draft away that was never published, with its revisions."""
    page = locked(page)
    require(may_discard(viewer_of(by), page))
    record("knowledge.writeup.discarded", by=by, target=page)
    page.delete()


def locked(page: WriteUpPage) -> WriteUpPage:
    """The page as it is now, locked for the rest of the transaction; raises Missing when it is gone."""
    found = WriteUpPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    if found is None:
        raise Missing
    return found  # type: ignore[no-any-return]


def draft_of(page: WriteUpPage) -> WriteUpPage:
    """The newest words of the page, published or not."""
    draft: WriteUpPage = page.get_latest_revision_as_object()
    return draft


def keep_draft(draft: WriteUpPage, *, by: Any) -> None:
    """Save a revision; several saves in one sitting are one."""
    # no-atomic: a step of operations that are; no-require: those have asked; no-record: they record what was saved
    newest = draft.get_latest_revision()
    again = (
        newest is not None
        and newest.user_id == by.pk
        and newest.created_at > now() - ONE_SITTING
        and newest.pk != draft.live_revision_id
        and not newest.task_states.exists()
    )
    draft.save_revision(user=by, log_action=False, clean=False, overwrite_revision=newest if again else None)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def _viewer(by: Actor) -> Viewer:
    return Viewer.anonymous() if is_system(by) else viewer_of(by)


def _set_stage(page: WriteUpPage, stage: Stage) -> None:
    page.stage = stage
    page.save(update_fields=["stage"])


def _slug_of(title: str) -> str:
    """A word for the address; random letters where it is taken, so that it tells nothing about other drafts."""
    slug = slugify(title)[:60].strip("-")
    taken = slug in RESERVED_SLUGS or not slug or WriteUpPage.objects.filter(slug=slug).exists()
    return f"{slug}-{new_public_id()[:6]}".strip("-") if taken else slug
