"""What reports and lists in the admin share, of whichever package: who reads them, and exports without formulas."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

#: A spreadsheet would take a cell that begins so for a formula; what members wrote must not become one.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class WordsStayWords:
    """For views with an export: titles that members chose stay words in every spreadsheet."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        said = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return f"'{said}" if isinstance(said, str) and said.startswith(FORMULAS) else said


class EditorsReport(WordsStayWords, ReportView):  # type: ignore[misc]
    """A report for editors. `name` stands in its address and in the name of what is exported."""

    header_icon = "table"
    name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_editor(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_filename(self) -> str:
        return self.name


class EditorsMenuItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return _is_editor(request)


def register_report(report: type[EditorsReport], *, order: int) -> None:
    """Give a report its addresses, also for its rows alone, and a place in the menu of reports."""
    report.index_url_name = f"report-{report.name}"
    report.index_results_url_name = f"report-{report.name}-rows"

    @hooks.register("register_admin_urls")
    def addresses() -> list[URLPattern]:
        whole = path(f"reports/{report.name}/", report.as_view(), name=report.index_url_name)
        rows = path(
            f"reports/{report.name}/rows/", report.as_view(results_only=True), name=report.index_results_url_name
        )
        return [whole, rows]

    @hooks.register("register_reports_menu_item")
    def item() -> MenuItem:
        address = reverse(report.index_url_name)
        return EditorsMenuItem(report.page_title, address, name=report.name, icon_name=report.header_icon, order=order)


def _is_editor(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser or request.user.is_editor)  # type: ignore[union-attr]
