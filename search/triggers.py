"""The transactional outbox: triggers of the database write a row for every change of what can be found.

They fire for operations, bulk updates, cascades and plain SQL alike, in the transaction of the change. They are put
up after every migration and taken down before (SQLite rebuilds tables when it changes them, and forgets triggers).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connections

from search.documents.sources import sources
from search.models import Document, Outbox


@dataclass(frozen=True)
class Feed:
    """Changes of `table` concern the thing `kind` with the key in `column`.

    `watched` are the columns whose change matters (empty: all). `rows` is SQL that yields the keys instead, where
    {row} stands for NEW or OLD.
    """

    table: str
    kind: str
    column: str = "id"
    watched: tuple[str, ...] = ()
    rows: str = ""
    acts: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")

    def select(self, row: str) -> str:
        return self.rows.format(row=row) if self.rows else f"SELECT {row}.{self.column}"


AUDIENCED = ("audience", "state")
SPACE = ("audience", "name", "purpose", "who_for", "slug", "specialty_id", "country_id")
PLACE = ("audience", "slug", "specialty_id", "country_id", "who_region")
WEBINAR = (*AUDIENCED, "title", "slug", "summary", "description", "language", "starts_at")
PROFILE = ("name", "handle", "listed", "is_active", "bio", "interests", "institution", "who_sees")
PAGE = ("title", "live", "slug", "url_path", "last_published_at", "latest_revision_id")
ROOM = "SELECT e.id FROM webinars_roomevent e JOIN webinars_room r ON r.id = e.room_id WHERE r.webinar_id = {row}.id"
TRANSLATED = "SELECT id FROM knowledge_translation WHERE page_id = {row}.id"
TRANSLATED_PAGE = "SELECT id FROM knowledge_translation WHERE page_id = {row}.page_ptr_id"
IN_LANGUAGES = "SELECT id FROM knowledge_translation WHERE page_id = {row}.page_id"
FEEDS = (
    Feed("forums_thread", "thread", watched=(*AUDIENCED, "title", "slug", "stance", "space_id", "author_id")),
    Feed("forums_post", "post", watched=(*AUDIENCED, "plain", "html", "stance", "thread_id", "number", "author_id")),
    Feed("forums_post", "thread", "thread_id", watched=(*AUDIENCED, "plain", "thread_id", "number")),
    Feed("forums_threadtag", "thread", "content_object_id"),
    Feed("forums_tag", "tag", watched=("name", "slug", "description")),
    Feed("forums_space", "space", watched=SPACE),
    Feed(
        "forums_space",
        "thread",
        watched=PLACE,
        rows="SELECT id FROM forums_thread WHERE space_id = {row}.id",
        acts=("UPDATE",),
    ),
    Feed(
        "forums_space",
        "post",
        watched=PLACE,
        rows="SELECT p.id FROM forums_post p JOIN forums_thread t ON t.id = p.thread_id WHERE t.space_id = {row}.id",
        acts=("UPDATE",),
    ),
    Feed("webinars_webinar", "webinar", watched=WEBINAR),
    Feed("webinars_webinar_specialties", "webinar", "webinar_id"),
    Feed("webinars_speaker", "webinar", "webinar_id"),
    Feed("webinars_question", "question", watched=("state", "text", "webinar_id")),
    Feed("webinars_roomevent", "line", watched=("body", "gone")),
    Feed(
        "webinars_webinar",
        "question",
        watched=(*AUDIENCED, "slug"),
        rows="SELECT id FROM webinars_question WHERE webinar_id = {row}.id",
        acts=("UPDATE",),
    ),
    Feed("webinars_webinar", "line", watched=(*AUDIENCED, "slug"), rows=ROOM, acts=("UPDATE",)),
    Feed(
        "members_member",
        "member",
        watched=(*PROFILE, "profession_id", "country_id"),
    ),
    Feed("members_member_specialties", "member", "member_id"),
    Feed("wagtailcore_page", "page", watched=PAGE),
    Feed("knowledge_audiencedpage", "page", "page_ptr_id"),
    Feed("knowledge_writeuppage", "page", "audiencedpage_ptr_id", watched=("body", "result", "problem", "country_id")),
    Feed("knowledge_writeuppage_specialties", "page", "writeuppage_id"),
    Feed("knowledge_writeuptag", "page", "content_object_id"),
    Feed("knowledge_translation", "translated", watched=("shown", "shown_version", "language")),
    Feed("knowledge_version", "translated", watched=("content",), rows=IN_LANGUAGES, acts=("UPDATE", "DELETE")),
    Feed("wagtailcore_page", "translated", watched=PAGE, rows=TRANSLATED, acts=("UPDATE",)),
    Feed("knowledge_audiencedpage", "translated", watched=("audience",), rows=TRANSLATED_PAGE, acts=("UPDATE",)),
    Feed("knowledge_bulletinpage", "page", "audiencedpage_ptr_id", watched=("withdrawn_at", "shown_until")),
)  # fmt: skip
PREFIX = "search_feed"
# What `at_once` writes in bulk: kind → table. A thread that only has a new post is not among its new rows.
AT_ONCE = {"thread": "forums_thread", "post": "forums_post"}


def put_up(using: str = "default") -> None:
    """Make every trigger as it stands here."""
    take_down(using)
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for feed in FEEDS:
            if feed.table in present:
                for statement in _statements(feed, connection.vendor):
                    cursor.execute(statement)


def take_down(using: str = "default") -> None:
    """Remove every trigger of ours, also such as no longer stand here."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type='trigger' AND name LIKE 'search_feed%'")
        else:
            cursor.execute(
                "SELECT DISTINCT trigger_name, event_object_table FROM information_schema.triggers"
                " WHERE trigger_name LIKE 'search_feed%' AND trigger_schema = current_schema()"
            )
        names = cursor.fetchall()
    _drop(connection, names)


