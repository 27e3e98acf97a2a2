"""Loads the taxonomies of `data/*.csv` into their tables; a corrected file is loaded again by a migration."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

ModelOf = Callable[[str, str], Any]


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of a reference file; lines that begin with `#` are its header comment."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def load_reference_data(model_of: ModelOf) -> None:
    """Add and correct professions, specialties and countries; rows that left a file stay, for members may use them.

    `model_of(app, model)` is `apps.get_model`, so that a migration can call this with the models of its time.
    """
    _load(model_of("members", "Profession"), rows_of("professions"), key="code", fields=("name", "group"))
    _load_specialties(model_of("members", "Specialty"))
    fields = ("alpha3", "m49", "name", "who_region", "m49_region", "m49_subregion")
    _load(model_of("members", "Country"), rows_of("countries"), key="code", fields=fields)


def _load(model: Any, rows: Iterator[dict[str, str]], *, key: str, fields: tuple[str, ...]) -> None:
    known = {getattr(found, key): found for found in model.objects.all()}
    for row in rows:
        found = known.get(row[key]) or model(**{key: row[key]})
        for name in fields:
            setattr(found, name, row[name])
        found.save()


def _load_specialties(model: Any) -> None:
    _load(model, rows_of("specialties"), key="slug", fields=("name", "isco"))
    found = {specialty.slug: specialty for specialty in model.objects.all()}
    for row in rows_of("specialties"):
        found[row["slug"]].parent = found[row["parent"]] if row["parent"] else None
    model.objects.bulk_update(found.values(), ["parent"])
