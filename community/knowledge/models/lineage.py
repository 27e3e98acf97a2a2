"""Where a write-up went: who faces the same problem, what was adapted from it (FRAME), what adopters report."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.core.clock import now
from community.core.models import PublicId
from community.knowledge.models.writeups import WriteUpPage
from community.knowledge.practice.facets import FacilityLevel, Locality
from community.knowledge.practice.figures import SMALLEST_CELL
from community.members.models import Country

MONTH = timedelta(days=30)
#: A report may come a little before its month is full.
EARLY = timedelta(days=15)


class Facing(models.Model):
    """A member has the same problem. One for each member and write-up, with where they meet it."""

    page = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="facings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="facings")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    facility_level = models.CharField(_("facility"), max_length=12, choices=FacilityLevel.choices, blank=True)
    locality = models.CharField(_("town or country"), max_length=10, choices=Locality.choices, blank=True)
    said_at = models.DateTimeField(_("said"), default=now)

    class Meta:
        verbose_name = _("member with the same problem")
        verbose_name_plural = _("members with the same problem")
        constraints = [models.UniqueConstraint(fields=["page", "member"], name="facing_once")]

    def __str__(self) -> str:
        return f"{self.member_id} faces {self.page_id}"


class Moment(models.TextChoices):
    """When in the implementation it was changed."""

    BEFORE = "before", _("Before it was started")
    STARTING = "starting", _("While it was being started")
    SPREADING = "spreading", _("While it was spread further")
    KEEPING = "keeping", _("When it had become routine")


class Planning(models.TextChoices):
    PLANNED = "planned", _("Planned")
    REACTIVE = "reactive", _("In response to something unforeseen")


class Decider(models.TextChoices):
    CLINICIANS = "clinicians", _("The clinicians who do it")
    TEAM = "team", _("The whole team")
    MANAGERS = "managers", _("Managers of the facility")
    PROGRAMME = "programme", _("A programme, researchers or advisers")
    AUTHORITY = "authority", _("A health authority or funder")
    RECIPIENTS = "recipients", _("Patients or the community")


class Modified(models.TextChoices):
    CONTENT = "content", _("The content itself")
    CONTEXT = "context", _("Where, how, by whom or for whom it is delivered")
    TRAINING = "training", _("How people are trained")
    EVALUATION = "evaluation", _("How it is measured")


class DeliveryLevel(models.TextChoices):
    INDIVIDUAL = "individual", _("Single clinicians")
    TEAM = "team", _("A team or ward")
    FACILITY = "facility", _("A clinic or hospital")
    NETWORK = "network", _("A network or district")
    COUNTRY = "country", _("A region or country")


class Nature(models.TextChoices):
    TAILORING = "tailoring", _("Tailoring")
    ADDING = "adding", _("Adding")
    REMOVING = "removing", _("Removing")
    SHORTENING = "shortening", _("Shortening")
    LENGTHENING = "lengthening", _("Lengthening")
    SUBSTITUTING = "substituting", _("Substituting")
    REORDERING = "reordering", _("Re-ordering")
    INTEGRATING = "integrating", _("Joining it with something else")
    LOOSENING = "loosening", _("Loosening its structure")
    REPEATING = "repeating", _("Repeating parts")


class Goal(models.TextChoices):
    REACH = "reach", _("Reach more people")
    EFFECT = "effect", _("A better outcome")
    FIT = "fit", _("A better fit with culture or custom")
    FEASIBILITY = "feasibility", _("Make it possible here")
    COST = "cost", _("Lower cost")
    SATISFACTION = "satisfaction", _("Satisfaction of patients or staff")
    EQUITY = "equity", _("Fewer differences between groups")


class Reason(models.TextChoices):
    SOCIOPOLITICAL = "sociopolitical", _("Laws, funding, politics, an emergency")
    ORGANISATION = "organisation", _("Staff, time, space, supplies, habits of the facility")
    PROVIDER = "provider", _("Skills, roles or views of those who do it")
    RECIPIENT = "recipient", _("Language, access, needs or wishes of those it is for")


class Fidelity(models.TextChoices):
    KEPT = "kept", _("All core elements were kept")
    PARTLY = "partly", _("Some were kept")
    NOT_KEPT = "not_kept", _("They were not kept")
    UNKNOWN = "unknown", _("The original does not say what its core is")


class Adaptation(PublicId):
    """A practice taken over somewhere else, with what was changed and why.

    Questions and answers follow FRAME, the framework for reporting adaptations (Wiltsey Stirman, Baumann and Miller
    2019). `root` is where the whole lineage begins, so that one query reads it. `child` is the adopter's own write-up.
    """

    LISTS: ClassVar[dict[str, type[models.TextChoices]]] = {
        "decided_by": Decider,
        "modified": Modified,
        "nature": Nature,
        "goals": Goal,
        "reasons": Reason,
    }

    root = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="lineage")
    parent = models.ForeignKey(WriteUpPage, models.CASCADE, related_name="adaptations")
    child = models.OneToOneField(WriteUpPage, models.CASCADE, related_name="adapted_from")
    parent_version = models.PositiveIntegerField(_("from version"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="adaptations")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=now)
    started_on = models.DateField(_("in use since"))
    moment = models.CharField(_("when it was changed"), max_length=10, choices=Moment.choices)
    planning = models.CharField(_("planned or in response"), max_length=8, choices=Planning.choices)
    decided_by: "models.JSONField[Any, Any]" = models.JSONField(_("who decided"), default=list)
    modified: "models.JSONField[Any, Any]" = models.JSONField(_("what was changed"), default=list)
    delivery_level = models.CharField(_("for whom it was changed"), max_length=10, choices=DeliveryLevel.choices)
    nature: "models.JSONField[Any, Any]" = models.JSONField(_("how it was changed"), default=list)
    goals: "models.JSONField[Any, Any]" = models.JSONField(_("what for"), default=list)
    reasons: "models.JSONField[Any, Any]" = models.JSONField(_("why"), default=list)
    fidelity = models.CharField(_("core elements"), max_length=8, choices=Fidelity.choices)
    what_changed = models.TextField(_("what was changed, in words"), max_length=2000, blank=True)
    reminded_month = models.PositiveSmallIntegerField(_("reminded of the report after … months"), default=0)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("child")), name="adaptation_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} from {self.parent_id}"

    @property
    def keeps_core(self) -> bool:
        return self.fidelity == Fidelity.KEPT

    @property
    def who_region(self) -> str:
        return self.country.who_region if self.country else ""

    def due_on(self, month: int) -> date:
        """From this day on the report after so many months may be made."""
        return self.started_on + month * MONTH - EARLY

    def labels(self, name: str) -> list[str]:
        """The answers of one list, in words."""
        known = dict(self.LISTS[name].choices)
        return [str(known[code]) for code in getattr(self, name) if code in known]


class ReportMonth(models.IntegerChoices):
    THREE = 3, _("After 3 months")
    SIX = 6, _("After 6 months")
    TWELVE = 12, _("After 12 months")


class OutcomeHere(models.TextChoices):
    BETTER = "better", _("Better")
    SAME = "same", _("The same")
    WORSE = "worse", _("Worse")
    NOT_MEASURED = "not_measured", _("Not measured")


class AdopterReport(models.Model):
    """What an adopter found after 3, 6 or 12 months; figures where there are any. Cells under 5 are refused."""

    adaptation = models.ForeignKey(Adaptation, models.CASCADE, related_name="reports")
    month = models.PositiveSmallIntegerField(_("when"), choices=ReportMonth.choices)
    outcome = models.CharField(_("the outcome here"), max_length=12, choices=OutcomeHere.choices)
    measure = models.CharField(_("measure"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=8, blank=True)
    before = models.CharField(_("before"), max_length=16, blank=True)
    after = models.CharField(_("after"), max_length=16, blank=True)
    n_before = models.PositiveIntegerField(_("n before"), null=True, blank=True)
    n_after = models.PositiveIntegerField(_("n after"), null=True, blank=True)
    note = models.TextField(_("what others should know"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("reported"), default=now)

    class Meta:
        ordering = ["adaptation", "month"]
        verbose_name = _("adopter's report")
        verbose_name_plural = _("adopters' reports")
        constraints = [
            models.UniqueConstraint(fields=["adaptation", "month"], name="report_once_a_month"),
            models.CheckConstraint(
                condition=(Q(n_before=None) | Q(n_before__gte=SMALLEST_CELL))
                & (Q(n_after=None) | Q(n_after__gte=SMALLEST_CELL)),
                name="report_no_small_cells",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adaptation_id} after {self.month} months: {self.outcome}"

    @property
    def figures(self) -> dict[str, Any]:
        """The figures as a measure of a write-up has them."""
        names = ("unit", "before", "after", "n_before", "n_after")
        return {"name": self.measure, **{name: getattr(self, name) for name in names}}
