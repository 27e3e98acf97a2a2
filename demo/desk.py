"""Fills the desks of verifiers and moderators through the operations, and gives the personas something unread."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from community.core.clock import now
from community.credentials import operations as credentials
from community.credentials.models import Application, RegisterEntry, RegisterImport
from community.credentials.operations.documents import Upload
from community.credentials.states import Act, ReasonCode
from community.members.models import Member
from community.moderation import operations as moderation
from demo.evidence import draw
from demo.people import Person
from demo.verifications import WAITING, claim_of
from forums.models import Post, Space, Thread
from forums.operations import open_thread, reply
from forums.writing import Words

KEYS = uuid.UUID("0a3e7f52-93c1-4a5e-8f5e-00dde5c0ffee")
DOCUMENTS = ("licence", "badge", "employer_letter")
#: Registers of which the demo holds an imported entry, so that a verifier sees evidence and register side by side.
IMPORTED = {"npi": "nppes", "rpps": "rpps"}

#: Replies that members report: who wrote them where, who reports them, why.
REPORTED = (
    (
        "dialysis water", "harjit", "Off topic here, sorry: does anyone know when the parking at the congress opens?",
        (("beatriz", "off_topic", "Belongs in the meeting thread."),),
    ),
    (
        "statins and muscle", "zeynep", "Our clinic's own supplement ends all of this. Ask me for the price list.",
        (("joao", "promotion", "An undeclared interest, I think."), ("member", "promotion", "")),
    ),
    (
        "potassium 5.7", "emil", "Nonsense. Never repeat it, never stop anything, everybody fusses far too much.",
        (("arjun", "unsafe", "Could be taken as advice to ignore a dangerous value."), ("nurse", "conduct", "")),
    ),
)  # fmt: skip

#: Replies that the guard holds. Each is harmless or invented; a moderator reads the whole sentence and decides.
HELD = (
    ("referral letters", "pieter", "In our example the patient was admitted to the Larkfield Clinic (invented)."),
    ("heat: what does", "ruth", "The list of rooms: https://www.facebook.com/cool.rooms.example (open to all)."),
    ("morbidity meetings", "amara", "It opens so: the patient was seen at the Marlow Bay Hospital. All made up."),
)  # fmt: skip

#: New answers to what the personas wrote: they arrive as notices.
FRESH = (
    ("how long do you keep people", "joao", "@member how did the first month go? We are at thirty reviews now."),
    ("standing orders for nurses", "aroha", "@nurse our twenty pages are free to copy. Which did you add?"),
    ("duration cards", "ngozi", "@presenter the card is on our wards, red box and all. Will you show it in a webinar?"),
)  # fmt: skip


def fill_queue(people: tuple[Person, ...], members: Mapping[str, Member]) -> None:
    """Applications that wait, each with a drawn document; two of them are already in a reviewer's hands."""
    waiting = [person for person in people if person.state in WAITING]
    for age, person in enumerate(waiting, start=1):
        application = Application.objects.create(**claim_of(person, members[person.handle]))
        _import_entry(application, person)
        _hand_in(application, person, members[person.handle], DOCUMENTS[age % 3])
        moment = now() - timedelta(hours=9 * age)
        Application.objects.filter(pk=application.pk).update(submitted_at=moment, waiting_since=moment)
        _take_up(application, person, members["verifier"])


def fill_review(members: Mapping[str, Member]) -> None:
    """Replies that were reported and replies that the guard holds."""
    for age, (title, author, text, reports) in enumerate(REPORTED, start=1):
        post = _reply(title, members[author], text)
        _age(post, timedelta(hours=21 * age, minutes=17))
        for handle, reason, note in reports:
            moderation.report(post, by=members[handle], reason=reason, note=note)
    for age, (title, author, text) in enumerate(HELD, start=1):
        _age(_reply(title, members[author], text), timedelta(hours=5 * age, minutes=40))
    learning = Space.objects.get(slug="learning-teaching")
    words = Words(
        "Which page do you send to new colleagues? https://www.facebook.com/collegium.example is mine.",
        "question",
        "Welcome pages for new colleagues",
        ("teaching",),
    )
    open_thread(learning, by=members["ruth"], words=words, client_key=uuid.uuid5(KEYS, words.title))


def answer_personas(members: Mapping[str, Member]) -> None:
    """Fresh replies in threads of the personas."""
    for age, (title, author, text) in enumerate(FRESH, start=1):
        _age(_reply(title, members[author], text), timedelta(hours=3 * age, minutes=-22))


def _reply(title: str, author: Member, text: str) -> Post:
    thread = Thread.objects.filter(title__istartswith=title).get()
    return reply(thread, by=author, words=Words(text, "opinion"), client_key=uuid.uuid5(KEYS, text))


def _age(post: Post, by: timedelta) -> None:
    """Move what was written just now into the hours before, so that not everything in the demo is of this moment."""
    before = Post.objects.filter(thread_id=post.thread_id, number__lt=post.number or 0).order_by("-number").first()
    at = max(now() - by, before.created_at + timedelta(minutes=9)) if before else now() - by
    Post.objects.filter(pk=post.pk).update(created_at=at, published_at=at if post.published_at else None)
    Thread.objects.filter(pk=post.thread_id, last_post_number=post.number or 0).update(last_posted_at=at)


def _hand_in(application: Application, person: Person, member: Member, kind: str) -> None:
    picture = draw(kind, person, application.number)
    upload = Upload(kind, f"{kind}.png", picture, issuer=person.institution)
    credentials.add_document(application, upload, by=member)
    credentials.submit_application(application, by=member)


def _take_up(application: Application, person: Person, verifier: Member) -> None:
    if person.state == "submitted":
        return
    credentials.claim_application(application, by=verifier)
    if person.state == "more_info":
        credentials.decide_application(application, act=Act.ASK_MORE, reason=ReasonCode.NEED_CLEARER, by=verifier)


def _import_entry(application: Application, person: Person) -> None:
    """An entry as the official file would have brought it, for a number that was constructed."""
    kind = IMPORTED.get(application.register_slug)
    if kind is None:
        return
    run = RegisterImport.objects.create(
        register=application.register_slug, kind=kind, file_name="invented.csv", digest="0" * 64, finished_at=now()
    )
    RegisterEntry.objects.get_or_create(
        register=application.register_slug,
        number=application.number,
        defaults={
            "given_name": person.given.upper(),
            "family_name": person.family.upper(),
            "country": person.country,
            "status": RegisterEntry.Status.ACTIVE,
            "codes": "207Q00000X" if application.register_slug == "npi" else "40",
            "changed_in": run,
            "checksum": 0,
        },
    )
