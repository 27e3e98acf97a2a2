"""What every engine must answer: documents, questions, and the documents that each question finds, best first."""

from dataclasses import replace
from datetime import UTC, datetime
from math import inf

from community.core.audiences import PUBLIC, Viewer
from search.documents.sources import document, padded
from search.engines import Condition, Engine, Plan
from search.evaluation import put, settle
from search.grammar import parse
from search.models import Document, Kind
from search.ranking import ranked
from search.semantic.asking import meaning_of
from search.semantic.scanning import LEAST

WHEN = datetime(2024, 1, 1, tzinfo=UTC)
READER = Viewer(None, frozenset({PUBLIC, "space:1"}))
WORDS = {
    1: ("Septic shock and vasopressin", "We add vasopressin early in septic shock."),
    2: ("Shock of a defibrillator", "The battery after a shock."),
    3: ("β-blockers after infarction", "Bisoprolol 5 mg, then 10mg."),
    4: ("COVID-19 on the ward", "5-HT and T2DM are other words."),
    5: ("Secret shock", "Only for moderators."),
    6: ("Anticoagulants", "Apixaban for the naïve reader; Crohn’s disease and warfarin."),
    7: ("Infecciones urinarias", "Las infecciones de los pacientes con sonda en la sala."),
    8: ("علاج المرضى", "الأدوية في المستشفى"),
}
FACTS = {
    1: {"space": "icu", "tags": padded(["sepsis"]), "answered": True, "audience": "space:1"},
    2: {"space": "cardiology", "tags": padded(["devices"]), "author_id": 7},
    3: {"space": "cardiology", "sourced": True, "stance": "local_practice"},
    4: {"lang": "en", "places": padded(["KE", "AFR"])},
    5: {"audience": "moderators"},
    6: {"specialty": padded(["haematology"])},
}
QUESTIONS = {
    "septic shock nowhere": [1, 2],
    '"septic shock"': [1],
    '"shock septic"': [],
    '"septic shock" OR infarctions': [1, 3],
    "shock -septic": [2],
    '-"septic shock" shock': [2],
    "defib*": [2],
    "beta blocker": [3],
    "β-blocker": [3],
    "betablockers": [3],
    "5mg": [3],
    '"10 mg"': [3],
    "covid19": [4],
    "covid": [4],
    "5-HT": [4],
    "naive": [6],
    "crohn": [6],
    "anticoagulation": [6],
    "in:title vasopressin": [1],
    "in:title bisoprolol": [],
    '"infarction"': [3],
    '"infarctions"': [],
    '"anticoagulant"': [],
    '"Anticoagulants" OR "infarctions"': [6],
    '"infarctions" OR sepsis OR defibrillators': [2],
    'in:title "vasopressin"': [1],
    'in:title "shocks"': [],
    'shock -"batteries"': [1, 2],
    'shock -"battery"': [1],
    '"after infarction"': [3],
    '"defibrillator the battery"': [],
    '"5-HT"': [4],
    '"T2DM"': [4],
    '"β-blockers"': [3],
    '"β-blocker"': [],
    '"5 mg"': [3],
    '"50 mg"': [],
    '"naive reader"': [6],
    "“infarction”": [3],
    '"les infecciones"': [],
    '"las infecciones de los pacientes"': [7],
    '"المرضى"': [8],
    "moderators": [],
    "secret": [],
    "shock secret moderators": [1, 2],
    "infección de las vías": [7],
    '"infecciones urinarias" de los mayores': [7],
    '"infección urinaria" de los mayores': [],
    "مستشفى": [8],
}
CONDITIONS = {
    Condition("space", "in", ("cardiology",)): {2, 3},
    Condition("space", "in", ("cardiology",), True): {1, 4, 6, 7, 8},
    Condition("space", "in", ()): set(),
    Condition("tags", "lists", ("sepsis", "devices")): {1, 2},
    Condition("tags", "lists", ("sepsis",), True): {2, 3, 4, 6, 7, 8},
    Condition("places", "lists", ("ke",)): {4},
    Condition("answered", "is"): {1},
    Condition("answered", "is", (), True): {2, 3, 4, 6, 7, 8},
    Condition("author_id", "in", (7,)): {2},
    Condition("author_id", "in", (7,), True): {1, 3, 4, 6, 7, 8},
    Condition("at", "before", (datetime(2024, 1, 3, tzinfo=UTC),)): {1, 2},
    Condition("at", "from", (datetime(2024, 1, 3, tzinfo=UTC),)): {3, 4, 6, 7, 8},
}


