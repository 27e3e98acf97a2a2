"""What pages cost: one literal number of queries each, the same with one and with fifty of everything below them."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.core.actors import SYSTEM
from community.core.audiences import Viewer
from community.knowledge.models import Adaptation, WriteUpPage
from community.knowledge.operations.lineage import adapt
from community.knowledge.operations.writeups import publish_version
from community.members.models import Country
from tests.factories.forums import verified_member
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
TABLES = {
    "wagtailcore_page": "id",
    "knowledge_audiencedpage": "page_ptr_id",
    "knowledge_writeuppage": "audiencedpage_ptr_id",
}


def multiply(adaptation: Adaptation, count: int) -> None:
    """So many more published children of the same page, each in a country of its own: rows, not the way there."""
    child = adaptation.child
    numbers = range(child.pk + 1000, child.pk + 1000 + count)
    countries = list(Country.objects.exclude(who_region="").order_by("code").values_list("pk", flat=True)[:count])
    for table, key in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [child.pk])
            columns = [column[0] for column in cursor.description]
            row = cursor.fetchone()
            values = dict(zip(columns, row, strict=True))
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                [
                    list({**values, **_own(values, key, number, place, countries[place])}.values())
                    for place, number in enumerate(numbers)
                ],
            )
    through = WriteUpPage.specialties.through
    specialty = adaptation.parent.specialties.get().pk
    through.objects.bulk_create([through(writeuppage_id=number, specialty_id=specialty) for number in numbers])
    fields = {field.attname: getattr(adaptation, field.attname) for field in Adaptation._meta.fields}
    del fields["id"], fields["public_id"]
    Adaptation.objects.bulk_create([Adaptation(**{**fields, "child_id": number}) for number in numbers])


def _own(values: dict[str, Any], key: str, number: int, place: int, country: int) -> dict[str, Any]:
    """What differs from one copy to the next."""
    own = {
        key: number,
        "path": f"{values.get('path', '')[:-4]}{1000 + place}",
        "slug": f"child-{place}",
        "url_path": f"/child-{place}/",
        "translation_key": uuid4().hex,
        "country_id": country,
    }
    return {name: value for name, value in own.items() if name in values}


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
