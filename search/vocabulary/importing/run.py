"""From concepts to synonym sets: in batches that are each kept, writing only what differs, so that an import that was
broken off goes on where it was when it is started again, and a second one changes nothing."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction

from search.analysis import indexed
from search.models import SynonymSet, SynonymTerm
from search.vocabulary import synonyms
from search.vocabulary.importing.files import READERS, Concept

BATCH = 500
MOST_TERMS, MOST_WORDS, SHORTEST, LONGEST = 12, 5, 5, 120


@dataclass
class Tally:
    """What became of the concepts; `passed_over` have nothing to add: one way to say it, or only look-alikes."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    dropped: int = 0


def import_file(source: str, file: Path, watch: Callable[[Tally], None] = lambda tally: None) -> Tally:
    """Read a vocabulary; raises WrongFile. Sets that the file no longer holds go at the end; switches stay."""
    reading = _digest_of(file)
    tally = Tally()
    concepts = iter(READERS[source](file))
    while batch := list(islice(concepts, BATCH)):
        tally.read += len(batch)
        wanted = {each.code: words for each in batch if len(words := usable(each)) > 1}
        tally.passed_over += len(batch) - len(wanted)
        _keep(source, wanted, reading, tally)
        watch(tally)
    tally.dropped = (
        SynonymSet.objects.filter(source=source).exclude(reading=reading).delete()[1].get(SynonymSet._meta.label, 0)
    )
    synonyms.forget()
    return tally


def usable(concept: Concept) -> list[str]:
    """The preferred term and the others that may be taken for it: whole words, not too many, none like another."""
    if not _is_usable(concept.preferred):
        return []
    others = [each for each in dict.fromkeys(concept.others) if _is_usable(each)]
    kept = synonyms.apart(others, concept.preferred)
    distinct = {indexed(each): each for each in reversed(kept)}
    return [each for each in kept if distinct.get(indexed(each)) == each][:MOST_TERMS]


def _is_usable(words: str) -> bool:
    """Short ones are abbreviations with many senses; inverted ones ("Infarction, Myocardial") nobody writes."""
    is_fit = SHORTEST <= len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    return is_fit and "," not in words and bool(indexed(words))


@transaction.atomic
def _keep(source: str, wanted: dict[str, list[str]], reading: str, tally: Tally) -> None:
    present = {each.code: each for each in SynonymSet.objects.filter(source=source, code__in=wanted)}
    fresh, changed, unchanged = [], [], []
    for code, words in wanted.items():
        digest = _digest(words)
        group = present.get(code)
        if group is None:
            fresh.append(SynonymSet(source=source, code=code, preferred=words[0], digest=digest, reading=reading))
        elif group.digest == digest:
            unchanged.append(group)
        else:
            group.preferred, group.digest, group.reading = words[0], digest, reading
            changed.append(group)
    SynonymSet.objects.filter(pk__in=[each.pk for each in unchanged]).update(reading=reading)
    SynonymSet.objects.bulk_update(changed, ["preferred", "digest", "reading"])
    SynonymTerm.objects.filter(group__in=changed).delete()
    groups = [*SynonymSet.objects.bulk_create(fresh), *changed]
    SynonymTerm.objects.bulk_create(_terms(groups, wanted))
    tally.added += len(fresh)
    tally.changed += len(changed)
    tally.unchanged += len(unchanged)


def _terms(groups: Iterable[SynonymSet], wanted: dict[str, list[str]]) -> Iterator[SynonymTerm]:
    for group in groups:
        for shown in wanted[group.code]:
            yield SynonymTerm(group=group, shown=shown, terms=indexed(shown)[:160])


def _digest(words: list[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]


def _digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:40]
