"""Every address × twelve personas × GET and POST: as the table says, and what is denied is indistinguishable."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from tests.access.asking import Answer, Asker
from tests.access.bodies import BODIES
from tests.access.personas import PERSONAS
from tests.access.routes import Route, own_routes, wagtail_routes
from tests.access.table import COMMANDS, EXEMPT_FROM_CSRF, INSIDERS, NOTHING_HIDDEN, RULES, TABLE, TOPICS, WAGTAIL
from tests.access.world import NOTHING, World

DENIED = frozenset("Lx-m")
METHODS = ("get", "post")
# To Wagtail all who have no role are one.
DISTINCT = ("visitor", "member", "moderator", "verifier", "editor", "admin")
# Each of these holds the tokens of another who asks for hidden things: a verified member or an applicant.
LIKE_ANOTHER = {"nurse", "presenter", "expired", "suspended", "learner"}
# Where the pages of refusals are drawn.
DRAWN_BY = ("community.core.views.render", "community.config.middleware.render")


@pytest.fixture
def _refusals_undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where their letter is all that counts; what they say is compared where something is hidden."""

    def render(_request: HttpRequest, _template: str, _context: object = None, *, status: int) -> HttpResponse:
        return HttpResponse(status=status)

    for place in DRAWN_BY:
        monkeypatch.setattr(place, render)


@pytest.fixture(scope="module")
def without_a_token(world: World) -> Asker:
    """The admin in a browser whose forms hold no token."""
    return Asker(world.personas["admin"], enforce_csrf_checks=True)


def asked(asker: Asker, method: str, route: Route, arguments: dict[str, Any]) -> Answer:
    return asker.ask(method, route.path(**arguments), BODIES.get(route.name) if method == "post" else None)


def all_asked(askers: dict[str, Asker], method: str, route: Route, arguments: dict[str, Any]) -> dict[str, Answer]:
    return {name: asked(asker, method, route, arguments) for name, asker in askers.items()}


def as_ruled(answers: dict[str, Answer], rule: str) -> bool:
    """Whether each persona who asked got the letter of the rule."""
    also = {"*": "Lrx-m?c.!", "~": "rx-m"}
    expected = dict(zip(PERSONAS, RULES[rule], strict=True))
    return all(one.letter in also.get(expected[name], expected[name]) for name, one in answers.items())


def said(method: str, answers: dict[str, Answer], rule: str) -> str:
    """What a failure shows."""
    return f"{method} {''.join(one.letter for one in answers.values())} is not {rule} {RULES[rule]}"


def writes_of_denied(answers: dict[str, Answer]) -> dict[str, set[str]]:
    return {name: set(one.written) for name, one in answers.items() if one.letter in DENIED and one.written}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(TABLE) == {route.name for route in own_routes()}
    assert {prefix for prefix in WAGTAIL if not any(r.name.startswith(prefix) for r in wagtail_routes())} == set()
    assert [route.name for route in wagtail_routes() if not rules_of(route)] == []


def test_exceptions_name_addresses() -> None:
    assert set(TABLE) >= NOTHING_HIDDEN | EXEMPT_FROM_CSRF


def test_every_rule_has_a_letter_for_each_persona_and_is_used() -> None:
    used = {rule for rules in [*TABLE.values(), *WAGTAIL.values()] for rule in rules}
    used |= {*TOPICS.values(), *COMMANDS.values()}

    assert {name: len(rule) for name, rule in RULES.items() if len(rule) != len(PERSONAS)} == {}
    assert used == set(RULES)


def rules_of(route: Route) -> tuple[str, str]:
    """The row of a Wagtail address: that of the longest prefix of its name."""
    fitting = [prefix for prefix in WAGTAIL if route.name.startswith(prefix)]
    return WAGTAIL[max(fitting, key=len)] if fitting else ("", "")


@pytest.mark.parametrize("route", own_routes(), ids=lambda route: route.name)
@pytest.mark.usefixtures("_refusals_undrawn")
def test_our_address(route: Route, world: World, askers: dict[str, Asker]) -> None:
    for method, rule in zip(METHODS, TABLE[route.name], strict=True):
        answers = all_asked(askers, method, route, world.seen.get(route.name, {}))

        assert as_ruled(answers, rule), said(method, answers, rule)
        assert writes_of_denied(answers) == {}


@pytest.mark.parametrize("route", wagtail_routes(), ids=lambda route: route.name)
@pytest.mark.usefixtures("_refusals_undrawn")
def test_wagtails_address(route: Route, world: World, askers: dict[str, Asker]) -> None:
    for method, rule in zip(METHODS, rules_of(route), strict=True):
        answers = all_asked({name: askers[name] for name in DISTINCT}, method, route, world.pages)

        assert as_ruled(answers, rule), said(method, answers, rule)
        assert writes_of_denied(answers) == {}


@pytest.mark.parametrize("route", [route for route in own_routes() if route.arguments], ids=lambda route: route.name)
def test_what_is_hidden_looks_like_what_is_not_there(route: Route, world: World, askers: dict[str, Asker]) -> None:
    """For everybody but those whom `INSIDERS` names, a hidden thing answers exactly as a missing one."""
    hidden = world.hidden.get(route.name)
    if hidden is None:
        assert route.name in NOTHING_HIDDEN
        return
    nothing = {key: 0 if isinstance(value, int) else NOTHING for key, value in hidden.items()}
    for method, rule in zip(METHODS, TABLE[route.name], strict=True):
        outsiders = set(PERSONAS) - LIKE_ANOTHER - INSIDERS.get(route.name, set())
        if rule.endswith("never"):
            continue
        for persona in sorted(outsiders):
            there = asked(askers[persona], method, route, hidden)
            not_there = asked(askers[persona], method, route, nothing)

            assert (there.letter, there.body) == (not_there.letter, not_there.body), f"{persona} {method}"
            assert there.letter in DENIED, f"{persona} {method} {there.letter}"


@pytest.mark.parametrize("route", own_routes(), ids=lambda route: route.name)
def test_a_post_without_a_token_is_refused(route: Route, world: World, without_a_token: Asker) -> None:
    answer = asked(without_a_token, "post", route, world.seen.get(route.name, {}))

    assert answer.status in {403, 404, 405} or route.name in EXEMPT_FROM_CSRF
