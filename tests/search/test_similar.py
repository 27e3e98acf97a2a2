"""Threads like a draft and like another thread, and names of drugs that look alike."""

import pytest
from django.test import Client

from community.core.audiences import viewer_of
from forums.models import Stance
from search import outbox, similar
from search.analysis import terms
from search.grammar import parse
from search.spelling import _better, near
from search.vocabulary import known_words, spellings
from tests.factories.forums import make_reply, make_thread, private_group, verified_member

SENT = {"stance": "question", "client_key": "3f2b8f0e-6a51-4f0e-9a53-6d9a2f7f6c11", "preview": "1"}
# Pairs that are often confused (ISMP, List of Confused Drug Names), and some that differ by an ending only.
LOOK_ALIKES = [
    *(("prednisone", "prednisolone"), ("hydroxyzine", "hydralazine"), ("vinblastine", "vincristine")),
    *(("chlorpromazine", "chlorpropamide"), ("clonidine", "clonazepam"), ("dopamine", "dobutamine")),
    *(("cefazolin", "ceftriaxone"), ("epinephrine", "ephedrine"), ("fentanyl", "sufentanil")),
    *(("glipizide", "glyburide"), ("lamotrigine", "lamivudine"), ("tramadol", "trazodone")),
    *(("azathioprine", "azacitidine"), ("bupropion", "buspirone"), ("carboplatin", "cisplatin")),
    *(("daunorubicin", "doxorubicin"), ("metformin", "metronidazole"), ("quinine", "quinidine")),
    *(("sulfadiazine", "sulfasalazine"), ("ketorolac", "ketamine"), ("ketamine", "esketamine")),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alike_drugs_are_never_one_word_nor_offered_for_each_other(one: str, other: str) -> None:
    assert set(terms(one)).isdisjoint(terms(other))
    assert not {one, other} & known_words()
    assert spellings().get(terms(one)[0]) not in terms(other)
    known = frozenset({one, other})
    assert _better(one[:-1] + "x", known) in {"", one}
    beginning = near(parse(one)).words[0]
    assert not (beginning.is_prefix and terms(other)[0].startswith(beginning.terms[0]))


@pytest.mark.django_db
def test_a_draft_finds_what_is_answered_first_and_what_the_writer_may_read(client: Client) -> None:
    writer, insider = verified_member(), verified_member()
    make_thread(title="Balanced crystalloid for septic shock")
    answered = make_thread(title="Crystalloids in shock of the septic")
    make_reply(answered, source="We measure lactate and give balanced fluid.", stance=Stance.PRACTICE)
    make_thread(private_group(insider), by=insider, title="Crystalloid in septic shock among us")
    make_thread(title="Rota in summer", source="Who covers August?")
    outbox.drain_all()
    client.force_login(writer)

    found = similar.like_draft(viewer_of(writer), "Which crystalloid in septic shock?", "We have three.")
    shown = client.post("/search/similar/", {"title": "Which crystalloid in septic shock?"}).content.decode()
    beside = client.get(f"/search/like/{answered.public_id}/").content.decode()

    titles = ["Crystalloids in shock of the septic", "Balanced crystalloid for septic shock"]
    assert [thread.title for _hit, thread in found] == titles
    assert shown.index(titles[0]) < shown.index(titles[1])
    assert titles[1] in beside and "Rota" not in beside and "among us" not in shown + beside


@pytest.mark.django_db
def test_a_preview_shows_similar_threads_and_a_thread_leads_to_more(client: Client) -> None:
    writer = verified_member()
    thread = make_thread(title="Vasopressin as the second pressor")
    outbox.drain_all()
    client.force_login(writer)
    draft = {"title": "When do you add vasopressin?", "source": "Second pressor or third?", **SENT}

    preview = client.post(f"/forums/{thread.space.slug}/new/", draft).content.decode()
    page = client.get(thread.get_absolute_url()).content.decode()

    assert "Has this been answered already?" in preview and "Vasopressin as the second pressor" in preview
    assert f"/search/like/{thread.public_id}/" in page
