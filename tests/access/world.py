"""One world for the whole matrix: for each kind of thing one that its people see, and one hidden from them."""

from dataclasses import dataclass, field
from typing import Any

from allauth.usersessions.models import UserSession
from django.core import signing
from wagtail.models import Page

from community.core.clock import now
from community.credentials.models import Challenge, Evidence, Kind, ReviewedDomain, Standing, Vouch
from community.credentials.states import State
from community.members.models import Member
from community.moderation.models import Review
from community.moderation.operations import decide, impose_sanction, report
from community.notifications.links import SALT
from community.notifications.models import Device
from community.notifications.operations import notify
from forums.models import GroupRole, Post, Space, SpaceMember, Stance, Thread
from forums.operations import edit_post
from forums.writing import Words
from search.models import SavedSearch, SynonymSet
from tests.access.adaptations import put_adaptations
from tests.access.checks import put_checks
from tests.access.personas import make_personas
from tests.access.plans import put_plans
from tests.access.practices import put_practices
from tests.access.rooms import DECK, OF_LINE, make_rooms
from tests.access.video import put_video
from tests.factories.credentials import add_evidence, make_application, make_member, make_verified
from tests.factories.forums import SpaceFactory, make_reply, make_thread, private_group

NOTHING = "nothing22222"


@dataclass
class World:
    """`seen` and `hidden` map the name of a route to the arguments that lead to such a thing."""

    personas: dict[str, Member | None]
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)
    hidden: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)

    def put(self, names: str, seen: dict[str, Any], hidden: dict[str, Any] | None = None) -> None:
        """Say what several routes (names with spaces between) are asked with."""
        for name in names.split():
            self.seen[name] = seen
            if hidden is not None:
                self.hidden[name] = hidden


def make_world() -> World:
    """Twelve personas and what they have, beside what others have."""
    world = World(make_personas(), pages=_pages())
    others = [make_verified(make_member("Other", word)).member for word in ("Author", "Reader", "Moderator")]
    _forums(world, *others)
    _rooms(world, others[0])
    put_plans(world, others[0])
    _members(world, others[0])
    _verification(world, others[0])
    _notifications(world, others[0])
    _moderation(world, *others)
    put_checks(world, *others[:2])
    put_practices(world, others[0])
    put_adaptations(world, *others[:2])
    return world


def _pages() -> dict[str, Any]:
    """What Wagtail's addresses ask for by number: the home page."""
    home = Page.objects.filter(depth=2).get().pk
    return dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk"), home)


def _forums(world: World, author: Member, reader: Member, _moderator: Member) -> None:
    space = SpaceFactory.create(slug="open-ground", name="Open ground", audience="members")
    shared = private_group(world.personas["member"], slug="shared-circle", name="Shared circle")
    SpaceMember.objects.filter(space=shared).update(role=GroupRole.OWNER)
    SpaceFactory.create(slug="elsewhere", name="Elsewhere", audience="members")
    group = private_group(author, reader, slug="closed-circle", name="Closed circle")
    thread, closed = (
        make_thread(space, by=author, tags=("fluids",)),
        make_thread(group, by=author, title="Rota", tags=("closed tag",)),
    )
    own = make_reply(thread, by=world.personas["member"])
    secret = make_reply(closed, by=author)
    world.put("space-detail space-read space-edit space-archive thread-create", _space(space), _space(group))
    world.put("group-members group-join group-leave", _space(shared), _space(group))
    world.put("api-v1:thread-list api-v1:thread-create", {"slug": space.slug}, {"slug": group.slug})
    world.put(
        "thread-detail thread-reply thread-follow thread-moderate thread-move thread-promote",
        _thread(thread),
        _thread(closed),
    )
    world.put(
        "api-v1:post-list api-v1:post-create api-v1:thread-read",
        {"public_id": thread.public_id},
        {"public_id": closed.public_id},
    )
    edit_post(own, by=world.personas["member"], words=Words("We start early.", Stance.PRACTICE), revision=1)
    world.put("revision-erase", _post(own) | {"number": 1}, _post(secret) | {"number": 1})
    world.put("post-detail post-edit post-history post-report post-withdraw post-restore", _post(own), _post(secret))
    world.put("tag-detail", {"slug": "fluids"}, {"slug": "closed-tag"})
    world.put("search-like", {"thread": thread.public_id}, {"thread": closed.public_id})
    saved, others = (
        SavedSearch.objects.create(member=who, text="fluids") for who in (world.personas["member"], author)
    )
    group = SynonymSet.objects.create(source="mesh", code="D000001", preferred="myocardial infarction")
    world.put("synonym-switch", {"group": group.public_id})
    world.put("saved-search-drop", {"saved": saved.public_id}, {"saved": others.public_id})


