"""The reference data agree with the standards they were written from."""

from collections import Counter

import pycountry
import pytest
from django.apps import apps

from community.members.identifiers import normal_orcid, subdivisions
from community.members.models import Country, Profession, Specialty, WhoRegion
from community.members.reference import load_reference_data, rows_of

WHO_TOTALS = {"AFR": 47, "AMR": 35, "EMR": 21, "EUR": 53, "SEAR": 10, "WPR": 28}


def test_who_regions_have_as_many_members_as_who_says():
    members = Counter(row["who_region"] for row in rows_of("countries") if row["who_member"] == "1")
    assert members == WHO_TOTALS
    assert members.total() == 194
    assert set(members) == set(WhoRegion.values)


def test_countries_are_those_of_iso_3166():
    written = {(row["code"], row["alpha3"], row["m49"]) for row in rows_of("countries")}
    standard = {(country.alpha_2, country.alpha_3, country.numeric) for country in pycountry.countries}
    assert written == standard


def test_every_country_but_antarctica_has_its_m49_places():
    without = [row["code"] for row in rows_of("countries") if not (row["m49_region"] and row["m49_subregion"])]
    assert without == ["AQ"]
    assert len({row["m49_subregion"] for row in rows_of("countries")} - {""}) == 17


@pytest.mark.parametrize(("name", "key"), [("countries", "code"), ("professions", "code"), ("specialties", "slug")])
def test_no_row_stands_twice(name: str, key: str):
    rows = list(rows_of(name))
    for column in (key, "name"):
        assert [value for value, times in Counter(row[column] for row in rows).items() if times > 1] == []


def test_professions_are_the_unit_groups_of_isco_22_and_32():
    codes = {row["code"] for row in rows_of("professions")}
    beside = {"2634", "learner"}
    assert {code[:2] for code in codes - beside} == {"22", "32"}
    assert len([code for code in codes if code.startswith("22")]) == 15
    assert len([code for code in codes if code.startswith("32")]) == 17


def test_specialties_name_professions_and_parents_that_exist():
    rows = list(rows_of("specialties"))
    codes = {row["code"] for row in rows_of("professions")}
    slugs = {row["slug"] for row in rows}
    assert 110 <= len(rows) <= 160
    assert {code for row in rows for code in row["isco"].split()} <= codes
    assert {row["parent"] for row in rows} - {""} <= slugs
    assert all(row["isco"] and row["parent"] != row["slug"] for row in rows)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_mends_what_was_altered():
    counts = [model.objects.count() for model in (Country, Profession, Specialty)]
    Country.objects.filter(code="ID").update(who_region="SEAR")
    load_reference_data(apps.get_model)
    assert [model.objects.count() for model in (Country, Profession, Specialty)] == counts == [249, 34, 150]
    assert Country.objects.get(code="ID").who_region == "WPR"
    assert Specialty.objects.get(slug="stroke-medicine").parent.slug == "neurology"


@pytest.mark.parametrize("text", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", " 0000000218250097 "])
def test_orcid_is_kept_in_one_form(text: str):
    assert normal_orcid(text) == "0000-0002-1825-0097"


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "12345", "", "0000-0002-1825-009"])
def test_orcid_with_a_wrong_check_digit_is_refused(text: str):
    with pytest.raises(ValueError, match="ORCID"):
        normal_orcid(text)


def test_subdivisions_belong_to_their_country():
    assert subdivisions("KE")["KE-30"] == "Nairobi City"
    assert subdivisions("XX") == {}
