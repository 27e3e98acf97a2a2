"""Tags of threads: a curated list, with aliases that lead to the one word in use."""

import unicodedata
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


def fold_tag(word: str) -> str:
    """The form in which two spellings of a tag are the same."""
    return unicodedata.normalize("NFKC", " ".join(word.split())).casefold()


class Tag(TagBase):
    """`curated` tags are suggested; the others are words of members that an editor may adopt or merge."""

    folded = models.CharField(max_length=100, unique=True, editable=False)
    description = models.CharField(_("description"), max_length=200, blank=True)
    curated = models.BooleanField(_("curated"), default=False)

    class Meta:
        ordering = ("name",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold_tag(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("tag-detail", args=[self.slug])


class TagAlias(models.Model):
    """Another word for a tag, kept in the folded form that `fold_tag` gives."""

    word = models.CharField(_("other word"), max_length=100, unique=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ("word",)
        verbose_name_plural = _("tag aliases")

    def __str__(self) -> str:
        return self.word


class ThreadTag(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")
    content_object = models.ForeignKey("forums.Thread", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_tag_once_per_thread")]
