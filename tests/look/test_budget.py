"""The thread page costs at most 100 KB of style and script, gzipped, with everything that it loads or imports."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.forums import SpaceFactory, make_thread, verified_member

BUDGET = 100 * 1024
IMPORT = re.compile(r"""(?:import|from)\s*["'](\./[^"']+|\.\./[^"']+)["']""")
LOADED = re.compile(r"""(?:href|src)="/static/([^"]+\.(?:css|js))\"""")


def with_imports(name: str, seen: dict[str, Path]) -> None:
    """Add a static file and, for a module, what it imports."""
    found = finders.find(name)
    assert found, f"{name} is not there: npm ci?"
    if name in seen:
        return
    seen[name] = Path(str(found))
    if name.endswith(".js"):
        for target in IMPORT.findall(seen[name].read_text()):
            with_imports(str((Path("/") / name).parent.joinpath(target).resolve()).lstrip("/"), seen)


def weigh(page: str) -> dict[str, int]:
    seen: dict[str, Path] = {}
    for name in LOADED.findall(page):
        with_imports(name, seen)
    return {name: len(gzip.compress(path.read_bytes(), 9)) for name, path in seen.items()}


@pytest.mark.django_db
def test_thread_page_stays_in_its_budget(client: Client, record_property: Any) -> None:
    member = verified_member()
    thread = make_thread(SpaceFactory.create(), member, replies=2)
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")

    weights = weigh(client.get(thread.get_absolute_url()).content.decode())

    record_property("gzipped", sum(weights.values()))
    assert {"vendor/bootstrap/bootstrap.min.css", "core/css/tokens.css", "core/js/page.js"} <= weights.keys()
    assert sum(weights.values()) <= BUDGET, weights
