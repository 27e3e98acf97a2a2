"""Keeping a search and dropping it. Searching itself leaves no trace."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from search.grammar import parse
from search.models import Document, SavedSearch
from search.policies import may_drop_search, may_save_search

LONGEST = 300


@transaction.atomic
def save_search(text: str, *, by: Any) -> SavedSearch:
    """Keep a search from now on; the same words are kept once. Raises Invalid for an empty or a very long one."""
    words = " ".join(text.split())
    query = parse(words)
    if not (query.sought or query.filters) or len(words) > LONGEST:
        raise Invalid({"q": [_("Write what you are looking for, in at most 300 characters.")]})
    require(may_save_search(by))
    refuse_if_not_clean("title", text=words)
    newest = Document.objects.aggregate(newest=Max("pk"))["newest"] or 0
    saved, is_new = SavedSearch.objects.get_or_create(member=by, text=words, defaults={"seen": newest})
    if is_new:
        record("search.saved.kept", by=by, target=saved)
    return saved


@transaction.atomic
def drop_search(saved: SavedSearch, *, by: Actor) -> None:
    require(may_drop_search(by, saved))
    record("search.saved.dropped", by=by, target=saved)
    saved.delete()