def _rooms(world: World, author: Member) -> None:
    open_one, hidden = make_rooms(world.personas, author)
    names = (
        "room-events room-commands room-state room-lines room-questions room-desk room-held room-asker room-presenter "
        "room-desk-page deck-list"
    )
    world.put(names, {"slug": open_one.slug}, {"slug": hidden.slug})
    api = "api-v1:room-state api-v1:room-events api-v1:room-commands"
    world.put(api, {"slug": open_one.slug}, {"slug": hidden.slug})
    video = "webinar-golive webinar-golive-probe webinar-upload webinar-progress"
    obs = "stream-key-make stream-key-revoke stream-state"
    world.put(f"{video} {obs}", {"slug": open_one.slug}, {"slug": hidden.slug})
    decks = [{"slug": each.slug, "deck": DECK} for each in (open_one, hidden)]
    world.put("deck-data deck-act", *decks)
    put_video(world, open_one, hidden)
    line = OF_LINE["seq"]
    world.put("room-follow-up", {"slug": open_one.slug, "seq": line}, {"slug": hidden.slug, "seq": line})


def _members(world: World, author: Member) -> None:
    gone = make_member("Gone", "Long", handle="gone-long", is_active=False)
    world.put("member-detail member-follow member-unfollow", {"handle": author.handle}, {"handle": gone.handle})
    session = UserSession.objects.create(
        user=author, session_key="others", ip="192.0.2.1", user_agent="", created_at=now(), last_seen_at=now(), data={}
    )
    world.put("session-end", {"pk": session.pk}, {"pk": session.pk})


def _verification(world: World, author: Member) -> None:
    applicant, member, verifier = (world.personas[name] for name in ("applicant", "member", "verifier"))
    mine = applicant.applications.get()  # type: ignore[union-attr]
    waiting = make_application(
        make_member("Wanda", "Waiting"),
        state=State.IN_REVIEW,
        waiting_since=now(),
        claimed_by=verifier,
        claimed_at=now(),
    )
    paper = add_evidence(waiting, Kind.LICENCE, Standing.OFFERED)
    own = make_application(verifier, state=State.SUBMITTED, waiting_since=now())
    own_paper = add_evidence(own, paper.kind, Standing.OFFERED)
    codes = [_code(mine), _code(waiting)]
    world.put("verification-code verification-code-send", *[{"public_id": code.public_id} for code in codes])
    papers = [add_evidence(mine, paper.kind, Standing.OFFERED), paper]
    world.put("verification-document-remove", *[{"public_id": each.public_id} for each in papers])
    vouches = [Vouch.objects.create(application=waiting, voucher=voucher) for voucher in (member, author)]
    world.put("vouch-answer vouch-decline vouch-withdraw", *[{"public_id": each.public_id} for each in vouches])
    actions = " ".join(f"verification-review{end}" for end in _ACTIONS)
    world.put(actions, {"public_id": waiting.public_id}, {"public_id": own.public_id})
    world.put("evidence-judge evidence-open evidence-page", _paper(paper), _paper(own_paper))
    world.put("verification-domain-review", {"pk": ReviewedDomain.objects.create(domain="clinic.example").pk})


_ACTIONS = ("", "-claim", "-release", "-decide", "-second", "-clear", "-suspend", "-reading", "-contact", "-record")


def _notifications(world: World, author: Member) -> None:
    member = world.personas["member"]
    rows = [notify(who, "forums.reply", target=Post.objects.filter(author=author)[0]) for who in (member, author)]
    names = "notification-open notification-read"
    world.put(names, *[{"public_id": row.public_id} for row in rows if row is not None])
    devices = [
        Device.objects.create(member=who, endpoint="https://x.invalid/", digest=who.pk) for who in (member, author)
    ]
    world.put("device-remove", *[{"public_id": device.public_id} for device in devices])
    world.put("notification-unsubscribe", {"token": signing.dumps([author.pk, "forums.reply"], salt=SALT)})


def _moderation(world: World, author: Member, reader: Member, other: Member) -> None:
    moderator, member = world.personas["moderator"], world.personas["member"]
    judge = make_member("Other", "Judge", in_groups=["Moderators"])
    space = Space.objects.get(slug="open-ground")
    reported = report(make_thread(space, by=author).posts.get(), by=reader, reason="conduct")
    of_moderator = report(make_thread(space, by=moderator).posts.get(), by=reader, reason="conduct")
    names = " ".join(f"review-{verb}" for verb in ("detail", "claim", "unclaim", "decide", "sanction"))
    world.put(names, _review(reported), _review(of_moderator))
    ended = [report(make_thread(space, by=who).posts.get(), by=reader, reason="conduct") for who in (member, other)]
    for review in ended:
        decide(review, by=judge, outcome="hide", reason="conduct")
    world.put("review-outcome", *[_review(review) for review in ended])
    sanction = impose_sanction(other, by=judge, kind="mute", reason="conduct")
    world.put("sanction-lift", {"public_id": sanction.public_id})


def _space(space: Space) -> dict[str, Any]:
    return {"space": space.slug}


def _thread(thread: Thread) -> dict[str, Any]:
    return {"space": thread.space.slug, "thread": thread.get_absolute_url().rstrip("/").rpartition("/")[2]}


def _post(post: Post) -> dict[str, Any]:
    return {"public_id": post.public_id}


def _paper(evidence: Evidence) -> dict[str, Any]:
    return {"public_id": evidence.application.public_id, "evidence_id": evidence.public_id}


def _review(review: Review) -> dict[str, Any]:
    return {"public_id": review.public_id}


def _code(application: Any) -> Challenge:
    return Challenge.objects.create(application=application, kind=Kind.INSTITUTION_MAIL, address="a@clinic.example")
