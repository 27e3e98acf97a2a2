"""Name matching: what counts as the same name, what a human must look at, and what can never pass by itself."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.credentials.names import PARTICLES, PersonName, compare_names, normalise


def name(text: str) -> PersonName:
    """A name written "Given | Family"."""
    first, _bar, last = text.partition("|")
    return PersonName(first.strip(), last.strip())


STRONG = [
    ("John | Smith", "JOHN | SMITH"),
    ("José | García", "JOSE | GARCIA"),
    ("José | García", "JOSE MARIA | GARCIA"),
    ("Jürgen | Müller", "JUERGEN | MUELLER"),
    ("Jürgen | Müller", "JURGEN | MULLER"),
    ("Søren | Ørsted", "SOREN | ORSTED"),
    ("Søren | Ørsted", "SOEREN | OERSTED"),
    ("Åse | Nygård", "AASE | NYGAARD"),
    ("Łukasz | Wałęsa", "LUKASZ | WALESA"),
    ("Đặng | Văn", "DANG | VAN"),
    ("Þóra | Guðmundsdóttir", "THORA | GUDMUNDSDOTTIR"),
    ("İpek | Yılmaz", "IPEK | YILMAZ"),
    ("Jörg | Weiß", "JOERG | WEISS"),
    ("Ọlọ́run | Adébáyọ̀", "OLORUN | ADEBAYO"),
    ("Anna | van der Berg", "ANNA | BERG"),
    ("Anna | van der Berg", "ANNA | VANDERBERG"),
    ("João | dos Santos", "JOAO | SANTOS"),
    ("Ali | al-Hashimi", "ALI | ALHASHIMI"),
    ("Ali | Al Hashimi", "ALI | HASHIMI"),
    ("Mohammed | bin Salman", "MOHAMMED | SALMAN"),
    ("Maria de Lourdes | Souza", "MARIA LOURDES | DE SOUZA"),
    ("Seán | O'Brien", "SEAN | O BRIEN"),
    ("Seán | O’Brien", "SEAN | OBRIEN"),
    ("Catriona | MacDonald", "CATRIONA | MAC DONALD"),
    ("Anne-Marie | Smith-Jones", "ANNE MARIE | SMITH JONES"),
    ("Annemarie | Smith", "Anne-Marie | SMITH"),
    ("Dr. John | Smith MD", "JOHN | SMITH"),
    ("Prof. Dr. John | Smith", "JOHN | SMITH"),
    ("John | Smith Jr.", "JOHN | SMITH III"),
    ("John A | Smith", "JOHN ADAM | SMITH"),
    ("John A. B. | Smith", "JOHN | SMITH"),
    ("Thi | Do", "THI | DO"),
    ("Md Karim | Rahman", "MD KARIM | RAHMAN"),
    ("Анна | Иванова", "АННА | ИВАНОВА"),
    ("小明 | 张", "小明 | 张"),
]
WEAK = [
    ("J | Smith", "JOHN | SMITH"),
    ("J R | Smith", "J R | SMITH"),
    ("Jane | Smith", "JOHN | SMITH"),
    ("Bob | Smith", "ROBERT | SMITH"),
    ("John Adam | Smith", "JOHN BRIAN | SMITH"),
    ("John A | Smith", "JOHN B | SMITH"),
    ("Jean-Pierre | Martin", "JEAN | MARTIN"),
    ("Mary | Jones", "MARY | SMITH"),
    ("Ana | García López", "ANA | GARCIA"),
    ("Ana | García López", "ANA | LOPEZ GARCIA"),
    ("Wei | Zhang", "ZHANG | WEI"),
    ("Jurgen | Muller", "JURGEN | MUELLER"),
    ("伟 | 张", "伟 | 张"),
    (" | Smith", "JOHN | SMITH"),
    ("Jo\u200bhn | Smith", "JOHN | SMITH"),
    ("\U0001d409ohn | Smith", "JOHN | SMITH"),
]
NONE = [
    ("John | Smith", "MARIA | GARCIA"),
    ("John | ", "JOHN | SMITH"),
    (" | ", " | "),
    ("Anna | Ivanova", "АННА | ИВАНОВА"),
]
LOOKALIKES = str.maketrans("aceopxyi", "асеорхуі")


@pytest.mark.parametrize(("ours", "theirs"), STRONG)
def test_the_same_name_written_differently_is_strong(ours: str, theirs: str) -> None:
    assert compare_names(name(ours), name(theirs)).strength == "strong"


@pytest.mark.parametrize(("ours", "theirs"), WEAK)
def test_a_doubtful_name_goes_to_a_human(ours: str, theirs: str) -> None:
    verdict = compare_names(name(ours), name(theirs))
    assert (verdict.strength, bool(str(verdict.reason))) == ("weak", True)


@pytest.mark.parametrize(("ours", "theirs"), NONE)
def test_different_names_do_not_match(ours: str, theirs: str) -> None:
    assert compare_names(name(ours), name(theirs)).strength == "none"


@pytest.mark.parametrize(("ours", "theirs"), STRONG + WEAK + NONE)
def test_comparing_is_symmetric(ours: str, theirs: str) -> None:
    there, back = compare_names(name(ours), name(theirs)), compare_names(name(theirs), name(ours))
    assert there.strength == back.strength


@pytest.mark.parametrize("text", ["capo | Smith", "John | Rossi", "Alexia | Papa"])
def test_cyrillic_lookalikes_are_never_strong(text: str) -> None:
    honest = name(text)
    forged = PersonName(honest.given.translate(LOOKALIKES), honest.family.translate(LOOKALIKES))
    assert compare_names(honest, honest).strength == "strong"
    assert compare_names(forged, honest).strength != "strong"


def test_a_former_name_matches_and_says_so() -> None:
    entry = [name("MARY ANN | SMITH"), name("MARY | JONES")]
    verdict = compare_names(name("Mary | Jones"), entry)
    assert verdict.strength == "strong"
    assert "former" in str(verdict.reason)


def test_a_former_name_of_the_applicant_matches_too() -> None:
    assert compare_names([name("Mary | Jones"), name("Mary | Smith")], name("MARY | SMITH")).strength == "strong"


def test_nothing_to_compare_is_no_match() -> None:
    assert compare_names([], name("MARY | SMITH")).strength == "none"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("  O'Brien-Łoś ", "obrien los"), ("ÆSIR", "aesir"), ("Straße", "strasse"), ("D’Angelo", "dangelo"), ("", "")],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


words = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèüøłñ", min_size=2, max_size=12)


@given(words, words)
def test_case_never_matters(first: str, last: str) -> None:
    assume(first not in PARTICLES)
    assert compare_names(PersonName(first, last), PersonName(first.upper(), last.title())).strength == "strong"


@given(words, words, st.integers(min_value=0))
def test_one_lookalike_letter_is_enough_to_need_a_human(first: str, last: str, place: int) -> None:
    letters = [spot for spot, char in enumerate(first) if char in "aceopxyi"]
    assume(letters)
    spot = letters[place % len(letters)]
    forged = first[:spot] + first[spot].translate(LOOKALIKES) + first[spot + 1 :]
    assert compare_names(PersonName(forged, last), PersonName(first, last)).strength != "strong"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it_and_order_does_not_matter(a: str, b: str, c: str, d: str) -> None:
    ours, theirs = PersonName(a, b), PersonName(c, d)
    assert compare_names(ours, theirs).strength == compare_names(theirs, ours).strength


def test_two_names_that_differ_beyond_the_limit_are_not_strong() -> None:
    assert compare_names(PersonName("A" * 300, "Smith"), PersonName("A" * 250, "Smith")).strength != "strong"
