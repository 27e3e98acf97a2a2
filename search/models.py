"""What search keeps: one document for everything that can be found, the outbox of what has changed, and what is on
its way to a search server.

The full-text tables beside `Document` belong to the engines (see engines/ and the migrations); the rows of `Outbox`
are written by triggers in the database (see triggers.py), so that no way of writing can pass them by.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId


class Kind(models.TextChoices):
    THREAD = "thread", _("Discussions")
    POST = "post", _("Replies")
    PAGE = "page", _("Pages")
    TRANSLATION = "translated", _("Translations")
    WEBINAR = "webinar", _("Webinars")
    QUESTION = "question", _("Questions in webinars")
    LINE = "line", _("Chat of webinars")
    MEMBER = "member", _("Members")
    SPACE = "space", _("Spaces")
    TAG = "tag", _("Tags")


class Document(models.Model):
    """Something that can be found. Words are kept as folded terms only; what a page shows is read from its source.
    `exact` holds all of them by their forms, title, body and names one after the other, for phrases in quotes.

    `bundle` ("thread:12", "webinar:3") is what hits are grouped by. `tags` is " a b " of slugs, `places` " ke afr ".
    """

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.BigIntegerField()
    bundle = models.CharField(max_length=32, db_index=True)
    audience = models.CharField(max_length=64)
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    names = models.TextField(blank=True)
    exact = models.TextField(blank=True, default="")
    space = models.CharField(max_length=60, blank=True)
    tags = models.TextField(blank=True)
    places = models.CharField(max_length=64, blank=True)
    specialty = models.TextField(blank=True)
    author_id = models.BigIntegerField(null=True)
    stance = models.CharField(max_length=20, blank=True)
    lang = models.CharField(max_length=12, blank=True)
    answered = models.BooleanField(default=False)
    sourced = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)
    indexed_at = models.DateTimeField(default=now)

    #: The words as they were written, while the document is being made; never kept.
    said: str = ""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_document_for_a_thing")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="documents_by_time"),
            models.Index(fields=["author_id", "-at", "-id"], name="documents_by_author"),
            models.Index(fields=["space", "-at", "-id"], name="documents_by_space"),
            models.Index(fields=["kind", "-at", "-id"], name="documents_by_kind"),
            models.Index(fields=["stance", "-at", "-id"], name="documents_by_stance"),
            # What few documents have.
            models.Index(fields=["-at", "-id"], name="documents_with_tags", condition=Q(tags__gt="")),
            models.Index(fields=["-at", "-id"], name="documents_with_sources", condition=Q(sourced=True)),
            models.Index(fields=["-at", "-id"], name="documents_answered", condition=Q(answered=True)),
            models.Index(fields=["lang", "-at", "-id"], name="documents_by_language", condition=Q(lang__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Meaning(models.Model):
    """What a document means to the sentence model of the extra `[semantic]`: `values` is its vector, a byte for each
    dimension; none while the text waits to be read, and none for a text that is not (see semantic/learning.py).

    `said` is a digest of the text, `model` what read it.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="meaning")
    said = models.CharField(max_length=24, blank=True)
    model = models.CharField(max_length=40, blank=True)
    values = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["model", "at"], name="meanings_by_model")]

    def __str__(self) -> str:
        return str(self.document_id)


class Outbox(models.Model):
    """Something has changed and its document must be made anew; written by the database, taken by the worker."""

    kind = models.CharField(max_length=10)
    key = models.BigIntegerField()
    at = models.DateTimeField(null=True, db_default=Now())

    class Meta:
        verbose_name_plural = "outbox"

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Shipment(models.Model):
    """A document has changed and the search server has not been told. Its number is the version it is sent with."""

    kind = models.CharField(max_length=10)
    key = models.BigIntegerField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SavedSearch(PublicId):
    """A search that a member keeps, to be told when something new answers it. Its words are seen by them only.

    `seen` is the highest document that has been looked at. An empty `text` is what new rules of the guard left of one.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    text = models.CharField(_("search"), max_length=300)
    saved_at = models.DateTimeField(default=now)
    seen = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["member", "text"], name="one_saved_search_with_a_text")]

    def __str__(self) -> str:
        return self.text


class SynonymSource(models.TextChoices):
    EDITORS = "editors", _("Editors")
    MESH = "mesh", "MeSH"
    DOID = "doid", "Disease Ontology"


class SynonymSet(PublicId):
    """Words that mean the same. Editors can switch each off; reading a file again changes words, never the switch."""

    source = models.CharField(max_length=10, choices=SynonymSource)
    code = models.CharField(max_length=40)  # what the source calls it: "D009203"
    preferred = models.CharField(_("term"), max_length=120)
    is_on = models.BooleanField(default=True)
    digest = models.CharField(max_length=40, blank=True)  # of its words as the source has them
    reading = models.CharField(max_length=40, blank=True)  # the file in which it was last seen

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "code"], name="one_synonym_set_with_a_code")]
        indexes = [models.Index(fields=["preferred"], name="synonym_sets_by_name")]

    def __str__(self) -> str:
        return self.preferred

    @property
    def others(self) -> list[str]:
        """Every other way to say it, as it was written."""
        return [term.shown for term in self.terms.all() if term.shown != self.preferred]


class SynonymTerm(models.Model):
    """One way to say it; `terms` is what a question is compared with, as our analysis makes it."""

    group = models.ForeignKey(SynonymSet, models.CASCADE, related_name="terms")
    shown = models.CharField(_("words"), max_length=120)
    terms = models.CharField(max_length=160, db_index=True)

    def __str__(self) -> str:
        return self.shown


class AskedWords(models.Model):
    """How often the same few words were searched for in a week (from Monday), by anybody; never by whom.

    `empty` is how often nothing was found, `picked` how often a result was opened, `places` the sum of their places.
    """

    week = models.DateField()
    text = models.CharField(max_length=80)
    asked = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    picked = models.PositiveIntegerField(default=0)
    places = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "text"], name="one_count_of_words_in_a_week")]

    def __str__(self) -> str:
        return self.text


class SettledWords(models.Model):
    """Words that found nothing and that an editor has seen to, until `until`."""

    text = models.CharField(max_length=80, unique=True)
    until = models.DateField()

    def __str__(self) -> str:
        return self.text
