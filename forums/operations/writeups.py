"""Between discussion and write-up: a thread about a published write-up, a write-up out of an answered thread."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from community.core.audiences import Viewer, viewer_of
from community.core.errors import Missing
from community.core.events import record
from community.core.policies import require
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.writeups import save_section, start_write_up
from forums.access import thread_for
from forums.models import Post, PostState, Space, Stance, Thread, WriteUpThread
from forums.operations.threads import open_thread
from forums.policies import may_open_thread, may_promote
from forums.writing import MAX_TITLE, Words

KEYS = uuid.UUID("0f4f5c52-6d2e-4a0b-9c3f-9a7f2f6f1d11")
MOST_NAMES = 12


@transaction.atomic
def discuss_write_up(page: WriteUpPage, *, by: Any) -> Thread | None:
    """Open the thread about a published write-up in the name of its author, once.

    It stands in a space with the same readers, of its specialty if there is one. None where there is no such space,
    or where the guard wants a moderator to look first. Raises Refused when the author may not write.
    """
    # no-require: open_thread, which this calls, asks whether the author may open a thread there
    # no-record: open_thread leaves the event of the thread
    known = WriteUpThread.objects.filter(page=page, kind=WriteUpThread.Kind.ABOUT).select_related("thread").first()
    if known is not None:
        return known.thread
    space = _space_for(page, viewer_of(by))
    if space is None:
        return None
    post = open_thread(space, by=by, words=_words(page), client_key=uuid.uuid5(KEYS, str(page.pk)))
    if post.state != PostState.PUBLISHED:
        return None
    WriteUpThread.objects.create(page=page, thread=post.thread, kind=WriteUpThread.Kind.ABOUT)
    return post.thread


@transaction.atomic
def promote_thread(thread: Thread, *, by: Any, title: str, kind: str) -> WriteUpPage:
    """Begin a write-up out of an answered thread: the draft is the member's, and names those who wrote in the thread.

    Their words are not copied: they stay where they are, and are cited.
    """
    viewer, thread = thread_for(by, thread.pk)
    require(may_promote(viewer, thread))
    page = start_write_up(by=by, kind=kind, title=title)
    save_section(page, by=by, section="integrity", values={"sources": [_credit(thread)]})
    WriteUpThread.objects.create(page=page, thread=thread, kind=WriteUpThread.Kind.ORIGIN)
    record("forums.thread.promoted", by=by, target=thread, page=page.pk)
    return page


def thread_about(page: Any, viewer: Viewer) -> Thread | None:
    """The thread about a write-up, if the viewer may read it."""
    threads = Thread.objects.visible_to(viewer).filter(write_ups__page=page, write_ups__kind=WriteUpThread.Kind.ABOUT)
    return threads.select_related("space").first()


def _space_for(page: WriteUpPage, viewer: Viewer) -> Space | None:
    """An open space whose readers are those of the page: of its specialty before its region before any other."""
    spaces = Space.objects.filter(audience=page.audience, archived_at=None).select_related("profession")
    specialties = set(page.specialties.values_list("pk", flat=True))

    def fit(space: Space) -> tuple[bool, bool, int]:
        of_region = bool(space.who_region) and space.who_region == page.who_region
        return space.specialty_id not in specialties, not of_region, space.position

    open_ones = [space for space in spaces if may_open_thread(viewer, space)]
    fitting = [space for space in open_ones if not fit(space)[0] or not fit(space)[1] or not _is_of_another(space)]
    return min(fitting, key=fit, default=None)


def _is_of_another(space: Space) -> bool:
    """Whether the space belongs to one specialty or region, so that others look odd in it."""
    return space.specialty_id is not None or bool(space.who_region)


def _words(page: WriteUpPage) -> Words:
    lead = _("This is the discussion of a write-up: [{title}]({url}).")
    asks = _("Do you face the same? What would you keep, what would you change where you are?")
    link = lead.format(title=_plain(page.title), url=f"{settings.SITE_URL}/practices/{page.slug}/")
    title = _("Discussion: {title}").format(title=page.title)[:MAX_TITLE]
    return Words("\n\n".join(filter(None, [link, page.result, asks])), stance=Stance.PRACTICE, title=title)


def _plain(title: str) -> str:
    """A title inside the brackets of a link."""
    return title.replace("[", "(").replace("]", ")")


def _credit(thread: Thread) -> dict[str, str]:
    """The thread as a source, with everybody who wrote in it, by handle: the guard takes names for a patient's."""
    posts = Post.objects.filter(thread=thread, state=PostState.PUBLISHED).select_related("author").order_by("number")
    names = list(dict.fromkeys(f"@{post.author.handle}" for post in posts))
    if not names:
        raise Missing
    said = ", ".join(names[:MOST_NAMES]) + (" et al." if len(names) > MOST_NAMES else "")
    citation = _("{names}. {title}. Discussion in Collegium.").format(names=said, title=thread.title)
    return {"citation": citation, "url": f"{settings.SITE_URL}{thread.get_absolute_url()}", "doi": ""}
