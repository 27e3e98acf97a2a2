"""Search by meaning, the optional extra: what it finds beyond words, and that it finds nothing that words may not."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from community.core.audiences import viewer_of
from forums.models import Post
from forums.operations import withdraw_post
from search import outbox, semantic, similar
from search.engines import Candidate, Plan
from search.evaluation import trial
from search.grammar import parse, prose
from search.models import Meaning, Outbox
from search.searching import Request, search
from search.semantic import asking, fusing, learning, scanning
from search.semantic.model import NAME
from tests.factories.forums import make_reply, make_thread, private_group, verified_member
from tests.search import contract

pytestmark = pytest.mark.skipif(not semantic._is_installed(), reason="the extra [semantic] is not installed")
PARAPHRASE = "heart attack"


@pytest.fixture
def hybrid(settings: Any, db: None) -> Iterator[None]:
    """An install with the extra, whose model is loaded."""
    settings.SEMANTIC_SEARCH = True
    Outbox.objects.filter(kind="page").delete()
    scanning.forget()
    yield
    scanning.forget()


def ask(member: Any, text: str) -> list[tuple[str, int]]:
    response = search(Request(text, viewer_of(member), patience=float("inf")))
    return [(group.best.kind, group.best.key) for group in response.groups]


def read_all() -> None:
    outbox.drain_all()
    while learning.learn():
        pass


def test_a_paraphrase_without_a_common_word_is_found_and_named_as_near(hybrid: None) -> None:
    author = verified_member()
    thread = make_thread(by=author, title="Myocardial infarction", source="Occlusion of a coronary artery.")
    make_thread(by=author, title="Nail fungus", source="Terbinafine for the big toe.")
    read_all()

    response = search(Request(PARAPHRASE, viewer_of(author), patience=float("inf"), without=frozenset({"mi"})))

    assert [group.best.key for group in response.groups] == [thread.pk]
    assert (response.is_relaxed, response.is_hybrid) == (True, True)
    reasons = response.groups[0].best.reasons
    assert reasons[fusing.MEANING] == 1 and reasons[fusing.NEARNESS] > 0.3 and fusing.WORDS not in reasons
    assert not search(Request(PARAPHRASE, viewer_of(author), by_meaning=False)).groups


def test_what_may_not_be_found_by_words_is_not_found_by_meaning(hybrid: None) -> None:
    author, reader = verified_member(), verified_member()
    thread = make_thread(by=author, title="Myocardial infarction", source="Occlusion of a coronary artery.")
    reply = make_reply(thread, by=author, source="Troponin rises when the coronary artery is blocked.")
    read_all()
    found = ask(reader, PARAPHRASE)
    assert found and ask(reader, f'{PARAPHRASE} "nail fungus"') == ask(reader, "nail fungus")
    assert ("thread", thread.pk) not in ask(reader, f"{PARAPHRASE} -occlusion kind:thread")
    assert ask(reader, f"{PARAPHRASE} -kind:thread -kind:post") == []

    Post.objects.filter(pk=reply.pk).update(plain="Something else.")
    outbox.drain_all()
    waits = Meaning.objects.get(document__kind="post", document__key=reply.pk)
    assert (waits.values, waits.model) == (None, "")
    withdraw_post(Post.objects.get(pk=reply.pk), by=author)
    outbox.drain_all()

    assert not Meaning.objects.filter(pk=waits.pk).exists()
    assert ("post", reply.pk) not in ask(reader, PARAPHRASE)


def test_threads_like_a_draft_and_like_a_thread_are_found_by_meaning_under_the_readers_rights(hybrid: None) -> None:
    writer, insider = verified_member(), verified_member()
    thread = make_thread(title="Myocardial infarction", source="Occlusion of a coronary artery.")
    secret = make_thread(
        private_group(insider), by=insider, title="Infarction among us", source="Coronary artery shut."
    )
    make_thread(title="Nail fungus", source="Terbinafine for the big toe.")
    other = make_thread(title="Heart attack", source="The vessels of the heart are blocked.")
    read_all()
    asking.meaning_of("warm", parse("warm"), float("inf"))
    scanning.refresh()

    draft = similar.like_draft(viewer_of(writer), "Heart attack", "Blocked blood vessel.", float("inf"))
    beside = {hit.key for hit, _shown in similar.like_thread(viewer_of(writer), other)}
    inside = {hit.key for hit, _shown in similar.like_thread(viewer_of(insider), other)}

    assert {hit.key for hit, _shown in draft} == {thread.pk, other.pk}
    assert (beside, inside) == ({thread.pk}, {thread.pk, secret.pk})


def test_reading_goes_on_where_it_was_broken_off_and_a_new_model_reads_all_again(
    hybrid: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    author = verified_member()
    settings.SEMANTIC_SEARCH = False
    thread = make_thread(by=author, title="Sepsis", source="Lactate.")
    outbox.drain_all()
    assert not Meaning.objects.exists()
    settings.SEMANTIC_SEARCH = True

    learning.enrol()
    waiting = learning.waiting()
    with monkeypatch.context() as patch:
        patch.setattr(learning, "monotonic", count().__next__)  # Each look at the clock finds it a second later.
        read = learning.learn(seconds=2)
    assert (read, learning.waiting()) == (min(waiting, learning.BATCH), max(0, waiting - learning.BATCH))
    Meaning.objects.filter(document__kind="thread").update(model="older")
    assert learning.waiting() > max(0, waiting - learning.BATCH)
    while learning.learn():
        pass
    row = Meaning.objects.get(document__kind="thread", document__key=thread.pk)
    assert (row.model, len(row.values or b"")) == (NAME, 384)
    assert learning.waiting() == 0


def test_the_database_keeps_the_contract_by_meaning(hybrid: None) -> None:
    with trial() as using:
        for answered, expected in contract.kept_by_meaning(using):
            assert answered == expected


def test_nobody_waits_for_a_model_or_for_a_slow_one(hybrid: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(asking, "warm", lambda: started.append("warm"))
    assert asking.meaning_of(PARAPHRASE, parse(PARAPHRASE)) == () and started == ["warm"]
    monkeypatch.setattr(asking, "is_warm", lambda: True)
    monkeypatch.setattr(
        asking, "_seconds_for_a_token", asking.FIRST_GUESS
    )  # other tests have learned what it takes here
    assert len(asking.meaning_of(PARAPHRASE, parse(PARAPHRASE))) == 384
    monkeypatch.setattr(asking, "_seconds_for_a_token", 1.0)
    assert asking.meaning_of(PARAPHRASE, parse(PARAPHRASE)) == ()
    for text in ("in:title heart", "heart order:new", "infarto de miocardio en los mayores", "علاج المرضى"):
        assert asking.meaning_of(text, parse(text), patience=float("inf")) == ()


def test_what_a_person_says_is_asked_without_operators() -> None:
    assert prose('"septic shock" OR sepsis -paediatric in:title kind:thread vaso*') == "septic shock sepsis vaso"


def test_fusion_puts_first_what_both_found() -> None:
    def candidate(number: int, score: float) -> Candidate:
        return Candidate(number, "thread", number, f"thread:{number}", score, contract.WHEN)

    by_words = [candidate(1, 8.0), candidate(2, 7.0), candidate(4, 1.0), candidate(3, 0.0)]
    by_meaning = [candidate(3, 0.6), candidate(2, 0.5)]
    found = fusing.fused(by_words, by_meaning, {1: 0.1, 2: 0.5, 3: 0.6}, 10)

    assert [each.id for each in found] == [2, 3, 1, 4]
    assert found[0].reasons == {fusing.WORDS: 2, fusing.MEANING: 2, fusing.NEARNESS: 0.5}
    assert found[1].reasons == {fusing.MEANING: 1, fusing.NEARNESS: 0.6}
    assert not fusing.is_by_meaning_only(found, Plan(parse("x"), frozenset(), meaning=(1.0,)))
