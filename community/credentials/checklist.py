"""What an applicant has done, what is still missing and what one may already do: one thing at a time."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from community.credentials.matching import is_register_readable, offered_classes
from community.credentials.models import Application
from community.credentials.proof import EvidenceClass, Seeks, missing_from


@dataclass(frozen=True)
class Step:
    """One thing to do. `state` is done, now or later."""

    label: str
    hint: str
    url: str
    state: str


def steps_of(application: Application) -> list[Step]:
    """The steps in order; the first that is not done is the one to do now."""
    todo = [_who(application)]
    if application.seeks == Seeks.CLINICIAN:
        todo.append(_register(application))
    todo += [_proof(application), _submit(application)]
    return _marked(todo)


def next_step(application: Application) -> Step | None:
    return next((step for step in steps_of(application) if step.state == "now"), None)


def missing_words(application: Application) -> list[str]:
    """What the evidence rule still asks for, in words; the register is said to be given, not whether it matched."""
    readable = is_register_readable(application)
    gaps = missing_from(offered_classes(application), seeks=application.seeks, register_readable=readable)
    return [_one_of(gap) for gap in gaps]


def _one_of(classes: tuple[str, ...]) -> str:
    ways = {
        EvidenceClass.REGISTER: _("your register and number"),
        EvidenceClass.CONTROL: _("a code sent to your institution's address"),
        EvidenceClass.DOCUMENT: _("a document"),
        EvidenceClass.VOUCHING: _("two verified peers who vouch for you"),
    }
    return _(" or ").join(str(ways[EvidenceClass(each)]) for each in classes)


def _who(application: Application) -> tuple[str, str, str, bool]:
    is_done = bool(
        application.given_name and application.family_name and application.profession and application.country
    )
    return _("Who you are"), _("Name, profession and country."), reverse("verification-claim"), is_done


def _register(application: Application) -> tuple[str, str, str, bool]:
    hint = _("Only the form of the number is checked now; a reviewer compares it with the register.")
    return _("Your register"), hint, reverse("verification-registration"), bool(application.number)


def _proof(application: Application) -> tuple[str, str, str, bool]:
    hint = _("A public number proves nobody. Show that it is yours: a code, a document or two peers.")
    is_done = bool(offered_classes(application)) and not missing_words(application)
    return _("Proof that it is you"), hint, reverse("verification-proof"), is_done


def _submit(application: Application) -> tuple[str, str, str, bool]:
    hint = _("A reviewer answers, usually within a few days.")
    return _("Look through and submit"), hint, reverse("verification-submit"), False


def _marked(todo: list[tuple[str, str, str, bool]]) -> list[Step]:
    first_open = next((index for index, step in enumerate(todo) if not step[3]), len(todo))
    states = ["done" if step[3] else "now" if index == first_open else "later" for index, step in enumerate(todo)]
    return [Step(label, hint, url, state) for (label, hint, url, _done), state in zip(todo, states, strict=True)]
