"""What editors write and keep: pages, media, and the site's navigation, banners and names."""

from community.knowledge.models.media import Handout, Picture, Rendition
from community.knowledge.models.pages import AudiencedPage, GuidelinePage, HelpPage, HomePage, IndexPage
from community.knowledge.models.site import Banner, Navigation, NavigationItem, SiteOptions

__all__ = [
    "AudiencedPage",
    "Banner",
    "GuidelinePage",
    "Handout",
    "HelpPage",
    "HomePage",
    "IndexPage",
    "Navigation",
    "NavigationItem",
    "Picture",
    "Rendition",
    "SiteOptions",
]
