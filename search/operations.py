"""Keeping a search and dropping it; what editors do with words. Of searching itself no trace of a person is kept."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.core.actors import Actor
from community.core.clock import now
from community.core.errors import Invalid
from community.core.events import record
from community.core.notices import tell
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from search.grammar import parse
from search.models import AskedWords, Document, SavedSearch, SettledWords, SynonymSet, SynonymSource, SynonymTerm
from search.policies import may_drop_search, may_save_search, may_tend_words
from search.vocabulary import synonyms

LONGEST = 300
LONGEST_SYNONYM = 80
SETTLED_FOR = timedelta(weeks=26)


@transaction.atomic
def save_search(text: str, *, by: Any) -> SavedSearch:
    """Keep a search from now on; the same words are kept once. Raises Invalid for an empty or a very long one."""
    words = " ".join(text.split())
    query = parse(words)
    if not (query.sought or query.filters) or len(words) > LONGEST:
        raise Invalid({"q": [_("Write what you are looking for, in at most 300 characters.")]})
    require(may_save_search(by))
    refuse_if_not_clean("title", q=words)
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


@transaction.atomic
def stop_search(saved: SavedSearch, *, by: Actor) -> None:
    """Take the words out of a kept search that the guard would not take today, and tell its owner, who alone knew it.

    One emptied search stands for all that a member lost: the notice leads to it.
    """
    # no-require: the clock does this when rules change
    record("search.saved.stopped", by=by, target=saved)
    emptied = SavedSearch.objects.filter(member=saved.member, text="").first()
    if emptied is None:
        saved.text = ""
        saved.save(update_fields=["text"])
    else:
        saved.delete()
    tell(saved.member, "search.stopped", target=emptied or saved)


@transaction.atomic
def settle_words(text: str, *, by: Any) -> SettledWords:
    """Take words that found nothing off the list of tasks for half a year."""
    require(may_tend_words(by))
    if not text.strip():
        raise Invalid({"text": [_("Say which words.")]})
    refuse_if_not_clean("title", text=text)
    settled, _is_new = SettledWords.objects.update_or_create(text=text, defaults={"until": now().date() + SETTLED_FOR})
    record("search.words.settled", by=by, target=settled)
    return settled


@transaction.atomic
def forget_words(text: str, *, by: Actor) -> None:
    """Forget how often words were searched for, and that an editor saw to them: the guard would not take them today."""
    # no-require: the clock does this when rules change
    record("search.words.forgotten", by=by, target=AskedWords.objects.filter(text=text).latest("week"))
    AskedWords.objects.filter(text=text).delete()
    SettledWords.objects.filter(text=text).delete()


@transaction.atomic
def add_synonym(word: str, means: str, *, by: Any) -> SynonymSet:
    """Let two ways to say the same find each other. Raises Invalid for words that look alike: they may be two drugs."""
    require(may_tend_words(by))
    pair = [" ".join(each.split()) for each in (word, means)]
    problem = synonyms.problem_with(*pair)
    if problem or any(len(each) > LONGEST_SYNONYM for each in pair):
        raise Invalid({"means": [problem or _("Write at most 80 characters.")]})
    refuse_if_not_clean("tag", word=pair[0], means=pair[1])
    code = synonyms.indexed(pair[1])[:40]
    group, is_new = SynonymSet.objects.get_or_create(
        source=SynonymSource.EDITORS, code=code, defaults={"preferred": pair[1]}
    )
    kept = set(group.terms.values_list("terms", flat=True))
    new = {synonyms.indexed(each): each for each in pair}
    group.terms.bulk_create(
        SynonymTerm(group=group, shown=shown, terms=terms) for terms, shown in new.items() if terms not in kept
    )
    synonyms.forget()
    record("search.synonyms.added", by=by, target=group, is_new=is_new)
    return group


@transaction.atomic
def switch_synonyms(group: SynonymSet, *, is_on: bool, by: Any) -> None:
    """Use a set of synonyms in searches, or leave it out; an import does not change that."""
    require(may_tend_words(by))
    group.is_on = is_on
    group.save(update_fields=["is_on"])
    synonyms.forget()
    record("search.synonyms.switched", by=by, target=group, is_on=is_on)


@transaction.atomic
def drop_synonyms(group: SynonymSet, *, by: Actor) -> None:
    """Drop a set of editors with its words: the guard would not take them today."""
    # no-require: the clock does this when rules change
    record("search.synonyms.dropped", by=by, target=group)
    group.delete()
    synonyms.forget()
