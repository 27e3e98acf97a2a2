"""One real install and one browser for all stories. Whatever a page complains about fails the story it is in."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import databases
from tests.conftest import skip_or_fail
from tests.journeys.browsing import FLAGS, PATIENCE, Visits, chromium
from tests.journeys.installation import Installation, installation, running_already


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in Path(item.path).parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    if not chromium():
        skip_or_fail("chromium", "no Chromium: set CHROMIUM or install it")
    expect.set_options(timeout=PATIENCE)  # The library's own five seconds are too few on a busy machine.
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A seeded demo as `make run` starts it, or one that runs (JOURNEYS_AT, JOURNEYS_DATA_DIR).

    The browser comes first: without one nothing need be started.
    """
    address = os.environ.get("JOURNEYS_AT")
    if address:
        yield running_already(address, Path(os.environ["JOURNEYS_DATA_DIR"]))
        return
    with installation(tmp_path_factory.mktemp("install"), databases.template_file()) as running:
        yield running


@pytest.fixture(scope="session")
def everybody(chrome: Browser, site: Installation) -> Visits:
    return Visits(chrome, site.url)


@pytest.fixture
def visits(everybody: Visits, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Browsers of this story; at its end no page may have complained."""
    yield everybody
    complaints = everybody.close()
    assert complaints == []


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: Any) -> bool:
    """For stories that are told twice, with JavaScript and without."""
    return bool(request.param)
