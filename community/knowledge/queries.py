"""What the frame and the packages above read from editors' content."""

from django.db.models import QuerySet

from community.knowledge.models import Banner, GuidelinePage, NavigationItem, SiteOptions
from community.knowledge.models.wordings import with_titles

CODE_OF_CONDUCT = "code-of-conduct"


def navigation_rows() -> QuerySet[NavigationItem]:
    """The links of the site's navigation whose pages are published, in the editors' order, with `own_title`."""
    rows: QuerySet[NavigationItem] = NavigationItem.objects.filter(page__live=True)
    return with_titles(rows.select_related("page").order_by("sort_order"), "page")  # type: ignore[no-any-return]


def banner_rows() -> QuerySet[Banner]:
    """The banners whose time it is, the newest first."""
    return Banner.objects.current().select_related("page")


def site_options() -> SiteOptions:
    """Names, contacts and the rules in force."""
    return SiteOptions.load()  # type: ignore[no-any-return]


def code_of_conduct() -> GuidelinePage | None:
    """The published code of conduct, where there is one."""
    return GuidelinePage.objects.live().filter(slug=CODE_OF_CONDUCT).first()  # type: ignore[no-any-return]
