"""Slides as data: a PDF turned into pictures, shown in step so that a poor line is enough to follow."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from webinars.models.webinars import Webinar


class Deck(PublicId):
    """The slides of a webinar. The PDF is kept sealed until its pages are made, then it goes.

    `findings` say on which pages the guard found something, and of which kind; the words themselves are sealed with
    the moderators until they have decided.
    """

    class State(models.TextChoices):
        WORKING = "working", _("Being prepared")
        READY = "ready", _("Ready")
        HELD = "held", _("Waiting for a moderator")
        REFUSED = "refused", _("Not to be shown")
        FAILED = "failed", _("Could not be read")

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="decks")
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.WORKING)
    page_count = models.PositiveSmallIntegerField(default=0)
    done_count = models.PositiveSmallIntegerField(default=0)
    findings: "models.JSONField[Any, Any]" = models.JSONField(default=list, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("slides")
        verbose_name_plural = _("slides")

    def __str__(self) -> str:
        return self.title

    @property
    def found_pages(self) -> list[int]:
        """The pages with findings, in order."""
        return sorted({found["page"] for found in self.findings})


class Slide(models.Model):
    """One page: its place in the deck, the page of the PDF that its pictures are named after, and its words.

    The words are for search, for screen readers and for those without pictures.
    """

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="slides")
    number = models.PositiveSmallIntegerField()
    page = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    small_width = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["deck_id", "number"]
        constraints = [models.UniqueConstraint(fields=["deck", "number"], name="slide_number_once")]

    def __str__(self) -> str:
        return f"{self.deck_id}/{self.number}"