@contextmanager
def at_once(using: str = "default") -> Iterator[None]:
    """Inside a transaction that adds many threads and posts: one row of the outbox for each, written at its end by one
    statement a kind, where the triggers would write several one by one."""
    connection = connections[using]
    news = [feed for feed in FEEDS if feed.kind in AT_ONCE]
    before = {kind: _last(connection, table) for kind, table in AT_ONCE.items()}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger goes while a check on its table is pending
    _drop(connection, [(_name(feed, "INSERT"), feed.table) for feed in news if "INSERT" in feed.acts])
    yield
    with connection.cursor() as cursor:
        for kind, table in AT_ONCE.items():
            select = f"SELECT '{kind}', id FROM {table} WHERE id > %s"  # noqa: S608 - names of our own
            cursor.execute(f"INSERT INTO search_outbox (kind, key) {select}", [before[kind]])
        for feed in news:
            for statement in _statement(feed, "INSERT", connection.vendor) if "INSERT" in feed.acts else ():
                cursor.execute(statement)


def before_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    take_down(using)


def after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    if "search_outbox" not in connections[using].introspection.table_names():
        return
    put_up(using)
    if not Document.objects.using(using).exists() and not Outbox.objects.using(using).exists():
        queue_everything(using)


def _drop(connection: Any, names: Iterable[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        for name, table in names:
            suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def _last(connection: Any, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 - names of our own
        return int(cursor.fetchone()[0])


def _name(feed: Feed, act: str) -> str:
    return f"{PREFIX}_{feed.table}_{feed.kind}_{act.lower()}"


def queue_everything(using: str = "default") -> None:
    """Let the worker describe all that was there before search was."""
    for source in sources():
        rows = (Outbox(kind=source.kind, key=key) for key in source.all_keys())
        while batch := list(islice(rows, 1000)):
            Outbox.objects.using(using).bulk_create(batch)


def _statements(feed: Feed, vendor: str) -> list[str]:
    return [statement for act in feed.acts for statement in _statement(feed, act, vendor)]


def _statement(feed: Feed, act: str, vendor: str) -> list[str]:
    name = _name(feed, act)
    row = "OLD" if act == "DELETE" else "NEW"
    columns = f" OF {', '.join(feed.watched)}" if act == "UPDATE" and feed.watched else ""
    # A row that moves (a reply to another thread) concerns where it was as well.
    both = act == "UPDATE" and feed.column != "id" and not feed.rows
    inserts = [_insert(feed, each) for each in ([row, "OLD"] if both else [row])]
    event = f"AFTER {act}{columns} ON {feed.table} FOR EACH ROW"
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {event} BEGIN {' '.join(inserts)} END"]
    body = f"BEGIN {' '.join(inserts)} RETURN NULL; END"
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql"
    return [function, f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()"]


def _insert(feed: Feed, row: str) -> str:
    return f"INSERT INTO search_outbox (kind, key) SELECT '{feed.kind}', k.* FROM ({feed.select(row)}) AS k;"  # noqa: S608 - names of our own
