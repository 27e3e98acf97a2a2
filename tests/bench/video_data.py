"""What the benchmark of video asks of the database, in a process with the settings of the site it measures."""

from typing import Any


def stage(slug: str, state: str = "live") -> dict[str, str]:
    """A webinar in this state: the session of its broadcast, its presenter's cookie and a registered viewer's."""
    from datetime import timedelta  # noqa: PLC0415 - models are there only after the setup of this process

    from community.core.clock import now  # noqa: PLC0415
    from tests.factories.members import MemberFactory  # noqa: PLC0415
    from webinars.crews import set_role  # noqa: PLC0415
    from webinars.models import CrewRole, Registration, Webinar  # noqa: PLC0415
    from webinars.operations.broadcasting import broadcast_of  # noqa: PLC0415

    mark = str(now().timestamp()).replace(".", "-")
    presenter, viewer = (
        MemberFactory(email=f"{name}-{mark}@collegium.test", handle=f"{name}-{mark}")
        for name in ("presenter", "viewer")
    )
    webinar = Webinar.objects.create(
        slug=slug, title="Load", audience="members", for_whom="members", organiser=presenter, state=state,
        starts_at=now() - timedelta(minutes=5), ends_at=now() + timedelta(hours=8), started_at=now(),
    )  # fmt: skip
    set_role(webinar, presenter, CrewRole.PRESENTER)
    Registration.objects.create(webinar=webinar, member=viewer)
    return {
        "session": broadcast_of(webinar).public_id,
        "presenter": _session(presenter),
        "viewer": _session(viewer),
    }


def recorded(slug: str) -> dict[str, Any]:
    """What has become of it: bytes and seconds of the main rendition, chunks that are still kept, states of takes."""
    from django.db.models import Sum  # noqa: PLC0415

    from webinars.models import Chunk, Segment, Take  # noqa: PLC0415

    main = Segment.objects.filter(broadcast__webinar__slug=slug, rendition__name="main")
    totals = main.aggregate(bytes=Sum("size"), seconds=Sum("duration"))
    takes = Take.objects.filter(broadcast__webinar__slug=slug).order_by("number")
    return {
        **totals,
        "segments": main.count(),
        "chunks": Chunk.objects.filter(take__in=takes).count(),
        "chunks_kept": Chunk.objects.filter(take__in=takes).exclude(key="").count(),
        "takes": list(takes.values_list("state", flat=True)),
    }


def finish(slug: str) -> float:
    """End the webinar; the wall time at which that was so."""
    from time import time  # noqa: PLC0415

    from webinars.models import Webinar  # noqa: PLC0415

    Webinar.objects.filter(slug=slug).update(state="ended")
    return time()


def _session(member: Any) -> str:
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    store = SessionStore()
    store[SESSION_KEY] = str(member.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = member.get_session_auth_hash()
    store.create()
    return str(store.session_key)
