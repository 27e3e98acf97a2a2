"""Writes spaces, threads and posts of the invented past, as the operations would have left them."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from community.core.clock import now
from community.core.text import render
from community.credentials.models import Application
from community.members.models import Country, Member, Specialty
from demo.diary import Diary
from demo.texts import PostText, SpaceText
from demo.timeline import Placed
from forums.drafting import coi_line
from forums.models import (
    Follow,
    Mention,
    MentionKind,
    Post,
    Space,
    SpaceMarker,
    Tag,
    Thread,
    ThreadTag,
)
from forums.quoting import quote
from forums.writing import slug_of

KEYS = uuid.UUID("6f0c3f4e-5d7b-4a86-9f0e-0c0ffee5eed5")
#: One reply in so many that speaks to somebody by name also quotes them.
QUOTES = 5
READERS = ("member", "nurse", "presenter", "moderator", "editor", "admin")
READ_UNTIL = timedelta(days=9)


def make_spaces(texts: tuple[SpaceText, ...], editor: Member, at: datetime, diary: Diary) -> dict[str, Space]:
    """Store the spaces; returns them by slug."""
    found = {row.slug: row for row in Specialty.objects.all()}
    rows = [_space(text, position, found) for position, text in enumerate(texts)]
    Space.objects.bulk_create(rows)
    for row in rows:
        diary.note("forums.space.created", at, by=editor, target=row, readers=row.audience)
    return {row.slug: row for row in rows}


def make_threads(
    placed: list[Placed],
    spaces: Mapping[str, Space],
    members: Mapping[str, Member],
    verified: Mapping[str, Application],
    diary: Diary,
) -> list[Thread]:
    """Store threads, posts, tags, mentions and follows; returns the threads, oldest first."""
    threads = [_thread(each, spaces, members) for each in placed]
    Thread.objects.bulk_create(threads)
    tags = _tags(placed)
    ThreadTag.objects.bulk_create(
        [
            ThreadTag(tag=tags[word], content_object=thread)
            for each, thread in zip(placed, threads, strict=True)
            for word in each.thread.tags
        ]
    )
    credentials = {handle: _credential(members[handle], application) for handle, application in verified.items()}
    for each, thread in zip(placed, threads, strict=True):
        _write_posts(each, thread, members, credentials, diary)
    for space in spaces.values():
        space.thread_count = sum(thread.space_id == space.pk for thread in threads)
        space.save(update_fields=["thread_count"])
    return threads


def mark_as_read(spaces: Mapping[str, Space], members: Mapping[str, Member]) -> None:
    """The personas have read everything but the last days."""
    until = now() - READ_UNTIL
    SpaceMarker.objects.bulk_create(
        [
            SpaceMarker(member=members[handle], space=space, read_at=until)
            for handle in READERS
            for space in spaces.values()
        ]
    )


def _space(text: SpaceText, position: int, specialties: Mapping[str, Specialty]) -> Space:
    fields = text.fields
    return Space(
        slug=text.slug,
        name=fields["name"],
        kind=fields["kind"],
        purpose=fields["purpose"],
        who_for=fields["who_for"],
        audience=fields["read"],
        write_rule=fields.get("write", "verified"),
        specialty=specialties.get(fields.get("specialty", "")),
        who_region=fields.get("who_region", ""),
        position=(position + 1) * 10,
    )


def _thread(each: Placed, spaces: Mapping[str, Space], members: Mapping[str, Member]) -> Thread:
    posts, space = each.thread.posts, spaces[each.space.slug]
    return Thread(
        space=space,
        title=each.thread.title,
        slug=slug_of(each.thread.title),
        author=members[posts[0].author],
        stance=posts[0].stance,
        created_at=each.moments[0],
        last_number=len(posts),
        last_post_number=len(posts),
        post_count=len(posts),
        last_posted_at=each.moments[-1],
        last_poster=members[posts[-1].author],
        audience=space.audience,
    )


def _tags(placed: list[Placed]) -> dict[str, Tag]:
    words = sorted({word for each in placed for word in each.thread.tags})
    Tag.objects.bulk_create(
        [Tag(name=word, slug=slugify(word), folded=word.casefold(), curated=True) for word in words],
        ignore_conflicts=True,
    )
    return {tag.name: tag for tag in Tag.objects.filter(name__in=words)}


def _write_posts(
    each: Placed, thread: Thread, members: Mapping[str, Member], credentials: Mapping[str, Any], diary: Diary
) -> None:
    posts: list[Post] = []
    answers: dict[int, Post] = {}
    for number, (text, moment) in enumerate(zip(each.thread.posts, each.moments, strict=True), start=1):
        answered = _answered(text, posts)
        posts.append(_post(text, number, moment, thread, answered, members[text.author], credentials[text.author]))
        answers |= {number: answered} if answered is not None else {}
    Post.objects.bulk_create(posts)
    for number, answered in answers.items():
        posts[number - 1].reply_to = answered
    Post.objects.bulk_update([posts[number - 1] for number in answers], ["reply_to"])
    _address(posts, members)
    authors = {post.author_id: post.author for post in posts}
    Follow.objects.bulk_create([Follow(thread=thread, member=author) for author in authors.values()])
    facts = {"space": thread.space_id, "stance": str(thread.stance)}
    diary.note("forums.thread.opened", thread.created_at, by=thread.author, target=thread, **facts)
    for post in posts:
        facts = {"thread": thread.pk, "number": post.number, "stance": str(post.stance)}
        diary.note("forums.post.published", post.created_at, by=post.author, target=post, **facts)


def _post(
    text: PostText,
    number: int,
    moment: datetime,
    thread: Thread,
    answered: Post | None,
    author: Member,
    credential: Any,
) -> Post:
    quoted = quote(answered) if answered is not None and (thread.pk + number) % QUOTES == 0 else ""
    rendered = render(quoted + text.text)
    return Post(
        thread=thread,
        number=number,
        author=author,
        client_key=uuid.uuid5(KEYS, f"{thread.space.slug}/{thread.title}/{number}"),
        stance=text.stance,
        source=quoted + text.text,
        html=rendered.html,
        plain=rendered.plain,
        renderer_version=rendered.version,
        credential=credential,
        coi=coi_line(author),
        created_at=moment,
        published_at=moment,
        audience=thread.audience,
    )


def _answered(text: PostText, before: list[Post]) -> Post | None:
    """The newest earlier post of somebody whom this one names."""
    named = render(text.text).mentions
    return next((post for post in reversed(before) if post.author.handle in named), None)


def _address(posts: list[Post], members: Mapping[str, Member]) -> None:
    rows = []
    for post in posts:
        for handle in render(post.source).mentions:
            member = members.get(handle)
            if member is not None and member.pk != post.author_id:
                rows.append(Mention(post=post, member=member, kind=MentionKind.MENTION, told=True))
    Mention.objects.bulk_create(rows, ignore_conflicts=True)


def _credential(member: Member, application: Application) -> dict[str, Any]:
    """What `credentials.queries.snapshot` gave on the day of writing, also where the verification has ended since."""
    specialty = member.specialties.order_by("name").first()
    country = application.country or Country()
    return {
        "level": application.level,
        "profession": member.profession.code if member.profession else "",
        "profession_name": member.profession.name if member.profession else "",
        "specialty": specialty.slug if specialty else "",
        "specialty_name": specialty.name if specialty else "",
        "country": country.code,
        "region": member.subdivision or country.code,
        "issuer": "",
        "verified_on": application.verified_at.date().isoformat() if application.verified_at else None,
    }
