"""A new site starts with its home page, its rules, its help, its shelves, and a navigation that leads to them."""

import datetime as dt
import json
import uuid

from django.db import migrations
from django.utils.timezone import now

from community.knowledge.first_pages.guidelines import GUIDELINES
from community.knowledge.first_pages.help import HELP
from community.knowledge.first_pages.home import HOME
from community.knowledge.first_pages.shelves import put_shelf, take_shelf_away

HOME_PATH = "00010001"
NAVIGATION = [
    ("rules", "guidelines", ""),
    ("help", "help", "Help and contact"),
    ("rules", "code-of-conduct", ""),
    ("rules", "writing-without-a-case", ""),
    ("rules", "privacy", ""),
    ("rules", "accessibility", ""),
]


class Shelf:
    """Writes pages with historical models, whose tree methods migrations do not have."""

    def __init__(self, apps):
        self.apps = apps
        self.locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
        self.made = {}

    def put(self, model, path, url_path, children=0, **fields):
        Model = self.apps.get_model("knowledge", model)
        kind, _created = self.apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="knowledge", model=model.lower()
        )
        if "body" in fields:
            fields["body"] = json.dumps([{**block, "id": str(uuid.uuid4())} for block in fields["body"]])
        page = Model.objects.create(
            path=path, depth=len(path) // 4, numchild=children, url_path=url_path, content_type=kind,
            locale=self.locale, draft_title=fields["title"], live=True, audience="public",
            first_published_at=now(), last_published_at=now(), **fields,
        )  # fmt: skip
        self.made[fields["slug"]] = page
        return page

    def shelve(self, number, model, pages, **index):
        path, slug = f"{HOME_PATH}{number:04d}", index["slug"]
        self.put("IndexPage", path, f"/home/{slug}/", len(pages), **index)
        for place, fields in enumerate(pages, start=1):
            self.put(model, f"{path}{place:04d}", f"/home/{slug}/{fields['slug']}/", **dated(fields))


def dated(fields):
    in_force = fields.get("in_force_from")
    return {**fields, "in_force_from": dt.date.fromisoformat(in_force)} if in_force else fields


def write_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    site = Site.objects.filter(is_default_site=True).first()
    Site.objects.all().delete()
    Page.objects.filter(path__startswith=HOME_PATH).delete()

    shelf = Shelf(apps)
    home = shelf.put("HomePage", HOME_PATH, "/home/", 2, slug="home", **HOME)
    shelf.shelve(
        1, "GuidelinePage", GUIDELINES, title="Guidelines", slug="guidelines",
        intro="What members agree to, how to write without a case, how people are verified, what happens to data.",
    )  # fmt: skip
    shelf.shelve(
        2, "HelpPage", HELP, title="Help", slug="help",
        intro="How the site works, in short pages. If something is missing, write to us.",
    )  # fmt: skip
    Page.objects.filter(path="0001").update(numchild=1)
    Site.objects.create(
        hostname=site.hostname if site else "localhost",
        port=site.port if site else 80,
        site_name="Collegium",
        root_page_id=home.pk,
        is_default_site=True,
    )
    navigation = apps.get_model("knowledge", "Navigation").objects.create()
    Item = apps.get_model("knowledge", "NavigationItem")
    for order, (place, slug, label) in enumerate(NAVIGATION):
        Item.objects.create(
            navigation=navigation, sort_order=order, place=place, page_id=shelf.made[slug].pk, label=label
        )


def add_shelves(apps, schema_editor):
    put_shelf(
        apps,
        "WriteUpIndexPage",
        slug="practices",
        title="Best practice",
        intro="What colleagues tried for a problem in their region: what worked, what did not, and what to keep "
        "when you try it where you are.",
        link="Best practice",
    )
    put_shelf(
        apps,
        "MythIndexPage",
        slug="myths",
        title="Myth checks",
        intro="Claims that clinicians hear, checked by clinicians: the fact first, then the verdict, why the claim "
        "misleads, and the sources. Free to share.",
        link="Myths",
    )
    put_shelf(
        apps,
        "BulletinIndexPage",
        slug="bulletins",
        title="Bulletins",
        intro="What happened, why trust this, what to do now, and what follows if one does not. Each bulletin is "
        "released by two people and is corrected in the open.",
        link="Bulletins",
    )


def take_shelves_away(apps, schema_editor):
    for model in ("BulletinOpening", "BulletinVersion", "BulletinRelease", "Version"):
        apps.get_model("knowledge", model).objects.all().delete()
    for slug in ("bulletins", "myths", "practices"):
        take_shelf_away(apps, slug=slug)


def keep_pages(apps, schema_editor):
    """Undoing the schema removes the pages; there is nothing else to put back."""


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0002_first_pages_and_navigation"),
        ("knowledge", "0005_practices_have_a_shelf"),
        ("knowledge", "0010_guidelines_and_help_stand_in_the_foot"),
    ]
    dependencies = [
        ("knowledge", "0001_pages_write_ups_myths_and_bulletins"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RunPython(write_pages, keep_pages),
        migrations.RunPython(add_shelves, take_shelves_away),
    ]
