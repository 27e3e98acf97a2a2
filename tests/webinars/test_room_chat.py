"""The chat of a room: what is said is stored once, in order, screened, and gone where it was taken away."""

from datetime import timedelta
from typing import Any

import pytest

from community.core.clock import now
from community.core.errors import Boundary, Invalid, Missing, Refused
from community.core.models import Event
from community.moderation.models import HeldWords, Review
from community.moderation.operations import claim, decide, reverse
from tests.factories.forums import suspend, verified_member
from tests.factories.members import MemberFactory
from tests.factories.webinars import attendee, ref, register, webinar_with
from webinars.folding import fold
from webinars.models import HeldLine, RegistrationState, RoomEvent, Webinar, WebinarState
from webinars.operations.chat import delete_line, edit_line, pin_line, say
from webinars.operations.holding import withdraw_line
from webinars.operations.moderating import hide_line, read_held, refuse_held, release_held
from webinars.operations.reporting import report_line
from webinars.roomlog import entries_after, topic_of

pytestmark = pytest.mark.django_db

IDENTIFIES = "Her record number is MRN 00123456, born 12/03/1961."


@pytest.fixture
def webinar() -> Any:
    return webinar_with(slug="rounds", moderator=verified_member(name="Mo Moderator"))


@pytest.fixture
def member(webinar: Any) -> Any:
    return attendee(webinar, name="Ada Attendee")


@pytest.fixture
def moderator(webinar: Any) -> Any:
    return webinar.crew.get(role="moderator").member


def log(webinar: Any) -> list[dict[str, Any]]:
    return entries_after(topic_of(webinar), 0, 10_000)


def lines(webinar: Any) -> dict[int, dict[str, Any]]:
    return fold(log(webinar))["lines"]


def said(webinar: Any, by: Any, text: str = "Good morning.", **about: Any) -> int:
    return int(say(webinar.slug, by=by, text=text, ref=ref(), **about)["seq"])


def code(error: pytest.ExceptionInfo[Boundary]) -> str:
    return error.value.code


def test_a_line_says_who_speaks_and_is_numbered(webinar: Any, member: Any) -> None:
    answer = say("rounds", by=member, text="  Good morning. ", media_at=3.5, ref=ref())

    first, line = log(webinar)
    assert (first["verb"], first["by"]) == ("room.changed", None)
    assert answer == {"seq": line["seq"]} == {"seq": 2}
    assert (line["verb"], line["by"]) == ("chat.said", member.handle)
    who = {"profession": member.profession.name, "region": ""}
    assert line["body"] == {"text": "Good morning.", "name": "Ada Attendee", "who": who, "media_at": 3.5}


def test_a_repeated_ref_gets_the_same_answer_and_stores_nothing(webinar: Any, member: Any) -> None:
    key = ref()

    answers = [say("rounds", by=member, text="Once.", ref=key) for _again in range(3)]

    assert answers == [{"seq": 2}] * 3
    assert RoomEvent.objects.filter(verb="chat.said").count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, "a\x00b", "half \ud800"])
def test_what_is_no_text_is_invalid(webinar: Any, member: Any, text: str) -> None:
    with pytest.raises(Invalid):
        said(webinar, member, text)
    assert lines(webinar) == {}


def test_who_may_not_write_is_told_why(webinar: Any, member: Any) -> None:
    stranger, newcomer, waiting = verified_member(), MemberFactory.create(), verified_member()
    register(webinar, waiting, RegistrationState.WAITING)
    for somebody, expected in ((stranger, "not_registered"), (waiting, "not_registered")):
        with pytest.raises(Refused) as refused:
            said(webinar, somebody)
        assert code(refused) == expected
    with pytest.raises(Missing):
        said(webinar, newcomer)
    suspend(member)
    with pytest.raises(Missing):
        said(webinar, member)


def test_the_right_to_write_is_asked_in_a_public_room(member: Any) -> None:
    webinar = webinar_with(for_whom="public", audience="public")
    newcomer = attendee(webinar, MemberFactory.create())
    with pytest.raises(Refused) as refused:
        said(webinar, newcomer)
    assert code(refused) == "not_verified"


