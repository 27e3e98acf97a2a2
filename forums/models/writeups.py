"""Which thread discusses a write-up, and which one a write-up grew out of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models.threads import Thread


class WriteUpThread(models.Model):
    """A write-up and a thread that belong together. A write-up has one thread about it."""

    class Kind(models.TextChoices):
        ABOUT = "about", _("discusses it")
        ORIGIN = "origin", _("it grew out of this")

    page = models.ForeignKey("knowledge.WriteUpPage", models.CASCADE, related_name="threads")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="write_ups")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)

    class Meta:
        verbose_name = _("thread of a write-up")
        verbose_name_plural = _("threads of write-ups")
        constraints = [
            models.UniqueConstraint(fields=["page", "thread", "kind"], name="write_up_thread_once"),
            models.UniqueConstraint(fields=["page"], condition=Q(kind="about"), name="write_up_one_discussion"),
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.kind} {self.page_id}"
