"""Words that mean the same: imported, added, switched off, shown, and never two drugs that look alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from community.core.errors import Invalid, Refused
from community.core.models import Event
from search import operations
from search.models import SynonymSet
from search.vocabulary import synonyms
from search.vocabulary.importing.files import Concept, WrongFile, read_doid, read_mesh
from search.vocabulary.importing.run import Tally, import_file, usable
from tests.factories.forums import make_thread, verified_member
from tests.factories.members import MemberFactory
from tests.search.conftest import Search

FILES = Path(__file__).parent / "vocabularies"


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    synonyms.forget()
    yield
    synonyms.forget()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vinblastine", "vincristine"),
        ("hydralazine", "hydroxyzine"),
        ("prednisone", "prednisolone"),
        ("chlorpromazine", "chlorpropamide"),
        ("daunorubicin", "doxorubicin"),
        ("Celebrex", "Cerebyx"),
        ("clonidine", "Klonopin"),
    ],
)
def test_look_alikes_are_never_put_together(one: str, other: str) -> None:
    assert synonyms.are_alike(one, other)
    assert synonyms.problem_with(one, other)
    assert usable(Concept("D1", one, (other, "something quite different"))) == [one, "something quite different"]


@pytest.mark.parametrize(
    ("one", "other"), [("haemorrhage", "hemorrhage"), ("epinephrine", "adrenaline"), ("nosebleed", "epistaxis")]
)
def test_spellings_and_other_words_may_be_put_together(one: str, other: str) -> None:
    assert not synonyms.are_alike(one, other)


def test_files_are_read_one_concept_after_the_other() -> None:
    mesh = {each.code: each for each in read_mesh(FILES / "descriptors.xml")}
    shingles = Concept("DOID:900001", "herpes zoster", ("shingles",))

    assert set(mesh) == {"D100001", "D100003"}
    assert mesh["D100001"].others == ("Heart Attack", "Heart Attacks", "MI")
    assert usable(mesh["D100001"]) == ["Myocardial Infarction", "Heart Attack"]
    assert list(read_doid(FILES / "diseases.obo")) == list(read_doid(FILES / "diseases.json")) == [shingles]


def test_what_is_no_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("<DescriptorRecordSet><Descriptor")
    for read in (read_mesh, read_doid):
        with pytest.raises(WrongFile):
            list(read(tmp_path / "x"))


@pytest.mark.django_db
def test_an_import_again_changes_nothing_and_leaves_the_switches(tmp_path: Path) -> None:
    first = import_file("mesh", FILES / "descriptors.xml")
    SynonymSet.objects.filter(code="D100003").update(is_on=False)
    again = import_file("mesh", FILES / "descriptors.xml")
    changed = (
        (FILES / "descriptors.xml")
        .read_text()
        .replace("Nosebleed", "Bleeding from the nose")
        .replace("D100001", "D100009")
    )
    (tmp_path / "next.xml").write_text(changed)
    third = import_file("mesh", tmp_path / "next.xml")

    assert first == Tally(read=2, added=2)
    assert again == Tally(read=2, unchanged=2)
    assert third == Tally(read=2, added=1, changed=1, dropped=1)
    kept = SynonymSet.objects.get(code="D100003")
    assert not kept.is_on
    assert set(kept.terms.values_list("shown", flat=True)) == {"Epistaxis", "Bleeding from the nose"}


@pytest.mark.django_db
def test_a_synonym_finds_is_shown_and_can_be_taken_away_by_reader_and_editor(ask: Search) -> None:
    editor, reader = MemberFactory.create(in_groups=["Editors"]), verified_member()
    thread = make_thread(title="Myocardial infarction at night")
    asked = "heart attack"
    before = ask(reader, asked)
    group = operations.add_synonym("heart attack", "myocardial infarction", by=editor)
    after = ask(reader, asked)
    plain = ask(reader, asked, without=frozenset({"heart attack"}))
    operations.switch_synonyms(group, is_on=False, by=editor)

    assert (before.total, after.total, plain.total, ask(reader, asked).total) == (0, 1, 0, 0)
    assert after.groups[0].best.key == thread.pk
    assert [(chip.word, chip.used) for chip in after.chips] == [("heart attack", "myocardial infarction")]
    verbs = Event.objects.filter(verb__startswith="search.synonyms").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["search.synonyms.added", "search.synonyms.switched"]


@pytest.mark.django_db
def test_only_editors_tend_words_and_never_put_drugs_together() -> None:
    editor, other = MemberFactory.create(in_groups=["Editors"]), verified_member()

    with pytest.raises(Refused):
        operations.add_synonym("heart attack", "myocardial infarction", by=other)
    with pytest.raises(Invalid):
        operations.add_synonym("vinblastine", "vincristine", by=editor)
    assert not SynonymSet.objects.exists()
