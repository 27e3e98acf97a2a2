"""`make lock`: compiles the locks again. They hold hashes and no address, so that any index or mirror serves them."""

import json
import subprocess
import sys

from tools.console import step
from tools.install import PYTHON, install_browser_packages, install_python_packages
from tools.stamps import ROOT

LOCKS = ("installer", "base", "s3", "test", "semantic", "casefree-ner", "node")
HEADER = "# Compiled from {name}.in by `make lock`; do not edit.\n"


def main(arguments: list[str]) -> None:
    install_python_packages("base")
    for name in LOCKS:
        with step(f"requirements/{name}.txt"):
            _compile(name, upgrade="--upgrade" in arguments)
    with step("package-lock.json"):
        _lock_browser_packages()
    install_browser_packages()


def _compile(name: str, *, upgrade: bool) -> None:
    lock = ROOT / "requirements" / f"{name}.txt"
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
    private = ["--no-emit-index-url", "--no-emit-find-links", "--quiet", *(["--upgrade"] if upgrade else [])]
    source = f"requirements/{name}.in"
    command = [str(PYTHON), "-m", "uv", "pip", "compile", *options, *private, source, "-o", f"requirements/{name}.txt"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lock.write_text(HEADER.format(name=name) + lock.read_text(encoding="utf-8"), encoding="utf-8")


def _lock_browser_packages() -> None:
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)  # Addresses of sponsors; npm does not need them.
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
