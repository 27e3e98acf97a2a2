"""The room over HTTP for programs: the same state, the same log, the same commands as on its socket."""

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import Field, create_model

from community.live.registry import Command
from webinars import reading
from webinars.commands import COMMANDS, RoomCommand, give
from webinars.schemas import AckOut, EventsOut
from webinars.seats import seat_for

router = Router(tags=["rooms of webinars"])

Ref = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]


def _frame(each: RoomCommand) -> type[Command]:
    """The fields of a command with its name and the key that makes it happen once."""
    title = "".join(word.title() for word in each.name.replace("_", ".").split("."))
    fields: dict[str, Any] = {"do": (Literal[each.name], ...), "ref": (Ref, ...)}
    return create_model(f"{title}Command", __base__=each.schema, **fields)


Frame: Any = Annotated[reduce(or_, map(_frame, COMMANDS.values())), Field(discriminator="do"), Body(...)]


@router.get("/{slug}/room/", url_name="room-state", openapi_extra={"responses": {200: {"description": "The state"}}})
def get_state(request: HttpRequest, slug: str) -> HttpResponse:
    """The room as everybody in it sees it (`state`), and what is only the caller's (`own`)."""
    seat = seat_for(request.viewer, slug)  # type: ignore[attr-defined]
    return HttpResponse(reading.state_answer(seat), content_type="application/json")


@router.get("/{slug}/room/events/", response=EventsOut, url_name="room-events")
def list_events(request: HttpRequest, slug: str, since: int | None = Query(None, ge=0), epoch: str = "") -> Any:
    """What happened after `since`, at most 500 events at a time; the newest page without it."""
    seat = seat_for(request.viewer, slug)  # type: ignore[attr-defined]
    return reading.events_for(seat, since, epoch)


@router.post("/{slug}/room/commands/", response=AckOut, url_name="room-commands")
def give_command(request: HttpRequest, slug: str, data: Frame) -> Any:
    """One command. A repeated `ref` gets the same answer and stores nothing."""
    sent: Any = data
    known = COMMANDS[sent.do]
    fields = {name: value for name, value in sent.model_dump().items() if name not in {"do", "ref"}}
    answer = give(sent.do, request.user, slug, known.schema.model_validate(fields), sent.ref.lower())
    return {"ref": sent.ref, **answer}
