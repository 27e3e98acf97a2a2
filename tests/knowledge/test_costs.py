"""What pages cost: one literal number of queries each, the same with one and with fifty of everything below them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from community.core.actors import SYSTEM
from community.core.audiences import Viewer
from community.knowledge.models import Adaptation, BulletinPage, MythPage, WriteUpPage
from community.knowledge.operations.lineage import adapt
from community.knowledge.operations.writeups import publish_version
from community.members.models import Country
from tests.factories.forums import verified_member
from tests.factories.knowledge import make_bulletin, make_myth, on_duty
from tests.knowledge.practices import frame, published

pytestmark = pytest.mark.django_db

#: For a visitor, whose rights cost no query.
COSTS = {
    "/practices/": 21,
    "/practices/{slug}/": 23,
    "/practices/{slug}/lineage/": 10,
    "/regions/": 7,
    "/regions/africa/": 13,
    "/specialties/{specialty}/": 14,  # Two for myth checks: which, and how many.
}
CHECKS = {"/myths/": 10, "/bulletins/": 9}
PAGES = {"wagtailcore_page": "id", "knowledge_audiencedpage": "page_ptr_id"}
TABLES = {**PAGES, "knowledge_writeuppage": "audiencedpage_ptr_id"}


def multiply(adaptation: Adaptation, count: int) -> None:
    """So many more published children of the same page, each in a country of its own: rows, not the way there."""
    child = adaptation.child
    countries = Country.objects.exclude(who_region="").order_by("code").values_list("pk", flat=True)[:count]
    numbers = copy(child, TABLES, [{"country_id": country} for country in countries])
    through = WriteUpPage.specialties.through
    specialty = adaptation.parent.specialties.get().pk
    through.objects.bulk_create([through(writeuppage_id=number, specialty_id=specialty) for number in numbers])
    fields = {field.attname: getattr(adaptation, field.attname) for field in Adaptation._meta.fields}
    del fields["id"], fields["public_id"]
    Adaptation.objects.bulk_create([Adaptation(**{**fields, "child_id": number}) for number in numbers])


def copy(page: Any, tables: dict[str, str], changes: list[dict[str, Any]]) -> list[int]:
    """Rows like those of a page, as many as there are changes; returns their numbers."""
    last = Page.objects.order_by("pk").last().pk
    numbers = list(range(last + 1, last + 1 + len(changes)))
    for table, key in tables.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [page.pk])
            names = [column[0] for column in cursor.description]
            row = dict(zip(names, cursor.fetchone(), strict=True))
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
                [
                    list({**row, **_own(row, key, number, place, changes[place])}.values())
                    for place, number in enumerate(numbers)
                ],
            )
    return numbers


def _own(row: dict[str, Any], key: str, number: int, place: int, changes: dict[str, Any]) -> dict[str, Any]:
    """What differs from one copy to the next."""
    own = {
        key: number,
        "path": f"{row.get('path', '')[:-4]}{1000 + place}",
        "slug": f"copy-{number}",
        "url_path": f"/copy-{number}/",
        "translation_key": uuid4().hex,
        **changes,
    }
    return {name: value for name, value in own.items() if name in row}


def cost(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    return len(captured)


def test_pages_cost_the_same_with_one_child_and_with_fifty() -> None:
    author, adopter = (verified_member(country=Country.objects.get(code=code)) for code in ("KE", "IN"))
    page = published(author, audience="public")
    adaptation = adapt(page, by=adopter, frame=frame(country=adopter.country))
    child = adaptation.child
    publish_version(child, by=SYSTEM)
    WriteUpPage.objects.filter(pk=child.pk).update(audience="public", country=adopter.country)
    names = {"slug": page.slug, "specialty": page.specialties.get().slug}
    Client().get("/practices/")  # Whatever is kept in memory for all is there now.
    with_one = {path: cost(path.format(**names)) for path in COSTS}

    multiply(Adaptation.objects.select_related("child").get(), 49)

    assert WriteUpPage.objects.visible_to(Viewer.anonymous()).count() == 51
    assert {path: cost(path.format(**names)) for path in COSTS} == with_one == COSTS


def test_lists_of_checks_and_bulletins_cost_the_same_with_one_and_with_fifty() -> None:
    first, second = on_duty(), on_duty()
    kinds = {"mythpage": make_myth(first), "bulletinpage": make_bulletin(first, second)}
    for path in CHECKS:
        Client().get(path)
    with_one = {path: cost(path) for path in CHECKS}

    for kind, page in kinds.items():
        copy(page, {**PAGES, f"knowledge_{kind}": "audiencedpage_ptr_id"}, [{}] * 49)

    assert MythPage.objects.live().count() == BulletinPage.objects.live().count() == 50
    assert {path: cost(path) for path in CHECKS} == with_one == CHECKS
