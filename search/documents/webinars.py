"""Webinars, the questions asked in them and the lines of their chats as documents."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from community.core.audiences import Viewer
from search.documents.sources import Keys, Shown, Source, add_source, document, padded
from search.models import Document, Kind
from webinars.models import Question, QuestionState, RoomEvent, Webinar, WebinarState
from webinars.watching import may_watch

ANNOUNCED = (WebinarState.SCHEDULED, WebinarState.LIVE, WebinarState.ENDED)
OPEN = (QuestionState.VISIBLE, QuestionState.LIVE, QuestionState.ANSWERED)
SAID = ("chat.said", "chat.edited")


def register() -> None:
    add_source(Source(Kind.WEBINAR, webinars, allowed_webinars, show_webinars, _keys(Webinar.objects.all())))
    add_source(Source(Kind.QUESTION, questions, allowed_questions, show_questions, _keys(Question.objects.all())))
    lines_of_all = RoomEvent.objects.filter(verb__in=SAID)
    add_source(Source(Kind.LINE, lines, allowed_lines, show_lines, _keys(lines_of_all)))


def webinars(keys: Keys) -> Iterator[Document]:
    found = Webinar.objects.filter(pk__in=keys, state__in=ANNOUNCED)
    for webinar in found.prefetch_related("specialties", "countries", "speakers", "tags"):  # type: ignore[misc]
        places = [part for each in webinar.countries.all() for part in (each.code, each.who_region)]
        speakers = [f"{speaker.name} {speaker.title}" for speaker in webinar.speakers.all()]
        yield document(
            Kind.WEBINAR,
            webinar.pk,
            title=webinar.title,
            body=f"{webinar.summary}\n{_described(webinar)}\n{webinar.objectives}",
            names=" ".join([*speakers, *(tag.name for tag in webinar.tags.all())]),
            bundle=f"webinar:{webinar.pk}",
            audience=webinar.audience,
            specialty=padded(each.slug for each in webinar.specialties.all()),
            places=padded(places),
            tags=padded(tag.slug for tag in webinar.tags.all()),
            author_id=webinar.organiser_id,
            lang=webinar.language,
            at=webinar.starts_at,
        )


def questions(keys: Keys) -> Iterator[Document]:
    """Open and answered questions. Who asked anonymously is not in the index either."""
    found = Question.objects.filter(pk__in=keys, state__in=OPEN, webinar__state__in=ANNOUNCED).exclude(text="")
    for question in found.select_related("webinar"):
        yield document(
            Kind.QUESTION,
            question.pk,
            title="",
            body=question.text,
            bundle=f"webinar:{question.webinar_id}",
            audience=question.webinar.audience,
            author_id=None if question.anonymous else question.author_id,
            answered=question.state == QuestionState.ANSWERED,
            lang=question.webinar.language,
            at=question.asked_at,
        )


def lines(keys: Keys) -> Iterator[Document]:
    """What was said in the chat and is still there."""
    found = RoomEvent.objects.filter(pk__in=keys, verb__in=SAID, gone="", room__webinar__state__in=ANNOUNCED)
    for line in found.select_related("room__webinar"):
        if not line.body.get("text"):
            continue
        webinar = line.room.webinar
        yield document(
            Kind.LINE,
            line.pk,
            title="",
            body=str(line.body["text"]),
            bundle=f"webinar:{webinar.pk}",
            audience=webinar.audience,
            author_id=None if line.is_anonymous else line.sender_id,
            lang=webinar.language,
            at=line.at,
        )


def _described(webinar: Webinar) -> str:
    """The description as readers see it, without the marks it was written with."""
    return " ".join(unescape(strip_tags(webinar.description_html.replace("<", " <"))).split())


def allowed_webinars(viewer: Viewer, keys: Keys) -> set[int]:
    found = Webinar.objects.visible_to(viewer).filter(pk__in=keys, state__in=ANNOUNCED)
    return set(found.values_list("pk", flat=True))


def allowed_questions(viewer: Viewer, keys: Keys) -> set[int]:
    found = Question.objects.filter(pk__in=keys, state__in=OPEN).values_list("pk", "webinar_id")
    return _in_open_rooms(viewer, list(found))


def allowed_lines(viewer: Viewer, keys: Keys) -> set[int]:
    found = RoomEvent.objects.filter(pk__in=keys, verb__in=SAID, gone="").values_list("pk", "room__webinar_id")
    return _in_open_rooms(viewer, list(found))


def show_webinars(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    found = Webinar.objects.visible_to(viewer).filter(pk__in=keys, state__in=ANNOUNCED)
    return {
        webinar.pk: Shown(
            webinar.title,
            webinar.get_absolute_url(),
            f"{webinar.summary} {_described(webinar)}".strip(),
            webinar.starts_at,
            place=str(webinar.get_state_display()),
        )
        for webinar in found
    }


def show_questions(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    keys = list(allowed_questions(viewer, keys))
    found = Question.objects.filter(pk__in=keys).select_related("webinar", "author")
    return {
        each.pk: Shown(
            each.webinar.title,
            _moment(each.webinar, each.answered_media_at if each.answered_media_at is not None else each.media_at),
            each.text,
            each.asked_at,
            "" if each.anonymous else str(each.author),
        )
        for each in found
    }


def show_lines(viewer: Viewer, keys: Keys) -> dict[int, Shown]:
    keys = list(allowed_lines(viewer, keys))
    found = RoomEvent.objects.filter(pk__in=keys).select_related("room__webinar", "sender")
    return {
        each.pk: Shown(
            each.room.webinar.title,
            _moment(each.room.webinar, each.media_at),
            str(each.body.get("text", "")),
            each.at,
            "" if each.is_anonymous or each.sender is None else str(each.sender),
        )
        for each in found
    }


def _in_open_rooms(viewer: Viewer, pairs: list[tuple[int, int]]) -> set[int]:
    """Of (key, webinar), the keys whose room this viewer may be in."""
    visible = Webinar.objects.visible_to(viewer).filter(pk__in={webinar for _key, webinar in pairs})
    open_rooms = {webinar.pk for webinar in visible if webinar.state in ANNOUNCED and may_watch(viewer, webinar)}
    return {key for key, webinar in pairs if webinar in open_rooms}


def _moment(webinar: Webinar, at: float | None) -> str:
    """The recording at the second where it was said, where there is one."""
    seconds = f"?t={int(at)}" if at is not None and webinar.is_over else ""
    return f"{webinar.get_absolute_url()}{seconds}"


def _keys(found: Any) -> Any:
    def keys() -> Iterable[int]:
        return found.order_by("pk").values_list("pk", flat=True).iterator()  # type: ignore[no-any-return]

    return keys
