"""The world is made once for a module and every request in it is undone."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template import Template
from django.test import override_settings
from django.test.utils import _TestState

from tests.access.asking import Asker, looked_up_once
from tests.access.world import World, make_world

NO_PART = ("servestatic", "wagtail.contrib.redirects")
FRAME = ("bar", "banners", "foot", "shortcuts", "styles")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _lean() -> Iterator[None]:
    """Thousands of refusals are wanted here: nobody reads their log lines or the contexts of their templates. Static
    files have no part in it (their middleware is asynchronous and costs three threads a request), nor have the
    redirects of moved pages (four queries for each answer that something is not there) and the frame round a page."""
    logging.disable(logging.CRITICAL)
    instrumented, Template._render = Template._render, _TestState.saved_data.template_render
    middleware = [name for name in settings.MIDDLEWARE if not any(word in name for word in NO_PART)]
    with override_settings(MIDDLEWARE=middleware, TEMPLATES=_without_frame()):
        yield
    Template._render = instrumented
    logging.disable(logging.NOTSET)


def _without_frame() -> list[dict[str, Any]]:
    """The same in every answer to one persona, whatever was asked for; it has tests of its own."""
    empty = {f"components/{name}.html": "" for name in FRAME}
    found = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
    loaders = [("django.template.loaders.locmem.Loader", empty), ("django.template.loaders.cached.Loader", found)]
    [engine] = settings.TEMPLATES
    return [{**engine, "APP_DIRS": False, "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}}]


@pytest.fixture(scope="module")
def askers(world: World, _lean: None) -> Iterator[dict[str, Asker]]:
    """The twelve browsers."""
    with looked_up_once():
        yield {name: Asker(member) for name, member in world.personas.items()}
