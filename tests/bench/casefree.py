"""How well and how fast does the guard read? Runs on a folder of labelled texts that is not part of the repository.

`manage.py bench casefree folder=DIR`, where DIR holds `identifiers.jsonl` and `single_identifier.jsonl`
(`{"text", "identifiers": [{"identifier_type", "value"}]}`), and `abstracts.jsonl` (`{"text"}`); missing files are
left out. Without a folder only the speed is measured, on made-up text.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.casefree.outcomes import Outcome
from community.casefree.screening import screen

PROSE = "Patients with atrial fibrillation (n = 2,104) received 5 mg twice daily from 2019 to 2021; see NG196. "


def run(folder: str = "", kilobytes: str = "200") -> dict[str, Any]:
    """Recall by kind of identifier, share of harmless texts flagged, and characters read in a second."""
    found: dict[str, Any] = {"characters_per_s": _speed(int(kilobytes))}
    for name in ("identifiers", "single_identifier", "abstracts", "visit_notes"):
        path = Path(folder) / f"{name}.jsonl"
        if folder and path.exists():
            found[name] = _measure(list(_rows(path)))
    return found


def _measure(rows: list[dict[str, Any]]) -> dict[str, Any]:
    planted, hit = Counter[str](), Counter[str]()
    flagged = Counter[tuple[str, str]]()
    for row in rows:
        outcome = screen(row["text"])
        kind = "with_identifier" if row.get("identifiers") else "without"
        flagged[kind, "all"] += 1
        flagged[kind, "flagged"] += outcome.outcome != "pass"
        for identifier in row.get("identifiers", ()):
            planted[identifier["identifier_type"]] += 1
            hit[identifier["identifier_type"]] += _is_covered(row["text"], identifier["value"], outcome)
    return {
        "flagged": {" ".join(key): count for key, count in sorted(flagged.items())},
        "recall": {kind: round(hit[kind] / count, 3) for kind, count in planted.most_common()},
    }


def _is_covered(text: str, value: str, outcome: Outcome) -> bool:
    start = text.find(value)
    return any(finding.start < start + len(value) and start < finding.end for finding in outcome.findings)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _speed(kilobytes: int) -> int:
    text = (PROSE * 40)[:4_000]
    rounds = max(1, kilobytes // 4)
    began = time.process_time()
    for _ in range(rounds):
        screen(text)
    return round(rounds * len(text) / (time.process_time() - began))
