"""What editors write and keep: pages, media, and the site's navigation, banners and names."""

from community.knowledge.models.media import Handout, Picture, Rendition
from community.knowledge.models.pages import AudiencedPage, GuidelinePage, HelpPage, HomePage, IndexPage
from community.knowledge.models.site import Banner, Navigation, NavigationItem, SiteOptions
from community.knowledge.models.writeups import (
    Authorship,
    AuthorState,
    DraftComment,
    Version,
    WriteUpIndexPage,
    WriteUpPage,
    WriteUpTag,
)

__all__ = [
    "AudiencedPage",
    "AuthorState",
    "Authorship",
    "Banner",
    "DraftComment",
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
    "Version",
    "WriteUpIndexPage",
    "WriteUpPage",
    "WriteUpTag",
]
