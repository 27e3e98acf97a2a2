"""What editors write and keep: pages, media, and the site's navigation, banners and names."""

from community.knowledge.models.lineage import (
    Adaptation,
    AdopterReport,
    Facing,
    OutcomeHere,
    ReportMonth,
)
from community.knowledge.models.media import Handout, Picture, Rendition
from community.knowledge.models.pages import AudiencedPage, GuidelinePage, HelpPage, HomePage, IndexPage
from community.knowledge.models.reviews import PeerReview, PeerReviewTask, Remark, ReviewState, Seat, Verdict, Weight
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
    "Adaptation",
    "AdopterReport",
    "AudiencedPage",
    "AuthorState",
    "Authorship",
    "Banner",
    "DraftComment",
    "Facing",
    "GuidelinePage",
    "Handout",
    "HelpPage",
    "HomePage",
    "IndexPage",
    "Navigation",
    "NavigationItem",
    "OutcomeHere",
    "PeerReview",
    "PeerReviewTask",
    "Picture",
    "Remark",
    "Rendition",
    "ReportMonth",
    "ReviewState",
    "Seat",
    "SiteOptions",
    "Verdict",
    "Version",
    "Weight",
    "WriteUpIndexPage",
    "WriteUpPage",
    "WriteUpTag",
]
