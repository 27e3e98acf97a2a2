"""The pytest plugin that lets one session hold every kind of test: browser journeys, both databases, honest skips."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

# What no database changes runs once. Journeys bring an install of their own, so they go to the process with less to do.
ONLY_IN_ONE_PROCESS = {"architecture", "deploy", "look"}
BROWSER_MODULE = "test_in_browser.py"
DATABASE_FIXTURES = {"db", "transactional_db", "client", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_on(vendor): a test of one database, 'sqlite' or 'postgresql'")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys come last and together: Playwright leaves an event loop running in its process."""
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        (kept if _belongs_here(item) else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
    for item in kept:
        if _area(item) == "journeys":
            item.add_marker(pytest.mark.xdist_group("journeys"))
    items[:] = sorted(kept, key=lambda item: _area(item) == "journeys")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where COLLEGIUM_REQUIRE is set, as in CI, a test that does not run is a failure."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("COLLEGIUM_REQUIRE") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, although COLLEGIUM_REQUIRE is set: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in filter(None, os.environ.get("COLLEGIUM_ABSENT", "").splitlines()):
        terminalreporter.write_line(f"NOT RUN {line}")
    for process in sorted(_ended):
        areas = ", ".join(f"{area} {spent:.0f}" for (of, area), spent in _spent.most_common() if of == process)
        terminalreporter.write_line(f"{process} done after {_ended[process] - _began:.0f} s: {areas}")


_began = time.monotonic()
_ended: dict[str, float] = {}
_spent: "Counter[tuple[str, str]]" = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up where the time goes, for each process: the two should end together."""
    node = getattr(report, "node", None)
    if node is not None:
        parts = Path(report.nodeid.partition("::")[0]).parts
        _spent[node.gateway.id, parts[1] if len(parts) > 1 else ""] += report.duration  # type: ignore[assignment]
        _ended[node.gateway.id] = time.monotonic()


def _belongs_here(item: pytest.Item) -> bool:
    vendor = "postgresql" if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else "sqlite"
    mark = item.get_closest_marker("only_on")
    if mark is not None and mark.args[0] != vendor:
        return False
    if not os.environ.get("COLLEGIUM_BOTH_DATABASES"):
        return True
    if _area(item) == "journeys" or Path(item.path).name == BROWSER_MODULE:
        return vendor == "postgresql"
    return vendor == "sqlite" or (_area(item) not in ONLY_IN_ONE_PROCESS and _uses_database(item))


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


def _area(item: pytest.Item) -> str:
    """The folder of `tests/` a test stands in."""
    inside = Path(item.path).relative_to(item.config.rootpath).parts
    return inside[1] if len(inside) > 2 else ""
