"""What pages with a composer share: sending words, and giving them back when they could not be taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from community.core.errors import Boundary, Conflict, Invalid
from community.core.rewording import BUTTON, offers, reword_form
from community.core.screening import Finding
from forums.forms import ComposerForm
from forums.previewing import Preview, preview
from forums.writing import SURFACES, Words


@dataclass(frozen=True)
class Found:
    """Findings in one field, with the person's own words they point into."""

    words: str
    findings: list[Finding]


@dataclass
class Composing:
    """The state of a composer on a page: its form and, after a try, what came of it."""

    form: ComposerForm
    status: int = 200
    outcome: str = ""
    found: list[Found] = field(default_factory=list)
    theirs: str = ""
    preview: Preview | None = None
    #: The form holds the suggested wording now, which its author has not read yet.
    is_reworded: bool = False

    @property
    def has_offers(self) -> bool:
        return offers(self.found)


def compose(form: ComposerForm, request: Any, send: Callable[[Words], Any]) -> tuple[Any, Composing]:
    """Send the form's words, preview or reword them. Without a result the page is shown again with every word kept."""
    state = Composing(form)
    if not form.is_valid():
        state.status = 422
        return None, state
    try:
        if BUTTON in request.POST:
            reword_form(form, {name: surface for name, surface in SURFACES.items() if name in form.fields})
            state.is_reworded = True
            return None, state
        words = form.words()
        if "preview" in request.POST:
            state.preview = preview(words, by=request.user)
            state.outcome = state.preview.outcome
            state.found = _found(words, state.preview.findings)
            return None, state
        return send(words), state
    except Boundary as error:
        _explain(state, form.words(), error)
        return None, state


def _explain(state: Composing, words: Words, error: Boundary) -> None:
    state.status = error.status
    findings = getattr(error, "findings", [])
    if findings:
        state.outcome, state.found = "block", _found(words, findings)
    elif isinstance(error, Invalid):
        for name, sentences in error.errors.items():
            state.form.add_error(name if name in state.form.fields else None, list(sentences))
    else:
        state.form.add_error(None, error.reason)
    if isinstance(error, Conflict):
        state.theirs = error.theirs


def _found(words: Words, findings: list[Finding]) -> list[Found]:
    texts = words.sealed()
    groups = {name: [found for found in findings if found.field == name] for name in texts}
    return [Found(texts[name], group) for name, group in groups.items() if group]
