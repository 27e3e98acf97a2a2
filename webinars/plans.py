"""The words and values of a plan: what can be changed, what the guard sees, what must be there before publishing."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from community.core.audiences import Viewer
from community.core.clock import now
from community.core.errors import Invalid
from community.core.screening import Screening, refuse_if_blocked, refuse_if_not_clean, screen_words
from community.core.text import listed, render
from community.core.unions import tokens_in
from webinars.models import Series, VideoSource, Webinar, WebinarState
from webinars.models.webinars import RESERVED_SLUGS
from webinars.policies import audience_of, gathered, may_choose

#: Plans name hospitals, towns and speakers, as write-ups do.
SURFACE = "practice"
WORDS = ("title", "summary", "description", "objectives")
#: What an organiser can change at any time; times go through `postpone_webinar` once people have registered.
EDITABLE = frozenset(
    {
        *WORDS,
        *("series", "language", "for_whom", "capacity", "needs_approval", "names_attendance"),
        *("video_source", "video_url", "broadcast_delay", "chat_open", "slow_seconds", "questions_queued"),
        *("starts_at", "ends_at", "time_zone"),
    }
)
RELATED = frozenset({"specialties", "countries", "tags"})
ADDRESSED = {VideoSource.HLS, VideoSource.YOUTUBE, VideoSource.VIMEO, VideoSource.LINK}


def screen_plan(values: Mapping[str, Any], *, needs_no_reader: bool) -> None:
    """Refuse a plan whose words could point to a patient.

    What a person should read first is refused as well, unless it is read: a draft is its crew's alone, and an editor
    reads what they publish (`needs_no_reader`).
    """
    check: Callable[..., Screening] = refuse_if_blocked if needs_no_reader else refuse_if_not_clean
    check(SURFACE, **{name: str(values[name]) for name in WORDS if values.get(name)})
    if values.get("tags"):
        check("tag", tags=", ".join(values["tags"]))


def found_in_plan(webinar: Webinar) -> list[Any] | None:
    """What a person should look at before others see the plan, for example another language; None for nothing."""
    screening = screen_words(SURFACE, **{name: getattr(webinar, name) for name in WORDS})
    return list(screening.findings) if screening.is_held and not webinar.is_read else None


def put_before_readers(webinar: Webinar) -> None:
    """Publish a locked draft in which nothing is lacking."""
    webinar.state, webinar.published_at, webinar.changed_at = WebinarState.SCHEDULED, now(), now()
    webinar.audience = audience_of(webinar)
    webinar.save(update_fields=["state", "published_at", "changed_at", "audience"])


def check_values(values: Mapping[str, Any], viewer: Viewer, webinar: Webinar | None = None) -> None:
    """Raise Invalid for values that no form of ours sends or that contradict each other."""
    unknown = set(values) - EDITABLE - RELATED
    if unknown:
        raise Invalid(_("These cannot be changed: %(names)s") % {"names": ", ".join(sorted(unknown))})
    starts, ends = (values.get(name, getattr(webinar, name, None)) for name in ("starts_at", "ends_at"))
    if starts and ends and ends <= starts:
        raise Invalid({"ends_at": [_("A webinar ends after it has begun.")]})
    if values.get("names_attendance") and webinar and not webinar.names_attendance and webinar.registrations.exists():
        raise Invalid({"names_attendance": [_("People have registered without knowing this. It stays as it is.")]})
    wanted = for_whom_in(values)
    present = tokens_in(webinar.for_whom) if webinar else []
    if "for_whom" in values and (not wanted or not may_choose(viewer, wanted - set(present))):
        raise Invalid({"for_whom": [_("Choose an audience to which you belong.")]})


def for_whom_in(values: Mapping[str, Any]) -> set[str]:
    """The audience tokens in these values: `for_whom` is one token, or several."""
    given = values.get("for_whom", ())
    return set(tokens_in(given) if isinstance(given, str) else given)


def put(webinar: Webinar, values: Mapping[str, Any]) -> list[str]:
    """Set checked values on an unsaved or locked row; returns the fields to save."""
    fields = [name for name in values if name in EDITABLE]
    for name in fields:
        setattr(webinar, name, values[name])
    if "for_whom" in fields:
        webinar.for_whom = gathered(for_whom_in(values))
    if "description" in fields:
        webinar.description_html = render(webinar.description).html
        fields.append("description_html")
    webinar.changed_at = now()
    return [*fields, "changed_at"]


def put_related(webinar: Webinar, values: Mapping[str, Any]) -> None:
    for name in RELATED & set(values):
        getattr(webinar, name).set(values[name])


def missing_for_publishing(webinar: Webinar) -> list[tuple[str, str]]:
    """What a plan still lacks, each with the step where it is given."""
    lacks: list[tuple[str, str]] = []
    if not webinar.summary:
        lacks.append(("about", _("Say in one or two sentences what it is about.")))
    if not webinar.objective_lines:
        lacks.append(("about", _("Name at least one learning objective.")))
    if webinar.starts_at <= now():
        lacks.append(("time", _("Choose a time that lies ahead.")))
    if webinar.video_source in ADDRESSED and not webinar.video_url:
        lacks.append(("room", _("Give the address of the video.")))
    if not webinar.speakers.exists():
        lacks.append(("speakers", _("Name at least one speaker.")))
    return lacks


def split_tags(text: str) -> list[str]:
    """Words between commas, each once."""
    return listed(text)


def free_slug(title: str, model: type[Webinar] | type[Series]) -> str:
    """A free address made of the title."""
    stem = slugify(title)[:64].strip("-") or "webinar"
    if stem in RESERVED_SLUGS or model._default_manager.filter(slug=stem).exists():
        return f"{stem}-{secrets.token_hex(3)}"
    return stem
