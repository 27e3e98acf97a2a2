"""From filters of the grammar to conditions on documents, with everything looked up that needs the reader."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from community.core.audiences import Viewer
from community.members.models import Country, Member, Specialty
from forums.models import Follow, FollowLevel, Space, Stance, Tag, Thread
from forums.queries import unread_threads
from search.engines import Condition
from search.grammar import Filter, Query, day_of, parse
from search.models import Kind
from webinars.models import Webinar

STANCES = {
    "evidence": "evidence_summary",
    "practice": "local_practice",
    "opinion": "opinion",
    "question": "question",
}
KINDS = {
    "thread": ("thread",),
    "threads": ("thread",),
    "discussion": ("thread", "post"),
    "post": ("post",),
    "reply": ("post",),
    "page": ("page",),
    "guideline": ("page",),
    "translation": ("translated",),
    "webinar": ("webinar",),
    "question": ("question",),
    "chat": ("line",),
    "line": ("line",),
    "member": ("member",),
    "people": ("member",),
    "space": ("space",),
    "tag": ("tag",),
}
MOST = 1000
SEVERAL = ("kind", "space", "tag", "region", "specialty", "stance", "lang", "year", "by")


def read(text: str, viewer: Viewer, language: str = "") -> Query:
    """What was asked. A filter whose value is nothing that this viewer can know of is words: "ratio by:weight"."""
    query = parse(text, language)
    unknown = [str(each) for each in query.filters if not _is_known(each, viewer)]
    return parse(text, language, unknown) if unknown else query


def _is_known(each: Filter, viewer: Viewer) -> bool:
    value = each.value.replace(" ", "-")
    return KNOWN[each.name](value, viewer) if each.name in KNOWN else True


def _is_tag(slug: str, viewer: Viewer) -> bool:
    """A curated tag, or one on something that this viewer may read."""
    if Tag.objects.filter(slug=slug, curated=True).exists():
        return True
    return any(model.objects.visible_to(viewer).filter(tags__slug=slug).exists() for model in (Thread, Webinar))


def _is_region(code: str) -> bool:
    return Country.objects.filter(Q(code__iexact=code) | Q(who_region__iexact=code)).exists()


def conditions(query: Query, viewer: Viewer) -> tuple[Condition, ...]:
    """Every filter of a query as a condition. The same filter twice means either: kind:post kind:thread."""
    found: list[Condition] = []
    for name in SEVERAL:
        for is_negated in (False, True):
            same = [each for each in query.filters if each.name == name and each.is_negated is is_negated]
            if same:
                found += _either(name, same, viewer)
    single = (each for each in query.filters if each.name in READERS)
    return (*found, *(READERS[each.name](each, viewer) for each in single))


def _either(name: str, same: list[Filter], viewer: Viewer) -> Iterable[Condition]:
    values = [each.value for each in same]
    is_negated = same[0].is_negated
    if name == "year":
        return _years(values, is_negated)
    if name == "by":
        return [Condition("author_id", "in", tuple(_authors(values, viewer)), is_negated)]
    if name == "kind":
        kinds = tuple(kind for value in values for kind in KINDS.get(value, (value,)))
        return [Condition("kind", "in", kinds, is_negated)]
    if name == "stance":
        return [Condition("stance", "in", tuple(STANCES.get(value, value) for value in values), is_negated)]
    if name in {"space", "lang"}:
        return [Condition(name, "in", tuple(values), is_negated)]
    field = {"tag": "tags", "region": "places", "specialty": "specialty"}[name]
    return [Condition(field, "lists", tuple(value.replace(" ", "-") for value in values), is_negated)]


def _years(values: list[str], is_negated: bool) -> Iterable[Condition]:
    """A span of years; with several, from the first to the last of them."""
    days = sorted(day for value in values if (day := day_of(value)))
    if not days:
        return []
    start, end = date(days[0].year, 1, 1), date(days[-1].year + 1, 1, 1)
    if is_negated:
        return [Condition("at", "from", (_start(end),))]
    return [Condition("at", "from", (_start(start),)), Condition("at", "before", (_start(end),))]


def _authors(values: list[str], viewer: Viewer) -> list[int]:
    own = [viewer.member.pk] if viewer.member is not None and "me" in values else []
    return [*own, *Member.objects.filter(handle__in=values).values_list("pk", flat=True)]


def _before(each: Filter, viewer: Viewer) -> Condition:
    return Condition("at", "before", (_start(day_of(each.value) or date.max),), each.is_negated)


def _after(each: Filter, viewer: Viewer) -> Condition:
    """On the day or later."""
    return Condition("at", "from", (_start(day_of(each.value) or date.min),), each.is_negated)


def _has(each: Filter, viewer: Viewer) -> Condition:
    return Condition({"sources": "sourced", "answer": "answered"}[each.value], "is", is_negated=each.is_negated)


def _is(each: Filter, viewer: Viewer) -> Condition:
    if each.value == "question":
        return Condition("stance", "in", ("question",), each.is_negated)
    if viewer.member is None:
        return Condition("bundle", "in", (), each.is_negated)
    if each.value == "mine":
        return Condition("author_id", "in", (viewer.member.pk,), each.is_negated)
    if each.value == "followed":
        follows = Follow.objects.filter(member=viewer.member).exclude(level=FollowLevel.MUTED)
        keys = list(follows.order_by("-since").values_list("thread_id", flat=True)[:MOST])
    else:
        keys = list(unread_threads(viewer).order_by("-last_posted_at").values_list("pk", flat=True)[:MOST])
    return Condition("bundle", "in", tuple(f"thread:{key}" for key in keys), each.is_negated)


def _start(day: date) -> datetime:
    """The beginning of a day; one at the edge of the calendar is moved inside it."""
    inside = min(max(day, date(1, 1, 2)), date.max - timedelta(days=1))
    return datetime.combine(inside, time.min, UTC)


# What a value may be, for filters of which the grammar cannot tell. Tags and spaces under the viewer's own rights.
KNOWN: dict[str, Callable[[str, Viewer], bool]] = {
    "kind": lambda value, viewer: value in KINDS or value in Kind.values,
    "stance": lambda value, viewer: value in STANCES or value in Stance.values,
    "space": lambda value, viewer: Space.objects.visible_to(viewer).filter(slug=value).exists(),
    "tag": _is_tag,
    "region": lambda value, viewer: _is_region(value),
    "specialty": lambda value, viewer: Specialty.objects.filter(slug=value).exists(),
    "by": lambda value, viewer: value == "me" or Member.objects.filter(handle=value).exists(),
}
READERS: dict[str, Callable[[Filter, Viewer], Condition]] = {
    "before": _before,
    "after": _after,
    "has": _has,
    "is": _is,
}
