"""What people typed into search and what is kept of it, for the guard to read again when its rules change.

No moderator is asked: of saved searches only their owner knows, and what is counted or listed is a few words without
anybody. What the guard would not take today goes at once.
"""

from collections.abc import Iterable

from community.casefree.contents import Content, Row, register_content
from community.core.actors import SYSTEM
from search.models import AskedWords, SavedSearch, SynonymSet, SynonymSource
from search.operations import drop_synonyms, forget_words, stop_search


def register() -> None:
    """Called once, when the models are ready."""
    register_content(Content("search.savedsearch", saved_after, stop_saved))
    register_content(Content("search.askedwords", asked_after, forget_asked))
    register_content(Content("search.synonymset", synonyms_after, drop_set))


def saved_after(pk: int, limit: int) -> Iterable[Row]:
    """The next saved searches by key."""
    for saved in SavedSearch.objects.filter(pk__gt=pk).order_by("pk")[:limit]:
        yield saved.pk, "title", saved.text


def stop_saved(pk: int) -> None:
    """Empty a saved search and tell its owner."""
    stop_search(SavedSearch.objects.get(pk=pk), by=SYSTEM)


def asked_after(pk: int, limit: int) -> Iterable[Row]:
    """The next counted words by key."""
    for row in AskedWords.objects.filter(pk__gt=pk).order_by("pk")[:limit]:
        yield row.pk, "title", row.text


def forget_asked(pk: int) -> None:
    """Forget counted words, of all weeks."""
    for row in AskedWords.objects.filter(pk=pk):  # gone already where another week had the same words
        forget_words(row.text, by=SYSTEM)


def synonyms_after(pk: int, limit: int) -> Iterable[Row]:
    """The next synonyms of editors by key; imported vocabularies are nobody's own words."""
    rows = SynonymSet.objects.filter(pk__gt=pk, source=SynonymSource.EDITORS).prefetch_related("terms")
    for group in rows.order_by("pk")[:limit]:
        for words in (group.preferred, *(term.shown for term in group.terms.all())):
            yield group.pk, "tag", words


def drop_set(pk: int) -> None:
    """Drop a set of synonyms."""
    drop_synonyms(SynonymSet.objects.get(pk=pk), by=SYSTEM)
