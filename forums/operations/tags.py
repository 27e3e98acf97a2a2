"""What editors do with tags: adopt a member's word, give it an alias, merge two."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import viewer_of
from community.core.errors import Invalid
from community.core.events import record
from community.core.policies import require
from community.core.screening import refuse_if_not_clean
from forums.models import Tag, TagAlias, ThreadTag
from forums.models.tags import fold_tag
from forums.policies import may_edit_spaces


@transaction.atomic
def adopt_tag(tag: Tag, *, by: Any) -> Tag:
    """Put a tag on the curated list."""
    require(may_edit_spaces(viewer_of(by)))
    tag.curated = True
    tag.save(update_fields=["curated"])
    record("forums.tag.adopted", by=by, target=tag)
    return tag


@transaction.atomic
def add_alias(tag: Tag, *, by: Any, word: str) -> TagAlias:
    """Let another word lead to a tag."""
    require(may_edit_spaces(viewer_of(by)))
    refuse_if_not_clean("tag", word=word)
    if TagAlias.objects.filter(word=fold_tag(word)).exists():
        raise Invalid({"word": [_("This word already leads to a tag.")]})
    return _alias(tag, fold_tag(word), by=by)


@transaction.atomic
def merge_tag(tag: Tag, *, by: Any, into: Tag) -> Tag:
    """Move the threads and aliases of a tag to another one; its own name stays as an alias."""
    require(may_edit_spaces(viewer_of(by)))
    if tag.pk == into.pk:
        raise Invalid({"into": [_("Choose another tag.")]})
    tagged = ThreadTag.objects.filter(tag=tag)
    tagged.exclude(content_object__tagged__tag=into).update(tag=into)
    TagAlias.objects.filter(tag=tag).update(tag=into)
    word, former = tag.folded, tag.pk
    tag.delete()
    _alias(into, word, by=by)
    record("forums.tag.merged", by=by, target=into, former=former)
    return into


@transaction.atomic
def drop_tag(tag: Tag, *, by: Any) -> None:
    """Take a tag and the words that lead to it away, as a moderator has found a patient in one of them."""
    # no-require: moderation has asked its policy about the moderator
    record("forums.tag.dropped", by=by, target=tag)
    tag.delete()


def _alias(tag: Tag, word: str, *, by: Any) -> TagAlias:
    alias, _is_new = TagAlias.objects.update_or_create(word=word, defaults={"tag": tag})
    record("forums.tag.aliased", by=by, target=tag)
    return alias
