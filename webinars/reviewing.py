"""How moderation sees webinars: plans that wait, lines and questions that were reported, words that are held."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.moderation.registry import Handler, register_reviewable
from webinars.lines import words_of
from webinars.models import Deck, HeldLine, RoomEvent, Webinar
from webinars.operations.holding import refuse_line, release_line
from webinars.operations.moderating import hide_reported, restore_reported
from webinars.operations.reading import hide_webinar, refuse_plan, release_plan, show_webinar
from webinars.operations.slides import refuse_deck, release_deck


def register() -> None:
    """Called once, when the models are ready."""
    register_reviewable(
        "webinars.roomevent",
        Handler(
            label=gettext_lazy("Words in a room"),
            rows=events,
            title=lambda event: _("In the room of {webinar}").format(webinar=event.room.webinar),
            url=lambda event: f"{event.room.webinar.get_absolute_url()}#line-{event.seq}",
            preview=words_of,
            author=lambda event: event.sender,
            release=restore_reported,
            refuse=hide_reported,
            hide=hide_reported,
            restore=restore_reported,
        ),
    )
    register_reviewable(
        "webinars.webinar",
        Handler(
            label=gettext_lazy("Webinars"),
            rows=plans,
            title=str,
            url=lambda webinar: webinar.get_absolute_url(),
            preview=lambda webinar: "\n\n".join(filter(None, (webinar.title, webinar.summary, webinar.description))),
            author=lambda webinar: webinar.organiser,
            release=release_plan,
            refuse=refuse_plan,
            hide=hide_webinar,
            restore=show_webinar,
        ),
    )
    register_reviewable(
        "webinars.heldline",
        Handler(
            label=gettext_lazy("Held in a room"),
            rows=held,
            title=lambda line: _("For the room of {webinar}").format(webinar=line.room.webinar),
            url=lambda line: line.room.webinar.get_absolute_url(),
            preview=lambda line: "",
            author=lambda line: line.author,
            release=release_line,
            refuse=refuse_line,
            hide=refuse_line,
            restore=release_line,
        ),
    )
    register_reviewable(
        "webinars.deck",
        Handler(
            label=gettext_lazy("Slides"),
            rows=decks,
            title=lambda deck: _("Slides of {webinar}").format(webinar=deck.webinar),
            url=lambda deck: reverse("deck-list", args=[deck.webinar.slug]),
            preview=lambda deck: deck.title,
            author=lambda deck: deck.uploaded_by,
            release=release_deck,
            refuse=refuse_deck,
            hide=refuse_deck,
            restore=release_deck,
        ),
    )


def events() -> "QuerySet[RoomEvent]":
    """All lines and questions, whoever may read them; only moderation uses it."""
    words = RoomEvent.objects.filter(verb__in=["chat.said", "question.shown"])
    return words.select_related("room__webinar", "sender__profession")


def plans() -> "QuerySet[Webinar]":
    return Webinar.objects.select_related("organiser__profession")


def held() -> "QuerySet[HeldLine]":
    return HeldLine.objects.select_related("room__webinar", "author__profession")


def decks() -> "QuerySet[Deck]":
    return Deck.objects.select_related("webinar", "uploaded_by__profession")
