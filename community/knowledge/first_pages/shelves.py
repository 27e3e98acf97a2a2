"""Puts a shelf (an index page) below the home page and a link to it on the bar, with historical models."""

from typing import Any

from django.utils.timezone import now
from treebeard.numconv import NumConv

STEP = 4
COUNTING = NumConv("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def put_shelf(apps: Any, model: str, *, slug: str, title: str, intro: str, link: str, **fields: Any) -> Any:
    """Create the page as the home page's last child, read by everybody, and its link after those of the menu."""
    Model = apps.get_model("knowledge", model)
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="knowledge", model=model.lower()
    )
    home = _home(apps)
    page = Model.objects.create(
        path=_next_path(apps, home.path), depth=home.depth + 1, numchild=0, url_path=f"{home.url_path}{slug}/",
        content_type=kind, locale=home.locale, title=title, draft_title=title, slug=slug, live=True,
        audience="public", first_published_at=now(), last_published_at=now(), intro=intro, **fields,
    )  # fmt: skip
    apps.get_model("wagtailcore", "Page").objects.filter(pk=home.pk).update(numchild=home.numchild + 1)
    _link(apps, page, link)
    return page


def take_shelf_away(apps: Any, *, slug: str) -> None:
    """Undo `put_shelf` with everything that stands on it."""
    Page = apps.get_model("wagtailcore", "Page")
    home = _home(apps)
    shelf = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1, slug=slug).first()
    if shelf is None:
        return
    apps.get_model("knowledge", "NavigationItem").objects.filter(page_id=shelf.pk).delete()
    Page.objects.filter(path__startswith=shelf.path).delete()
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild - 1)


def _home(apps: Any) -> Any:
    site = apps.get_model("wagtailcore", "Site").objects.get(is_default_site=True)
    return apps.get_model("wagtailcore", "Page").objects.get(pk=site.root_page_id)


def _next_path(apps: Any, parent: str) -> str:
    children = apps.get_model("wagtailcore", "Page").objects.filter(
        path__startswith=parent, depth=len(parent) // STEP + 1
    )
    last = children.order_by("path").values_list("path", flat=True).last()
    number = COUNTING.str2int(last[-STEP:]) + 1 if last else 1
    return f"{parent}{COUNTING.int2str(number).rjust(STEP, '0')}"


def _link(apps: Any, page: Any, label: str) -> None:
    navigation = apps.get_model("knowledge", "Navigation").objects.first()
    if navigation is None:
        return
    item_model = apps.get_model("knowledge", "NavigationItem")
    order = item_model.objects.filter(navigation=navigation, place="menu").count()
    item_model.objects.create(navigation=navigation, sort_order=order, place="menu", page_id=page.pk, label=label)
