"""The Dockerfile, by the rules of hadolint that matter here; no engine is needed to read it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
INSTRUCTIONS = {
    *{"FROM", "ARG", "ENV", "LABEL", "RUN", "COPY", "WORKDIR", "USER"},
    *{"VOLUME", "EXPOSE", "ENTRYPOINT", "CMD", "HEALTHCHECK"},
}


def instructions(text: str) -> list[tuple[str, str]]:
    """(instruction, argument) of each logical line."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    return [
        (word, rest.strip()) for word, _, rest in (line.strip().partition(" ") for line in joined.splitlines() if line)
    ]


def faults(text: str) -> list[str]:
    steps = instructions(text)
    last_stage = [index for index, (word, _) in enumerate(steps) if word == "FROM"][-1]
    final = steps[last_stage:]
    users = [rest for word, rest in final if word == "USER"]
    lacks = {
        "unknown instruction": any(word not in INSTRUCTIONS for word, _ in steps),
        "base image without a version": any(
            word == "FROM" and (":" not in rest.split()[0] or rest.split()[0].endswith(":latest"))
            for word, rest in steps
        ),
        "one stage": last_stage == 0,
        "ends as root": not users or users[-1].partition(":")[0] in {"0", "root"},
        "no health check": not any(word == "HEALTHCHECK" for word, _ in final),
        "ADD or sudo": any(word == "ADD" or re.search(r"\bsudo\b", rest) for word, rest in steps),
        "copies everything": any(word == "COPY" and rest.split()[0] == "." for word, rest in steps),
        "shell form": any(word in {"ENTRYPOINT", "CMD"} and not rest.startswith("[") for word, rest in steps),
        "installs without hashes": any("pip install" in rest and "--require-hashes" not in rest for _, rest in steps),
        "secret in the image": any(
            word in {"ENV", "ARG"} and re.search(r"PASSWORD|SECRET|TOKEN", rest) for word, rest in steps
        ),
    }
    return [what for what, is_so in lacks.items() if is_so]


def test_the_image_is_small_in_rights_and_exact_in_contents() -> None:
    assert faults((ROOT / "Dockerfile").read_text(encoding="utf-8")) == []


def test_every_copied_path_exists() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = [
        rest.split()[:-1] for word, rest in instructions(text) if word == "COPY" and not rest.startswith("--from")
    ]

    assert [path for paths in copied for path in paths if not (ROOT / path).exists()] == []


def test_every_package_of_ours_is_in_the_image() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools"}

    assert packages <= set(re.findall(r"^COPY (\w+) \w+$", text, re.M))


def test_a_careless_file_is_found() -> None:
    careless = "FROM python\nENV SECRET_KEY=x\nADD . /srv\nCOPY . /srv\nRUN pip install django\nCMD python manage.py\n"

    assert set(faults(careless)) == {
        "unknown instruction",
        "base image without a version",
        "one stage",
        "ends as root",
        "no health check",
        "ADD or sudo",
        "copies everything",
        "shell form",
        "installs without hashes",
        "secret in the image",
    }
