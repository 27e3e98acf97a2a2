"""The reports of knowledge in the editors' area, with filters and with export as CSV and XLSX (Wagtail's own)."""

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusFlagColumn, TitleColumn

from community.knowledge import reports
from community.knowledge.admin_reports import EditorsReport, register_report
from community.knowledge.models import Adaptation, MythPage, WriteUpPage
from community.members.models import Member, WhoRegion


class RegionFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, label=_("WHO region"), choices=WhoRegion.choices)


class WriteUpReportFilters(WagtailFilterSet):  # type: ignore[misc]
    region = RegionFilter("country__who_region")
    published_before = django_filters.DateFilter(
        field_name="last_published_at", lookup_expr="date__lte", label=_("Last published before")
    )

    class Meta:
        model = WriteUpPage
        fields: ClassVar[list[str]] = ["kind", "stage", "standing", "evidence_level", "audience"]


class WriteUpReport(EditorsReport):
    """Write-ups by state, age and region."""

    name = "write-ups"
    model = WriteUpPage
    page_title = _("Write-ups by state")
    filterset_class = WriteUpReportFilters
    columns: ClassVar[list[Any]] = [
        TitleColumn("title", label=_("Title"), url_name="wagtailadmin_pages:edit", sort_key="title", width="30%"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("get_stage_display", label=_("Stage"), sort_key="stage"),
        Column("get_standing_display", label=_("Standing"), sort_key="standing"),
        Column("country", label=_("Country"), sort_key="country__name"),
        Column("age", label=_("Days since published"), accessor=reports.age_of),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
    ]
    list_export: ClassVar[list[str]] = [
        "title", "slug", "get_kind_display", "get_stage_display", "get_standing_display", "country.name",
        "country.who_region", "evidence_level", "literature_certainty", "first_published_at", "last_published_at",
        "review_due", "version_count", "adaptation_count",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "evidence_level": _("Practice evidence"),
        "get_kind_display": _("Kind"),
        "get_stage_display": _("Stage"),
        "get_standing_display": _("Standing"),
        "country.name": _("Country"),
        "country.who_region": _("WHO region"),
        "version_count": _("Versions"),
        "adaptation_count": _("Adaptations"),
    }

    def get_base_queryset(self) -> Any:
        return reports.all_write_ups()


class AdaptationReportFilters(WagtailFilterSet):  # type: ignore[misc]
    region = RegionFilter("country__who_region")

    class Meta:
        model = Adaptation
        fields: ClassVar[list[str]] = ["fidelity", "moment", "planning"]


class AdaptationReport(EditorsReport):
    """What was adapted from what, and how often adopters reported."""

    name = "adaptations"
    model = Adaptation
    page_title = _("Adaptations and reports")
    filterset_class = AdaptationReportFilters
    columns: ClassVar[list[Any]] = [
        Column("child", label=_("Adaptation")),
        Column("parent", label=_("Adapted from")),
        Column("country", label=_("Country"), sort_key="country__name"),
        Column("get_fidelity_display", label=_("Core elements"), sort_key="fidelity"),
        Column("started_on", label=_("In use since"), sort_key="started_on"),
        Column("report_count", label=_("Reports"), sort_key="report_count"),
        Column("last_month", label=_("Last report after months"), sort_key="last_month"),
    ]
    list_export: ClassVar[list[str]] = [
        "child.title", "parent.title", "country.name", "country.who_region", "get_fidelity_display",
        "get_planning_display", "started_on", "made_at", "report_count", "last_month",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "child.title": _("Adaptation"),
        "parent.title": _("Adapted from"),
        "country.name": _("Country"),
        "country.who_region": _("WHO region"),
        "get_fidelity_display": _("Core elements"),
        "get_planning_display": _("Planned or in response"),
        "report_count": _("Reports"),
        "last_month": _("Last report after months"),
    }

    def get_base_queryset(self) -> Any:
        return reports.all_adaptations()


class ReviewerReport(EditorsReport):
    """What lies with each reviewer. No addresses: whom to write to is the site's business."""

    name = "reviewers"
    model = Member
    page_title = _("Reviewers’ load")
    columns: ClassVar[list[Any]] = [
        Column("name", label=_("Reviewer"), sort_key="name"),
        Column("profession", label=_("Profession")),
        Column("country", label=_("Country")),
        Column("open_reviews", label=_("Open"), sort_key="open_reviews"),
        DateColumn("oldest_open", label=_("Oldest since"), sort_key="oldest_open"),
        Column("done_in_a_year", label=_("Done in a year"), sort_key="done_in_a_year"),
        Column("declined", label=_("Given back"), sort_key="declined"),
    ]
    list_export: ClassVar[list[str]] = [
        "name", "profession.name", "country.name", "open_reviews", "oldest_open", "done_in_a_year", "declined",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "profession.name": _("Profession"),
        "country.name": _("Country"),
        "open_reviews": _("Open"),
        "oldest_open": _("Oldest since"),
        "done_in_a_year": _("Done in a year"),
        "declined": _("Given back"),
    }

    def get_base_queryset(self) -> Any:
        return reports.reviewers()


class MythReportFilters(WagtailFilterSet):  # type: ignore[misc]
    due_by = django_filters.DateFilter(field_name="review_due", lookup_expr="lte", label=_("Due by"))

    class Meta:
        model = MythPage
        fields: ClassVar[list[str]] = ["verdict", "heard"]


class MythReport(EditorsReport):
    """Myth checks, those due for review first."""

    name = "myth-checks"
    model = MythPage
    page_title = _("Myth checks due")
    filterset_class = MythReportFilters
    columns: ClassVar[list[Any]] = [
        TitleColumn("title", label=_("Title"), url_name="wagtailadmin_pages:edit", sort_key="title", width="30%"),
        Column("get_verdict_display", label=_("Verdict"), sort_key="verdict"),
        Column("checked_on", label=_("Checked"), sort_key="checked_on"),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
        StatusFlagColumn("is_review_due", label=_("Is due"), true_label=_("Review due")),
        Column("rumour_count", label=_("Rumours"), sort_key="rumour_count"),
    ]
    list_export: ClassVar[list[str]] = [
        "title", "claim", "get_verdict_display", "checked_on", "review_due", "is_review_due", "rumour_count",
    ]  # fmt: skip
    export_headings: ClassVar[dict[str, Any]] = {
        "get_verdict_display": _("Verdict"),
        "is_review_due": _("Is due"),
        "rumour_count": _("Rumours"),
    }

    def get_base_queryset(self) -> Any:
        return reports.published_checks()


for place, report in enumerate((WriteUpReport, AdaptationReport, ReviewerReport, MythReport)):
    register_report(report, order=200 + place)
