"""From the words in a tag field to tags: folded, aliases followed, new words kept until an editor adopts them."""

from collections.abc import Iterable
from typing import Any

from community.core.events import record
from community.core.text import listed
from forums.models import Tag, TagAlias
from forums.models.tags import fold_tag


def split_tags(text: str) -> tuple[str, ...]:
    """The words of a comma-separated field, each once, in order."""
    words = (word.strip(" #") for word in listed(text))
    return tuple(dict.fromkeys(word for word in words if word))


def tags_from(words: Iterable[str], *, by: Any = None) -> list[Tag]:
    """The tags for these words. New words become tags only with an actor `by`; without one they are left out."""
    found = {fold_tag(word): word for word in words}
    known = _known(set(found))
    fresh = [_new_tag(word, by) for key, word in found.items() if key not in known and by is not None]
    return list(dict.fromkeys([*known.values(), *fresh]))


def suggested_tags() -> list[str]:
    """Names of the curated tags, for the field's suggestions."""
    return list(Tag.objects.filter(curated=True).values_list("name", flat=True)[:300])


def _known(keys: set[str]) -> dict[str, Tag]:
    by_name = {tag.folded: tag for tag in Tag.objects.filter(folded__in=keys)}
    aliases = TagAlias.objects.filter(word__in=keys).select_related("tag")
    return {**{alias.word: alias.tag for alias in aliases}, **by_name}


def _new_tag(word: str, by: Any) -> Tag:
    tag = Tag(name=word)
    tag.save()
    record("forums.tag.created", by=by, target=tag)
    return tag
