"""How a bulletin reaches its readers: two people, or one for two hours. Pure: a state, an act, a moment, a new state.

draft → signed by one → released by a second. Breaking the glass: the one who signed releases alone; after two hours
without a second the release ends by itself. Source: crisis and emergency risk communication (CERC) asks to be first
and right; the second person is the "right", the two hours are the "first".
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

ALONE_FOR = timedelta(hours=2)

State = Literal["signed", "alone", "released", "withdrawn", "superseded", "void"]
Act = Literal["release", "release_alone", "second", "withdraw", "supersede", "change"]

#: The states in which readers see the words.
SHOWN: frozenset[State] = frozenset({"alone", "released"})
#: Nothing follows these.
OVER: frozenset[State] = frozenset({"withdrawn", "superseded", "void"})


@dataclass(frozen=True)
class Release:
    """One set of words on its way. `signer` and `second` are numbers of members."""

    signer: int
    state: State = "signed"
    second: int | None = None
    released_at: datetime | None = None
    alone_until: datetime | None = None


class NotNow(Exception):
    """The act does not follow from this state; the first argument is a stable code."""

    @property
    def code(self) -> str:
        return str(self.args[0])


def sign(by: int) -> Release:
    """The first signature: it shows nothing to anybody yet."""
    return Release(signer=by)


def follow(release: Release, act: Act, *, by: int | None, at: datetime) -> Release:
    """The state after `act`. Raises NotNow with "over", "not_now" or "same_person"."""
    release = after(release, at)
    if release.state in OVER:
        raise NotNow("over")
    return _ACTS[act](release, by, at)


def after(release: Release, at: datetime) -> Release:
    """What has become of a release by itself: alone for longer than it may be, it is withdrawn."""
    if release.state == "alone" and release.alone_until is not None and at >= release.alone_until:
        return replace(release, state="withdrawn")
    return release


def is_shown(release: Release, at: datetime) -> bool:
    """Whether readers see the words at this moment, however late the clock is."""
    return after(release, at).state in SHOWN


def _release(release: Release, by: int | None, at: datetime) -> Release:
    if release.state != "signed":
        raise NotNow("not_now")
    return replace(release, state="released", second=_other(release, by), released_at=at)


def _release_alone(release: Release, by: int | None, at: datetime) -> Release:
    if release.state != "signed" or by != release.signer:
        raise NotNow("not_now")
    return replace(release, state="alone", released_at=at, alone_until=at + ALONE_FOR)


def _second(release: Release, by: int | None, at: datetime) -> Release:
    if release.state != "alone":
        raise NotNow("not_now")
    return replace(release, state="released", second=_other(release, by), alone_until=None)


def _withdraw(release: Release, by: int | None, at: datetime) -> Release:
    return replace(release, state="withdrawn")


def _supersede(release: Release, by: int | None, at: datetime) -> Release:
    """Newer words, released by two, take the place of these."""
    if release.state != "released":
        raise NotNow("not_now")
    return replace(release, state="superseded")


def _change(release: Release, by: int | None, at: datetime) -> Release:
    """The draft was changed: what was signed is no longer what would be released."""
    if release.state != "signed":
        raise NotNow("not_now")
    return replace(release, state="void")


def _other(release: Release, by: int | None) -> int:
    if by is None or by == release.signer:
        raise NotNow("same_person")
    return by


_ACTS = {
    "release": _release,
    "release_alone": _release_alone,
    "second": _second,
    "withdraw": _withdraw,
    "supersede": _supersede,
    "change": _change,
}
