"""A write-up's words in another language.

Not pages of their own: a translation is of one published version, whose numbers, figures, sources and authors it shows.
Wagtail's copies for translation would carry a copy of each number, with a workflow and versions of their own.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.knowledge.models.writeups import WriteUpPage


class TranslationState(models.TextChoices):
    DRAFT = "draft", _("being translated")
    WAITING = "waiting", _("waits for a second reader")
    DONE = "done", _("published")


class Translation(models.Model):
    """One language of one write-up: the draft that is worked on, and what is published of it.

    `texts` and `shown` map the place of a piece of the version (practice.translating) to its words. What is published
    stays while a newer draft is worked on.
    """

    page = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="in_other_languages")
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(
        _("state"), max_length=8, choices=TranslationState.choices, default=TranslationState.DRAFT, db_index=True
    )
    of_version = models.PositiveIntegerField(_("version that is translated"))
    texts: "models.JSONField[Any, Any]" = models.JSONField(_("draft"), default=dict)
    held = models.BooleanField(_("a moderator must read it"), default=False)
    answer = models.CharField(_("what the second reader asks for"), max_length=600, blank=True)
    shown_version = models.PositiveIntegerField(_("version that is shown"), null=True, blank=True)
    shown: "models.JSONField[Any, Any]" = models.JSONField(_("published"), default=dict)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="translations")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["language"]
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "language"], name="translation_once_for_each_language"),
            models.CheckConstraint(
                condition=Q(shown_version=None) | Q(reader__isnull=False), name="translation_has_a_second_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} in {self.language} ({self.state})"

    @property
    def is_published(self) -> bool:
        return self.shown_version is not None