# Question → the nearest document; none of its words stands there.
PARAPHRASES = {
    "high blood pressure pills for the heart": 3,
    "coronavirus": 4,
    "bloodstream infection causing low blood pressure": 1,
    "blood thinners": 6,
}


def fill(using: Engine, *, is_hybrid: bool = False) -> None:
    documents = [
        document(
            Kind.THREAD,
            key,
            title=title,
            body=body,
            bundle=f"thread:{key}",
            at=datetime(2024, 1, key, tzinfo=UTC),
            **{"audience": PUBLIC, **FACTS.get(key, {})},
        )
        for key, (title, body) in WORDS.items()
    ]
    put(documents, using, is_hybrid=is_hybrid)
    settle(using)


def answers(using: Engine) -> dict[str, list[int]]:
    """Question → keys of what this engine finds, in the order of the page."""
    found = {}
    for text in QUESTIONS:
        plan = Plan(parse(text), READER.tokens)
        found[text] = [each.key for each in ranked(using.candidates(plan), plan)]
    return found


def narrowed(using: Engine) -> dict[Condition, set[int]]:
    """Condition → keys of all that fulfil it."""
    plans = {each: Plan(parse("order:new"), READER.tokens, (each,)) for each in CONDITIONS}
    return {each: {found.key for found in using.candidates(plan)} for each, plan in plans.items()}


def newest_first(using: Engine) -> list[int]:
    return [each.key for each in using.candidates(Plan(parse("shock covid order:new"), READER.tokens))]


def whole(using: Engine) -> list[dict[str, object]]:
    """Everything an engine says of what it finds, but for its score."""
    found = using.candidates(Plan(parse("order:old"), READER.tokens))
    return [{**vars(each), "score": 0, "id": 0} for each in found]


def expected_whole() -> list[dict[str, object]]:
    names = [*("kind", "key", "bundle", "at", "title", "space", "tags", "places", "specialty", "stance", "lang")]
    names += ["answered", "sourced", "author_id"]
    rows = Document.objects.filter(audience__in=READER.tokens).order_by("key").values(*names)
    return [{**row, "id": 0, "score": 0, "reasons": {}} for row in rows]


def kept_by(using: Engine) -> list[tuple[object, object]]:
    """Pairs of what this engine answers and what it must answer."""
    fill(using)
    return [
        (answers(using), QUESTIONS),
        (narrowed(using), CONDITIONS),
        (newest_first(using), [4, 2, 1]),
        (whole(using), expected_whole()),
    ]


def kept_by_meaning(using: Engine) -> list[tuple[object, object]]:
    """Pairs of what this engine answers to vectors and what it must answer; the extra is on."""
    fill(using, is_hybrid=True)
    plans = {
        text: Plan(parse(text), READER.tokens, meaning=meaning_of(text, parse(text), inf))
        for text in (*PARAPHRASES, "secret")
    }
    secret, near = plans["secret"], plans["coronavirus"]
    narrowed_down = [replace(near, conditions=(each,)) for each in CONDITIONS]
    return [
        ({text: using.nearest(plans[text])[0].key for text in PARAPHRASES}, PARAPHRASES),
        (5 in {each.key for each in using.nearest(secret)}, False),
        (5 in {each.key for each in using.nearest(replace(secret, tokens=frozenset({"moderators"})))}, True),
        (any({e.key for e in using.nearest(plan)} - CONDITIONS[plan.conditions[0]] for plan in narrowed_down), False),
        ({each.score > LEAST - 0.01 for each in using.nearest(near)}, {True}),
    ]
