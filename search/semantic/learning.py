"""Which texts wait to be read, and the reading of them: in batches that can be broken off at any moment.

A row of `Meaning` is written with its document, in the same transaction and without a vector; whoever reads the text
fills it. It goes away with its document, and a text that changed loses its vector at once. So nothing is read that may
not be found, and nothing is found by what it said before.
"""

from collections.abc import Iterable
from hashlib import blake2b
from time import monotonic

from django.db import transaction
from django.db.models import Exists, OuterRef

from community.core.clock import now
from search import semantic
from search.documents.sources import source_of
from search.models import Document, Kind, Meaning
from search.semantic.model import NAME, model, packed
from search.shipments import queue
from search.turns import is_our_turn

READ = frozenset({Kind.THREAD, Kind.POST, Kind.PAGE, Kind.WEBINAR, Kind.QUESTION, Kind.SPACE})
BATCH, ENROLLED_AT_ONCE = 8, 5000


def note(documents: Iterable[Document]) -> None:
    """Let these documents be read, if their text is new; in the transaction that writes them."""
    if not semantic.is_on():
        return
    said = {(each.kind, each.key): digest(each) for each in documents if is_read(each)}
    by_kind: dict[str, list[int]] = {}
    for document in documents:
        by_kind.setdefault(document.kind, []).append(document.key)
    for kind, keys in by_kind.items():
        rows = Document.objects.filter(kind=kind, key__in=keys).values_list("pk", "key", "meaning__said")
        known = {pk: (said.get((kind, key), ""), before) for pk, key, before in rows}
        changed = {pk: new for pk, (new, before) in known.items() if new and new != before}
        Meaning.objects.filter(pk__in=[pk for pk, (new, before) in known.items() if before and not new]).delete()
        _let_read(changed)


def enrol() -> int:
    """Let documents be read that were there before the extra was; returns how many of them this time."""
    missing = Document.objects.filter(kind__in=READ, lang__in=("", "en"))
    missing = missing.filter(~Exists(Meaning.objects.filter(pk=OuterRef("pk")))).order_by("-pk")
    pks = list(missing.values_list("pk", flat=True)[:ENROLLED_AT_ONCE])
    with transaction.atomic():
        is_our_turn(wait=True)
        present = Document.objects.filter(pk__in=pks).values_list("pk", flat=True)
        Meaning.objects.bulk_create((Meaning(pk=pk) for pk in present), ignore_conflicts=True)
    return len(pks)


def learn(seconds: float = 5.0) -> int:
    """Read what waits, newest first, for about so long; returns how many texts were read."""
    until, total = monotonic() + seconds, 0
    while monotonic() < until and (batch := _waiting()):
        total += _read(batch)
    return total


def waiting() -> int:
    """How many texts have not been read by the present model."""
    return Meaning.objects.exclude(model=NAME).count()


def is_behind() -> bool:
    """Whether any text waits; by the index, however many there are."""
    return bool(_waiting(1))


def put(documents: Iterable[Document]) -> None:
    """Read these documents at once: for trials, where no worker runs."""
    Meaning.objects.bulk_create(
        Meaning(pk=each.pk, said=digest(each), model=NAME, values=_values(each), at=now())
        for each in documents
        if is_read(each)
    )


def is_read(document: Document) -> bool:
    """Whether the model knows the language, and a text of this kind says enough."""
    return document.kind in READ and document.lang in {"", "en"} and bool(document.said.strip())


def digest(document: Document) -> str:
    return blake2b(document.said.encode(), digest_size=12).hexdigest()


def _let_read(changed: dict[int, str]) -> None:
    Meaning.objects.bulk_create(
        (Meaning(pk=pk, said=said) for pk, said in changed.items()),
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["said", "model", "values", "at"],
    )


def _waiting(most: int = BATCH) -> list[Meaning]:
    """Both sides of the present model's name, so that the index is used."""
    found: list[Meaning] = []
    for narrowed in ({"model__lt": NAME}, {"model__gt": NAME}):
        rows = Meaning.objects.filter(**narrowed).select_related("document").order_by("-model", "-pk")
        found += rows[: most - len(found)]
    return found


def _read(batch: list[Meaning]) -> int:
    """Read the texts from their sources; what has changed or gone meanwhile is left as it is."""
    by_kind: dict[str, list[Meaning]] = {}
    for row in batch:
        by_kind.setdefault(row.document.kind, []).append(row)
    for kind, rows in by_kind.items():
        fresh = {each.key: each for each in source_of(kind).describe(sorted(row.document.key for row in rows))}
        for row in rows:
            document = fresh.get(row.document.key)
            if document is None or not is_read(document):
                _keep(row, row.said, b"")  # The outbox is about to drop its document; nothing is read.
            else:
                _keep(row, digest(document), _values(document))
    return len(batch)


def _keep(row: Meaning, said: str, values: bytes) -> None:
    """One short transaction for each text; the search server is told in the same."""
    with transaction.atomic():
        is_our_turn(wait=True)
        unchanged = Meaning.objects.filter(pk=row.pk, said=row.said)
        if unchanged.update(said=said, model=NAME, values=values or None, at=now()) and values:
            queue([(row.document.kind, row.document.key)])


def _values(document: Document) -> bytes:
    return packed(model().vector(model().tokens(document.said)))
