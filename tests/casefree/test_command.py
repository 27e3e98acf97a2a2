"""`manage.py screen`: JSON lines in, JSON lines out, no database."""

import io
import json

import pytest
from django.core.management import call_command


def run(lines: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[dict[str, object]]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(line) for line in lines) + "\n"))
    out = io.StringIO()
    call_command("screen", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_screen_answers_each_line_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = run([{"text": "MRN 4471902", "thread": "x"}, {"text": "Give 500 mg"}], monkeypatch)

    assert (first["outcome"], second["outcome"]) == ("block", "pass")
    [finding] = first["findings"]  # type: ignore[misc]
    assert {"start": 4, "end": 11, "kind": "record_number"}.items() <= finding.items()
    assert second == {"outcome": "pass", "findings": [], "narrative": 0.0}


def test_screen_takes_surface_from_line_before_option(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "NPI 1234567893"

    answers = run([{"text": text}, {"text": text, "surface": "post"}], monkeypatch, "--surface", "profile")

    assert [answer["outcome"] for answer in answers] == ["pass", "block"]


def test_screen_takes_text_with_line_breaks_and_emoji(monkeypatch: pytest.MonkeyPatch) -> None:
    [answer] = run([{"text": "🫀\nMRN 4471902"}], monkeypatch)

    assert [(f["start"], f["end"]) for f in answer["findings"]] == [(6, 13)]  # type: ignore[attr-defined]
