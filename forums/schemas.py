"""What the API takes and gives. Unknown fields are refused."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from forums.keyset import Page
from forums.models import Post, Space, Stance, Thread
from forums.writing import Words


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PostIn(Strict):
    """A reply. A repeated `client_key` gives the post it has made."""

    source: str
    stance: Stance = Stance.OPINION
    client_key: UUID
    reply_to: int | None = Field(default=None, ge=1)

    def words(self) -> Words:
        return Words(self.source, self.stance)


class ThreadIn(Strict):
    title: str
    source: str
    stance: Stance = Stance.QUESTION
    tags: list[str] = []
    client_key: UUID

    def words(self) -> Words:
        return Words(self.source, self.stance, self.title, tuple(self.tags))


class ReadIn(Strict):
    number: int = Field(ge=1)


class SpaceOut(Strict):
    slug: str
    name: str
    kind: str
    purpose: str
    readers: str
    threads: int
    unread: int

    @classmethod
    def of(cls, space: Space, unread: int) -> "SpaceOut":
        return cls(
            slug=space.slug,
            name=space.name,
            kind=space.kind,
            purpose=space.purpose,
            readers=space.readers_label,
            threads=space.thread_count,
            unread=unread,
        )


class ThreadOut(Strict):
    id: str
    url: str
    title: str
    stance: str
    state: str
    author: str
    tags: list[str]
    posts: int
    last_posted_at: datetime
    unread: bool

    @classmethod
    def of(cls, thread: Thread) -> "ThreadOut":
        return cls(
            id=thread.public_id,
            url=thread.get_absolute_url(),
            title=thread.title,
            stance=thread.stance,
            state=thread.state,
            author=thread.author.handle,
            tags=[tag.name for tag in thread.tags.all()],
            posts=thread.post_count,
            last_posted_at=thread.last_posted_at,
            unread=thread.is_unread,
        )


class ThreadPageOut(Strict):
    threads: list[ThreadOut]
    next: str

    @classmethod
    def of(cls, page: Page[Thread]) -> "ThreadPageOut":
        return cls(threads=[ThreadOut.of(thread) for thread in page.rows], next=page.next)


class PostOut(Strict):
    """`html` and `source` are empty while a moderator looks at the words."""

    id: str
    number: int | None
    state: str
    url: str
    author: str
    stance: str
    source: str
    html: str
    revision: int
    published_at: datetime | None
    verified: str
    declared_interests: str

    @classmethod
    def of(cls, post: Post) -> "PostOut":
        return cls(
            id=post.public_id,
            number=post.number,
            state=post.state,
            url=post.get_absolute_url(),
            author=post.author.handle,
            stance=post.stance,
            source=post.source,
            html=post.html,
            revision=post.revision,
            published_at=post.published_at,
            verified=post.badge,
            declared_interests=post.coi,
        )


class PostPageOut(Strict):
    posts: list[PostOut]
    page: int
    last_page: int
