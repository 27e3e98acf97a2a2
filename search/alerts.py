"""Telling members of what is new and answers a search that they saved, under their own rights at this moment.

A saved search is asked again with one condition more: only documents that were not there when it was last asked.
So the same code answers, on every engine; and all words must be there, or each of them would ring a bell.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.core.audiences import Viewer, viewer_of
from community.core.notices import tell
from community.members.panels import register_export
from community.notifications.targets import Lines, register_target
from search import vocabulary
from search.conditions import conditions, read
from search.engines import Condition, Plan, embedded
from search.grammar import Phrase, Query
from search.models import Document, SavedSearch
from search.searching import checked

MOST_NEW = 500


def register() -> None:
    register_target("search.savedsearch", lines_for)
    register_export("saved_searches", own_data)


def saved_by(member: Any) -> "QuerySet[SavedSearch]":
    """The searches this member keeps."""
    return SavedSearch.objects.filter(member=member)


def own_data(member: Any) -> list[dict[str, Any]]:
    """What search keeps of a member: the searches that they saved, and nothing else."""
    rows = saved_by(member).exclude(text="").order_by("saved_at", "pk")
    return [{"search": saved.text, "saved_at": saved.saved_at} for saved in rows]


def tell_of_new() -> int:
    """Ask every saved search about what has come; returns how many members' searches found something."""
    newest = Document.objects.aggregate(newest=Max("pk"))["newest"] or 0
    told = 0
    waiting = (
        SavedSearch.objects.filter(seen__lt=newest, member__is_active=True).exclude(text="").select_related("member")
    )
    for saved in waiting.order_by("pk").iterator():
        if answers(saved, newest):
            tell(saved.member, "search.found", target=saved)
            told += 1
        SavedSearch.objects.filter(pk=saved.pk).update(seen=newest)
    return told


def answers(saved: SavedSearch, newest: int) -> list[int]:
    """The new documents that a saved search finds; not what its owner has written."""
    new = Document.objects.filter(pk__gt=saved.seen, pk__lte=newest).exclude(author_id=saved.member_id)
    ids = tuple(new.order_by("-pk").values_list("pk", flat=True)[:MOST_NEW])
    if not ids:
        return []
    viewer = viewer_of(saved.member)
    query = strict(read(saved.text, viewer))
    narrowed = (*conditions(query, viewer), Condition("id", "in", ids))
    found = embedded().candidates(Plan(query, viewer.tokens, narrowed))
    return [candidate.id for candidate in checked(viewer, found)]


def strict(query: Query) -> Query:
    """The same with every word required: in one of its forms, or as what its abbreviation stands for."""
    used = {chip.word: chip for chip in vocabulary.chips(query, frozenset(), {})}
    forms: dict[str, list[Phrase]] = {}
    for phrase in query.words:
        forms.setdefault(phrase.shown, []).append(phrase)
        if phrase.shown in used:
            forms[phrase.shown] += vocabulary.also_searched(Query(words=(phrase,)), [used[phrase.shown]])
    return replace(query, words=(), required=(*query.required, *(tuple(each) for each in forms.values())))


def lines_for(viewer: Viewer, ids: Collection[str]) -> Lines:
    """What a notification says of a saved search: to its owner only."""
    found: Any = SavedSearch.objects.filter(pk__in=ids, member=viewer.member) if viewer.member else []
    return {str(saved.pk): (_title_of(saved), address_of(saved)) for saved in found}


def _title_of(saved: SavedSearch) -> str:
    return _("Saved search: %(text)s") % {"text": saved.text} if saved.text else _("A saved search without words")


def address_of(saved: SavedSearch) -> str:
    """Its results, the newest first; one whose words were taken leads to the list of saved searches."""
    if not saved.text:
        return reverse("saved-search-list")
    text = saved.text if "order:" in saved.text else f"{saved.text} order:new"
    return f"{reverse('search')}?{urlencode({'q': text})}"