def test_a_room_that_is_not_open_or_over_takes_no_lines(webinar: Any, member: Any) -> None:
    later = now() + timedelta(hours=2)
    Webinar.objects.update(state=WebinarState.SCHEDULED, starts_at=later, ends_at=later + timedelta(hours=1))
    with pytest.raises(Refused) as early:
        said(webinar, member)
    Webinar.objects.update(state=WebinarState.ENDED)
    with pytest.raises(Refused) as late:
        said(webinar, member)
    assert (code(early), code(late)) == ("closed", "closed")


def test_slow_mode_is_for_those_who_are_not_of_the_crew(webinar: Any, member: Any, moderator: Any) -> None:
    Webinar.objects.update(slow_seconds=30)
    said(webinar, member)
    with pytest.raises(Refused) as refused:
        said(webinar, member)
    said(webinar, moderator)
    said(webinar, moderator)
    RoomEvent.objects.filter(sender=member).update(at=now() - timedelta(seconds=31))
    said(webinar, member)
    assert code(refused) == "slow_mode"


def test_an_answer_names_its_line_and_an_announcement_is_the_crews(webinar: Any, member: Any, moderator: Any) -> None:
    first = said(webinar, member)
    second = said(webinar, moderator, "Yes.", reply_to=first, announcement=True)

    assert (lines(webinar)[second]["reply_to"], lines(webinar)[second]["announcement"]) == (first, True)
    with pytest.raises(Refused):
        said(webinar, member, announcement=True)
    with pytest.raises(Missing):
        said(webinar, member, reply_to=1)


def test_an_edit_replaces_the_words_everywhere(webinar: Any, member: Any) -> None:
    seq = said(webinar, member, "Good mornig.")

    edit_line("rounds", by=member, seq=seq, text="Good morning.", ref=ref())
    edit_line("rounds", by=member, seq=seq, text="Good morning all.", ref=ref())

    assert (lines(webinar)[seq]["text"], lines(webinar)[seq]["edited"]) == ("Good morning all.", True)
    assert "mornig" not in str(log(webinar))
    assert [event["body"].get("text") for event in log(webinar)[1:]] == [None, None, "Good morning all."]


def test_only_the_author_edits_and_only_for_two_minutes(webinar: Any, member: Any, moderator: Any) -> None:
    seq = said(webinar, member)
    with pytest.raises(Refused) as foreign:
        edit_line("rounds", by=moderator, seq=seq, text="Other.", ref=ref())
    RoomEvent.objects.filter(seq=seq).update(at=now() - timedelta(seconds=121))
    with pytest.raises(Refused) as late:
        edit_line("rounds", by=member, seq=seq, text="Other.", ref=ref())
    assert (code(foreign), code(late)) == ("not_yours", "too_late")


def test_a_deleted_line_is_empty_and_no_longer_pinned(webinar: Any, member: Any, moderator: Any) -> None:
    seq = said(webinar, member, "Not meant to be said.")
    edit_line("rounds", by=member, seq=seq, text="Not meant to be said at all.", ref=ref())
    pin_line("rounds", by=moderator, seq=seq, ref=ref())

    delete_line("rounds", by=member, seq=seq, ref=ref())

    state = fold(log(webinar))
    assert (state["lines"][seq]["text"], state["lines"][seq]["gone"], state["pinned"]) == ("", "deleted", None)
    assert "Not meant" not in str(log(webinar))


def test_a_hidden_line_is_sealed_and_a_second_moderator_shows_it_again(
    webinar: Any, member: Any, moderator: Any, run_jobs: Any
) -> None:
    seq, reader = said(webinar, member, "Disputed words."), attendee(webinar)
    report_line("rounds", by=reader, seq=seq, reason="conduct", note="", ref=ref())
    review = Review.objects.get()
    site = [MemberFactory.create(in_groups=["Moderators"]) for _one in range(2)]

    decide(claim(review, by=site[0]), by=site[0], outcome="hide", reason="conduct")
    assert lines(webinar)[seq]["gone"] == "hidden"
    assert "Disputed" not in str(list(RoomEvent.objects.values_list("body", flat=True)))
    reverse(review, by=site[1], reason="conduct")
    line = lines(webinar)[seq]
    assert (line["text"], line.get("gone"), line.get("edited")) == ("Disputed words.", None, None)


