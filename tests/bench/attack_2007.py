"""`manage.py bench attack_2007 [tries=1000]`: sign-ups with nothing but public register data, as in 2007.

Each try copies a real-looking register entry, name and number, signs up under that name, applies, guesses codes sent
to the institution it does not belong to, uses free mail, an address at a domain it owns, and peers it does not know.
Then a careless verifier presses "verified" on every one. The figure that counts is `verified`; it must be 0.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
GIVEN = ("Ada", "Ines", "Jorge", "Mei", "Tomas", "Lena", "Kofi", "Sara", "Yusuf", "Nora")
FAMILY = ("Obi", "Duarte", "Lima", "Chen", "Novak", "Weber", "Mensah", "Lind", "Demir", "Berg")


def run(tries: str = "1000") -> dict[str, Any]:
    """Attack in a process and a database of its own."""
    script = f"from tests.bench.attack_2007 import measured; measured({int(tries)})"
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "DATA_DIR": scratch, "DATABASE_URL": "", "LOG_LEVEL": "ERROR"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(tries: int) -> None:
    """What the process of its own does: migrate, attack, print the figures as JSON."""
    import django  # noqa: PLC0415 - settings are read in this process only after its environment is set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(attack(tries)))  # noqa: T201 - read by the process that started this one


def attack(tries: int) -> dict[str, Any]:
    """Sign up and apply `tries` times; the database must be migrated. Figures, `verified` and `may_post` among them."""
    from tests.bench import impostors  # noqa: PLC0415 - its models need the settings of this process

    started = time.monotonic()
    entries = [
        impostors.publish_entry(serial, GIVEN[serial % 10], FAMILY[serial // 10 % 10]) for serial in range(tries)
    ]
    applicants = [impostors.sign_up_and_apply(entry) for entry in entries]
    return {"tries": tries, **impostors.outcome(applicants), "seconds": round(time.monotonic() - started, 1)}
