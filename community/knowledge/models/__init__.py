"""What editors write and keep: pages, media, and the site's navigation, banners and names."""

from community.knowledge.bulletin_words import Role, Severity
from community.knowledge.models.bulletins import (
    BulletinIndexPage,
    BulletinOpening,
    BulletinPage,
    BulletinRelease,
    BulletinVersion,
    Duty,
    ReleaseState,
)
from community.knowledge.models.lineage import (
    Adaptation,
    AdopterReport,
    Facing,
    OutcomeHere,
    ReportMonth,
)
from community.knowledge.models.media import Handout, Picture, Rendition
from community.knowledge.models.myths import (
    Channel,
    ClaimVerdict,
    Hearing,
    MythIndexPage,
    MythPage,
    MythReview,
    Rumour,
    RumourState,
    Telling,
)
from community.knowledge.models.pages import AudiencedPage, GuidelinePage, HelpPage, HomePage, IndexPage
from community.knowledge.models.reviews import PeerReview, PeerReviewTask, Remark, ReviewState, Seat, Verdict, Weight
from community.knowledge.models.site import Banner, Navigation, NavigationItem, SiteOptions
from community.knowledge.models.sortings import Sorting, SortingKind
from community.knowledge.models.translations import Translation, TranslationState
from community.knowledge.models.wordings import PageInLanguage
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
    "BulletinIndexPage",
    "BulletinOpening",
    "BulletinPage",
    "BulletinRelease",
    "BulletinVersion",
    "Channel",
    "ClaimVerdict",
    "DraftComment",
    "Duty",
    "Facing",
    "GuidelinePage",
    "Handout",
    "Hearing",
    "HelpPage",
    "HomePage",
    "IndexPage",
    "MythIndexPage",
    "MythPage",
    "MythReview",
    "Navigation",
    "NavigationItem",
    "OutcomeHere",
    "PageInLanguage",
    "PeerReview",
    "PeerReviewTask",
    "Picture",
    "ReleaseState",
    "Remark",
    "Rendition",
    "ReportMonth",
    "ReviewState",
    "Role",
    "Rumour",
    "RumourState",
    "Seat",
    "Severity",
    "SiteOptions",
    "Sorting",
    "SortingKind",
    "Telling",
    "Translation",
    "TranslationState",
    "Verdict",
    "Version",
    "Weight",
    "WriteUpIndexPage",
    "WriteUpPage",
    "WriteUpTag",
]
