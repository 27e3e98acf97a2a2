"""Editors' pages in other languages: what an editor wrote for one, else the first words in the message catalogue.

What a new site begins with is translated with the interface, piece by piece; what editors changed there or added is
shown as they wrote it, unless they gave it in the reader's language too.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField

from community.core.errors import Refused
from community.core.languages import offered, spoken
from community.core.screening import refuse_if_blocked
from community.knowledge.blocks import AnyStream
from community.knowledge.first_pages.words import reworded
from community.knowledge.forms import words_of


def other_languages() -> list[tuple[str, str]]:
    """Code and own name of every language of the interface but the site's own."""
    return [(each.code, each.name) for each in offered() if each.code != settings.LANGUAGE_CODE]


class PageInLanguage(models.Model):
    """A page's words in one other language, as editors wrote them; what is empty is shown as it is without."""

    page = ParentalKey("knowledge.AudiencedPage", on_delete=models.CASCADE, related_name="in_languages")
    language = models.CharField(_("language"), max_length=8, choices=other_languages)
    title = models.CharField(_("title"), max_length=255, blank=True)
    intro = models.TextField(_("introduction"), max_length=400, blank=True)
    hero_title = models.CharField(_("opening line (home page)"), max_length=120, blank=True)
    hero_small = models.CharField(_("small line under the buttons (home page)"), max_length=200, blank=True)
    body = StreamField(AnyStream(), blank=True, verbose_name=_("body"))

    panels: ClassVar[list[Panel]] = [
        FieldPanel(name) for name in ("language", "title", "intro", "hero_title", "hero_small", "body")
    ]

    class Meta:
        ordering = ["language"]
        verbose_name = _("page in another language")
        verbose_name_plural = _("in other languages")
        constraints = [models.UniqueConstraint(fields=("page", "language"), name="page_once_for_each_language")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def clean(self) -> None:
        for name in ("title", "intro", "hero_title", "hero_small", "body"):
            try:
                refuse_if_blocked("practice", **{name: words_of(getattr(self, name))})
            except Refused as refusal:
                raise ValidationError({name: refusal.reason}, code=refusal.code) from refusal


@dataclass(frozen=True)
class Words:
    """A page's words for one reader. `language` is that of editors' own words, "" where it may be mixed."""

    title: str
    intro: str = ""
    hero_title: str = ""
    hero_small: str = ""
    body: Any = ()
    language: str = ""


def words_for_reader(page: Any) -> Words:
    """The words of a page in the language of the reader. One query, and none in the site's own language."""
    intro = getattr(page, "intro", "") or getattr(page, "hero_lead", "")
    plain = Words(
        page.title,
        intro,
        hero_title=getattr(page, "hero_title", ""),
        hero_small=getattr(page, "hero_small", ""),
        body=getattr(page, "body", ()),
        language=getattr(page, "language", ""),
    )
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return plain
    own = page.in_languages.filter(language=language).first() or PageInLanguage()
    return Words(
        own.title or spoken(plain.title),
        own.intro or spoken(plain.intro),
        own.hero_title or spoken(plain.hero_title),
        own.hero_small or spoken(plain.hero_small),
        body=own.body or _spoken_body(plain.body),
        language=own.language if own.body else "",
    )


def with_titles(pages: Any, page: str = "pk") -> Any:
    """A queryset whose rows know what editors call the page in the reader's language; `page` leads to its key."""
    own = PageInLanguage.objects.filter(page=OuterRef(page), language=get_language() or "")
    return pages.annotate(own_title=Subquery(own.values("title")[:1]), own_intro=Subquery(own.values("intro")[:1]))


def _spoken_body(body: Any) -> Any:
    """The same stream with every piece of it that is in the message catalogue translated."""
    if not body:
        return body
    return body.stream_block.to_python(reworded(body.get_prep_value(), spoken))
