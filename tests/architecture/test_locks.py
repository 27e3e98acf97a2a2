"""The locks name every package with its hashes and no address, and stay above the versions with known holes."""

import ast
import json
import re
from importlib.metadata import packages_distributions

import pytest
from packaging.version import Version

from tests.architecture.source import ROOT, TOPS, imported, our_modules

LOCKS = ("base", "s3", "semantic", "casefree-ner", "test", "node", "installer")
# Below these versions a hole is known that reaches us.
FLOORS = {
    "daphne": "4.2.2",  # CVE-2026-44545, CVE-2026-44546: unbounded frames, smuggled headers.
    "django": "5.2.19",
    "wagtail": "8.0.1",  # CVE-2026-44199, CVE-2026-44200: checks of the wrong page.
    "channels": "4.3.2",
    "django-allauth": "65.21",
    "nh3": "0.3.8",
}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.M)


def locked(text: str) -> dict[str, str]:
    return {name.lower(): version for name, version in PINNED.findall(text)}


def without_hash(text: str) -> list[str]:
    """Names whose entry carries no sha256."""
    entries = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", text)
    return [entry.partition("=")[0] for entry in entries if PINNED.match(entry) and "--hash=sha256:" not in entry]


def addresses(text: str) -> list[str]:
    return re.findall(r"https?://\S+|--(?:extra-)?index-url\S*|--find-links\S*|--trusted-host\S*", text)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")

    assert locked(text)
    assert without_hash(text) == []
    assert addresses(text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_its_source_asks_for(name: str) -> None:
    asked = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9._-]+)", re.sub(r"(?m)^\s*(#|-).*$", "", asked), re.M)
    held = locked((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))

    assert {each.lower().replace("_", "-") for each in names} <= {each.replace("_", "-") for each in held}


def imported_libraries() -> set[str]:
    """The distributions, as named on the index, that our program imports."""
    owners = packages_distributions()
    tops = {
        name.partition(".")[0] for module in our_modules() for node in ast.walk(module.tree) for name in imported(node)
    }
    return {re.sub(r"[._]", "-", owners[top][0].lower()) for top in tops - set(TOPS) if top in owners}


def test_every_library_that_our_program_imports_is_locked() -> None:
    # What the others hold is imported only where a bucket is set, meaning is searched for or names are read twice.
    names = ("base", "s3", "semantic", "casefree-ner")
    held = locked("".join((ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in names))

    assert sorted(imported_libraries() - {re.sub(r"[._]", "-", name) for name in held}) == []
    assert "django" in imported_libraries()


def test_versions_with_known_holes_stay_out() -> None:
    held = locked((ROOT / "requirements" / "base.txt").read_text(encoding="utf-8"))

    assert {name: held[name] for name, floor in FLOORS.items() if Version(held[name]) < Version(floor)} == {}


def test_the_browser_lock_has_integrity_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}

    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert addresses(text) == []
    assert "resolved" not in text


def test_faults_in_a_lock_are_found() -> None:
    option = "--index" + "-url"
    bad = f"{option} https://lock.example/simple\nnh3==0.3.8\ndjango==5.2 \\\n    --hash=sha256:aa\n"

    assert without_hash(bad) == ["nh3"]
    assert addresses(bad) == [option, "https://lock.example/simple"]
