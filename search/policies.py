"""Who may keep a search, and who tends the words that it knows."""

from typing import Any

from django.utils.translation import gettext as _

from community.core.policies import ALLOWED, Verdict, deny
from search.models import SavedSearch

MOST_SAVED = 50


def may_save_search(by: Any) -> Verdict:
    if by is None or not getattr(by, "is_authenticated", False):
        return deny("not_signed_in", _("Sign in to save a search."))
    if SavedSearch.objects.filter(member=by).count() >= MOST_SAVED:
        return deny("too_many", _("You have saved as many searches as there is room for. Drop one first."))
    return ALLOWED


def may_drop_search(by: Any, saved: SavedSearch) -> Verdict:
    return ALLOWED if by.pk == saved.member_id else deny("not_yours", _("This search is not yours."))


def may_tend_words(by: Any) -> Verdict:
    """Editors see what is searched for, and tend synonyms."""
    if by is None or not getattr(by, "is_authenticated", False) or not by.is_editor:
        return deny("not_editor", _("Only editors can do this."))
    return ALLOWED
