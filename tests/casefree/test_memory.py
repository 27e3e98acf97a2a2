"""What the guard remembers: categories over posts of a thread, decided holds by rule, old content under new rules."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from community.casefree import operations, queries
from community.casefree.models import Hold, Sweep, Telling
from community.core.actors import SYSTEM
from community.core.errors import Refused
from community.core.models import Event
from community.core.screening import Context, screen_words
from community.knowledge.models import WriteUpPage
from community.knowledge.operations.authors import comment_on_draft
from community.knowledge.operations.writeups import draft_of, send_for_review
from community.knowledge.practice.filling import put
from community.members.models import MODERATORS, Member
from community.moderation import operations as moderation
from community.moderation.models import Outcome, Reason, Review
from forums.models import Post, PostState
from forums.operations import reply
from tests.factories.credentials import make_member, make_verified
from tests.factories.forums import make_thread, verified_member, words
from tests.factories.members import MemberFactory
from tests.knowledge.practices import draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules_alone")]

OPENING = "Would you restart the pill in a 26-year-old with aura?"
JOB = "She is the village teacher and stands all day."
HOME = "Her sister had it too."


def tell(author: Member, text: str, thread: str = "thread:a") -> str:
    return screen_words("post", context=Context(author.pk, thread), source=text).outcome


@pytest.fixture
def author() -> Member:
    return MemberFactory()


def test_third_category_of_a_thread_is_held(author: Member) -> None:
    assert [tell(author, text) for text in (OPENING, HOME, JOB)] == ["pass", "pass", "hold"]
    assert set(Telling.objects.values_list("category", flat=True)) >= {"age_sex", "household", "occupation"}


def test_what_follows_about_somebody_known_counts_without_he_or_she(author: Member) -> None:
    posts = ("She is a restaurant critic.", "Speaks little English.", "41, lost a sister to the same disease.")

    assert [tell(author, text) for text in posts] == ["pass", "pass", "hold"]
    assert [tell(MemberFactory(), text) for text in posts[1:]] == ["pass", "pass"]
    assert "+ethnicity" in Telling.objects.values_list("category", flat=True)


def test_threads_and_authors_are_kept_apart(author: Member) -> None:
    tell(author, OPENING)
    tell(MemberFactory(), HOME)

    assert tell(author, "Which dose of insulin do you start with in pregnancy?", "thread:b") == "pass"
    assert tell(MemberFactory(), JOB) == "pass"


def test_details_of_definite_people_add_up_across_threads(author: Member) -> None:
    tell(author, "He is 45, and what now?", "thread:a")
    tell(author, "His wife has it too.", "thread:b")

    assert tell(author, "He is from Tamale and goes back each winter.", "thread:c") == "hold"


def test_categories_are_forgotten_after_90_days(author: Member) -> None:
    with travel("2026-01-01", tick=False):
        tell(author, OPENING)
        tell(author, HOME)
    with travel("2026-04-05", tick=False):
        assert tell(author, JOB) == "pass"
        operations.forget_old_categories(by=SYSTEM)

    assert not Telling.objects.filter(at__year=2026, at__month=1).exists()


def test_blocked_words_are_not_remembered(author: Member) -> None:
    assert tell(author, "She is 26, a teacher, MRN 4471902.") == "block"
    assert Telling.objects.count() == 0


def test_reply_that_completes_the_picture_is_held_and_its_rule_counted() -> None:
    writer = verified_member()
    thread = make_thread(by=writer)
    for text in (OPENING, HOME):
        reply(thread, by=writer, words=words(text), client_key=uuid.uuid4())

    post = reply(thread, by=writer, words=words(JOB), client_key=uuid.uuid4())

    assert post.state == PostState.HELD
    assert set(Hold.objects.values_list("kind", "outcome")) >= {("mosaic", "")}


def test_decisions_tell_how_precise_a_rule_is(client: Client) -> None:
    for number, outcome in enumerate((Outcome.RELEASE, Outcome.REFUSE, Outcome.REFUSE)):
        operations.note_hold(number, ["narrative", "narrative"], by=SYSTEM)
        operations.settle_hold(number, outcome, by=SYSTEM)
    operations.note_hold(9, ["place"], by=SYSTEM)

    by_kind = {
        figure.kind: (figure.held, figure.decided, figure.overturned, figure.precision) for figure in queries.figures()
    }

    assert by_kind == {"narrative": (3, 3, 1, 67), "place": (1, 0, 0, None)}


def test_moderators_see_the_figures(client: Client) -> None:
    moderator = MemberFactory(in_groups=[MODERATORS])
    operations.note_hold(1, ["narrative"], by=SYSTEM)
    client.force_login(moderator)

    page = client.get(reverse("guard-figures"))

    assert page.status_code == 200
    assert "Story of one patient" in page.content.decode()


def test_old_posts_are_screened_again_with_new_rules() -> None:
    thread = make_thread(replies=1)
    story = thread.posts.get(number=2)
    Post.objects.filter(pk=story.pk).update(source="My patient died last night. She was admitted on Monday.")

    while operations.sweep(by=SYSTEM):
        pass

    assert Review.objects.filter(target_type="forums.post").values_list("target_id", "reason")[0] == (
        str(story.pk),
        Reason.IDENTIFIERS,
    )
    assert Sweep.objects.get(content="forums.post").found == 1
    assert Event.objects.filter(verb="casefree.sweep.ended").count() == Sweep.objects.count()
    assert operations.sweep(by=SYSTEM) == 0


def test_flagged_post_stays_until_a_moderator_decides() -> None:
    post = make_thread().posts.get()

    moderation.flag(post, by=SYSTEM)

    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED


def test_comments_on_a_draft_add_up_and_with_what_was_told_in_the_forums() -> None:
    author = make_verified(make_member("Ada", "Writer")).member
    page = draft(author)
    tell(author, "He is 45, and what now?", "thread:a")
    comment_on_draft(page, by=author, section="short", text="His wife has it too.")

    with pytest.raises(Refused):
        comment_on_draft(page, by=author, section="short", text="He is from Tamale and goes back each winter.")
    assert page.draft_comments.count() == 1


def test_details_of_one_person_over_the_parts_of_a_write_up_are_held_and_count_elsewhere() -> None:
    author = make_verified(make_member("Ines", "Duarte")).member
    page, other = draft(author), draft(author, title="Another")
    parts = {"problem": JOB, "unintended": HOME}

    assert _sent_with(page, {"problem": JOB, "place": "Kisumu"}, author).stage == "in_review"
    assert tell(author, HOME) == "hold"
    Telling.objects.all().delete()
    assert _sent_with(other, parts, author).stage == "held"
    assert [found["kind"] for found in Review.objects.get().held.findings] == ["mosaic"]
    assert set(Telling.objects.values_list("thread", flat=True)) == {f"draft:{other.pk}"}


def _sent_with(page: WriteUpPage, values: dict[str, str], author: Member) -> WriteUpPage:
    words = draft_of(page)
    put(words, values)
    words.save_revision(clean=False, log_action=False)
    return send_for_review(page, by=author)
