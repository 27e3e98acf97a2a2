"""Words of texts in Spanish, French and Arabic by their own light stems; English stays what it was."""

import pytest

from search.analysis import terms
from search.grammar import languages_for, parse
from search.highlighting import marked
from search.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tratamiento de la insuficiencia cardiaca", "es"),
        ("Damos vancomicina a los pacientes con neumonía grave", "es"),
        ("traitement de l’insuffisance cardiaque", "fr"),
        ("Nous donnons de la vancomycine dans le service", "fr"),
        ("Is it safe to use no beta blocker on the ward?", ""),
        ("septic shock", ""),
        ("la sepsis", ""),
        ("علاج المرضى", ""),
        ("", ""),
    ],
)
def test_the_little_words_say_which_language_it_is(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("es", ["infección", "infecciones"]),
        ("es", ["crónico", "crónica", "crónicos"]),
        ("es", ["warfarina", "warfarinas"]),
        ("fr", ["infection", "infections"]),
        ("fr", ["hôpital", "hôpitaux"]),
        ("fr", ["l’insuline", "insuline"]),
        ("", ["مريض", "المريض", "والمريض", "مريضه", "مُريض"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: list[str]) -> None:
    assert len({tuple(terms(form, language)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "clorpromazina", "clorpropamida"),
        ("fr", "vinblastine", "vincristine"),
        ("es", "hidralazina", "hidroxizina"),
    ],
)
def test_drugs_that_look_alike_stay_apart(language: str, one: str, other: str) -> None:
    assert terms(one, language) != terms(other, language)


def test_a_question_asks_by_the_stems_of_its_language_and_in_english() -> None:
    asked = parse('tratamiento de la "insuficiencia cardiaca"')

    assert [phrase.terms for group in asked.required for phrase in group] == [
        ("insuficienci", "cardiac"),
        ("insuficiencia", "cardiaca"),
    ]
    assert ("tratamient",) in {phrase.terms for phrase in asked.words}
    assert "de" not in {phrase.shown for phrase in asked.words}
    assert languages_for("infecciones", "es") == ("es", "en")
    assert languages_for("manejo de la sepsis") == ("es", "fr", "en")
    assert parse("infections") == parse("infections", "en")


def test_marks_follow_the_language_of_the_text() -> None:
    asked = parse("infección de las vías urinarias")

    assert str(marked("Las infecciones en los mayores", asked.sought)) == (
        "Las <mark>infecciones</mark> en los mayores"
    )


def test_an_accent_may_be_a_character_of_its_own() -> None:
    assert terms("nai\u0308ve") == terms("naïve") == ["naiv"]
