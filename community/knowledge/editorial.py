"""How moderation sees what editors write and what stands round write-ups: pages, remarks, rumours, banners, files."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from community.core.actors import Actor
from community.knowledge.models import (
    Banner,
    BulletinIndexPage,
    BulletinPage,
    DraftComment,
    GuidelinePage,
    Handout,
    HelpPage,
    HomePage,
    IndexPage,
    MythIndexPage,
    MythPage,
    Picture,
    Remark,
    Rumour,
    WriteUpIndexPage,
)
from community.knowledge.operations import withholding
from community.knowledge.page_words import words_on
from community.moderation.registry import Act, Handler, register_reviewable, type_of

PREVIEWED = 4000
PAGES = (
    MythPage, BulletinPage, GuidelinePage, HelpPage, HomePage, IndexPage, WriteUpIndexPage, MythIndexPage,
    BulletinIndexPage,
)  # fmt: skip


def register() -> None:
    """Called once, when the models are ready."""
    for model in PAGES:
        _register(
            model, model._meta.verbose_name or "", preview_of_page, withholding.hide_page, withholding.restore_page
        )
    _register(DraftComment, _("Comment on a draft"), lambda row: row.text, withholding.remove_remark)
    _register(Remark, _("Remark of a reviewer"), lambda row: row.text, withholding.remove_remark)
    _register(Rumour, _("Rumour"), preview_of_rumour, withholding.hide_rumour, withholding.restore_rumour)
    _register(Banner, _("Banner"), lambda row: row.text, withholding.end_banner)
    _register(Picture, _("Image"), lambda row: f"{row.title}\n\n{row.description}", withholding.withhold_file)
    _register(Handout, _("Document"), lambda row: row.title, withholding.withhold_file)


def preview_of_page(page: Any) -> str:
    """What is shown, and below it the draft where that says something else."""
    shown = list(words_on(page).values())
    if page.latest_revision_id is not None and page.has_unpublished_changes:
        shown += [text for text in words_on(page.get_latest_revision_as_object()).values() if text not in shown]
    return "\n\n".join(shown)[:PREVIEWED]


def preview_of_rumour(rumour: Rumour) -> str:
    return "\n\n".join(dict.fromkeys([rumour.headline, *(each.text for each in rumour.tellings.all())]))


def author_of(row: Any) -> Any:
    """Who wrote it, as far as it is known: nobody decides on their own words."""
    if isinstance(row, Rumour):
        first = row.tellings.select_related("by").first()
        return first.by if first else None
    if isinstance(row, Remark):
        return row.review.reviewer
    return next((getattr(row, name) for name in ("author", "owner", "uploaded_by_user") if hasattr(row, name)), None)


def address_of(row: Any) -> str:
    """Where it is read; "" for what only its authors or editors see."""
    if isinstance(row, Rumour):
        return reverse("rumour-list")
    return row.get_url() or "" if getattr(row, "live", False) else ""


def leave(target: Any, *, by: Actor) -> None:
    """Nothing to do: it was not held back, or it is gone for good."""


def _register(
    model: type[Model], label: StrOrPromise, preview: Callable[[Any], str], hide: Act, restore: Act = leave
) -> None:
    register_reviewable(
        type_of(model),
        Handler(
            label=label,
            rows=model._default_manager.all,
            title=lambda row: str(getattr(row, "draft_title", "") or label),
            url=address_of,
            preview=preview,
            author=author_of,
            release=leave,
            refuse=leave,
            hide=hide,
            restore=restore,
        ),
    )
