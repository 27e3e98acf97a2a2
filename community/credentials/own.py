"""What belongs to a member in verification, found for the member alone. What is not theirs is Missing."""

from typing import Any

from django.db.models import QuerySet

from community.core.errors import Missing
from community.credentials.fhir import verification_result
from community.credentials.models import Application, Challenge, Decision, Evidence, Vouch
from community.credentials.policies import may_appeal
from community.credentials.queries import has_open_suspension, latest_application, open_application
from community.credentials.states import APPEALABLE, APPROVED, Act, State, follows


def latest(member: Any) -> Application | None:
    return latest_application(member)


def editable(member: Any) -> Application:
    return _found(open_application(member), lambda each: each.is_editable)


def claim_of(application: Application) -> dict[str, Any]:
    """What was claimed so far, as the form begins with it."""
    values = {name: getattr(application, name) for name in ("seeks", "given_name", "family_name", "note")}
    profession = application.profession.code if application.profession else ""
    return values | {"profession": profession, "country": application.country.code if application.country else ""}


def adding(member: Any) -> Application:
    """The episode that takes evidence: the open one, or an approval that is due."""
    return _found(open_application(member) or _due(member), lambda each: each.takes_evidence)


def due(member: Any) -> Application:
    return _found(_due(member))


def withdrawable(member: Any) -> Application:
    return _found(latest_application(member), lambda each: follows(each.state, Act.WITHDRAW))


def recorded(member: Any) -> Application:
    return _found(latest_application(member))


def appealable(member: Any) -> Application | None:
    """The decision that can be appealed now, if any."""
    if open_application(member):
        return None
    decided = Application.objects.filter(member=member, state__in=APPEALABLE).order_by("-pk")
    return next((each for each in decided if may_appeal(member, each)), None)


def to_appeal(member: Any) -> Application:
    return _found(appealable(member))


def may_start(member: Any) -> bool:
    """Whether a new application makes sense: nothing open, nothing suspended, no approval as a clinician."""
    if open_application(member) or has_open_suspension(member):
        return False
    return not Application.objects.filter(member=member, state__in=APPROVED).exclude(level="learner").exists()


def challenge(member: Any, public_id: str) -> Challenge:
    found = Challenge.objects.filter(public_id=public_id, application__member=member).first()
    if found is None:
        raise Missing
    return found


def evidence(member: Any, public_id: str) -> Evidence:
    found = Evidence.objects.filter(public_id=public_id, application__member=member).first()
    if found is None:
        raise Missing
    return found


def vouch(member: Any, public_id: str) -> Vouch:
    found = Vouch.objects.filter(public_id=public_id, voucher=member).select_related("application__member").first()
    if found is None:
        raise Missing
    return found


def evidence_of(application: Application) -> "QuerySet[Evidence]":
    """What the applicant sees of their evidence. What the register said stays the reviewer's until the decision."""
    mine = application.evidence.order_by("pk")
    return mine.exclude(letter="A") if application.is_open else mine


def codes_waiting(application: Application) -> list[Challenge]:
    return list(application.challenges.filter(passed_at=None).order_by("pk"))


def decisions_of(application: Application) -> "QuerySet[Decision]":
    """Decisions that took effect, newest first. Who decided is not told."""
    return application.decisions.filter(effect=Decision.Effect.DONE).order_by("-pk")


def vouches_of(application: Application) -> "QuerySet[Vouch]":
    return application.vouches.select_related("voucher")


def vouches_waiting(member: Any) -> "QuerySet[Vouch]":
    return Vouch.objects.asked().filter(voucher=member).select_related("application__member__profession")


def vouches_given(member: Any) -> "QuerySet[Vouch]":
    return Vouch.objects.given().filter(voucher=member).select_related("application__member")


def exported(member: Any) -> list[dict[str, Any]]:
    """The member's verification records for the own-data download."""
    mine = Application.objects.filter(member=member).select_related("profession").prefetch_related("evidence")
    return [verification_result(application) for application in mine]


def _due(member: Any) -> Application | None:
    mine = Application.objects.filter(member=member, state=State.DUE)
    return mine.select_related("profession", "country").first()


def _found(application: Application | None, fits: Any = bool) -> Application:
    if application is None or not fits(application):
        raise Missing
    return application