def test_a_moderator_of_the_room_hides_at_once_with_a_reason(webinar: Any, member: Any, moderator: Any) -> None:
    seq = said(webinar, member)
    with pytest.raises(Refused):
        hide_line("rounds", by=member, seq=seq)
    hide_line("rounds", by=moderator, seq=seq, reason="case", ref=ref())
    assert lines(webinar)[seq]["gone"] == "hidden"
    event = Event.objects.get(verb="webinars.line.hidden")
    assert (event.actor_id, event.facts["reason"]) == (moderator.pk, "case")


def test_words_that_identify_somebody_are_refused_with_their_place(webinar: Any, member: Any) -> None:
    with pytest.raises(Refused) as refused:
        said(webinar, member, IDENTIFIES)
    assert code(refused) == "case_identifiers"
    assert refused.value.findings
    assert lines(webinar) == {}
    assert not HeldLine.objects.exists()


HELD = "I saw a 43-year-old woman last week who lost her baby."


@pytest.fixture
def held(webinar: Any, member: Any) -> Any:
    answer = say("rounds", by=member, text=HELD, media_at=9.0, ref=ref())
    assert answer["held"] is True
    return HeldLine.objects.get(public_id=answer["line"])


def test_held_words_are_sealed_and_reach_nobody(webinar: Any, member: Any, held: Any) -> None:
    assert lines(webinar) == {}
    assert "baby" not in str(held.details)
    assert HeldWords.objects.get().review.target_id == str(held.pk)


def test_a_moderator_of_the_room_reads_and_publishes_what_is_held(
    webinar: Any, member: Any, moderator: Any, held: Any
) -> None:
    shown = read_held("rounds", by=moderator, line=held.public_id)
    assert shown["text"] == HELD
    assert shown["findings"]

    release_held("rounds", by=moderator, line=held.public_id, ref=ref())

    (line,) = lines(webinar).values()
    assert (line["text"], line["by"], line["media_at"]) == (HELD, member.handle, 9.0)
    assert not HeldWords.objects.exists()
    assert Event.objects.filter(verb="moderation.review.words_read", actor_id=moderator.pk).count() == 1
    with pytest.raises(Boundary):
        release_held("rounds", by=moderator, line=held.public_id, ref=ref())


def test_a_refused_line_stays_away_and_nobody_decides_on_their_own(webinar: Any, held: Any, moderator: Any) -> None:
    refuse_held("rounds", by=moderator, line=held.public_id, ref=ref())
    assert lines(webinar) == {}
    own = say("rounds", by=moderator, text=HELD, ref=ref())["line"]
    with pytest.raises(Refused) as refused:
        release_held("rounds", by=moderator, line=own, ref=ref())
    assert code(refused) == "own_words"


def test_the_author_takes_held_words_back(webinar: Any, member: Any, held: Any, moderator: Any) -> None:
    with pytest.raises(Missing):
        withdraw_line("rounds", by=moderator, line=held.public_id, ref=ref())
    withdraw_line("rounds", by=member, line=held.public_id, ref=ref())
    held.refresh_from_db()
    assert (held.state, HeldWords.objects.count()) == ("withdrawn", 0)


def test_a_held_edit_leaves_the_line_until_it_is_released(webinar: Any, member: Any, moderator: Any) -> None:
    seq = said(webinar, member)
    answer = edit_line("rounds", by=member, seq=seq, text=HELD, ref=ref())
    assert lines(webinar)[seq]["text"] == "Good morning."
    release_held("rounds", by=moderator, line=answer["line"], ref=ref())
    assert lines(webinar)[seq]["text"] == HELD
