"""The lists a write-up's setting is chosen from. Whatever can be compared between two regions is one of these."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    ATTEMPT = "attempt", _("Attempt that did not work")
    SOP = "sop", _("Standard operating procedure")


class Standing(models.TextChoices):
    CURRENT = "current", _("Current")
    REVIEW_DUE = "review_due", _("Review due")
    RETIRED = "retired", _("Retired")


class Stage(models.TextChoices):
    """Where the newest draft is on its way; what readers see does not depend on it."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Waits for a moderator")
    IN_REVIEW = "in_review", _("In review")
    REVISING = "revising", _("Changes asked for")
    PUBLISHED = "published", _("Published")


class IncomeLevel(models.TextChoices):
    """Income groups of economies, as the World Bank names them; the author says which applies to the setting."""

    LOW = "low", _("Low income")
    LOWER_MIDDLE = "lower_middle", _("Lower-middle income")
    UPPER_MIDDLE = "upper_middle", _("Upper-middle income")
    HIGH = "high", _("High income")


class Locality(models.TextChoices):
    URBAN = "urban", _("Urban")
    PERIURBAN = "periurban", _("Edge of a city")
    RURAL = "rural", _("Rural")
    REMOTE = "remote", _("Remote")
    MIXED = "mixed", _("Urban and rural")
    EMERGENCY = "emergency", _("Camp or emergency setting")


class FacilityLevel(models.TextChoices):
    COMMUNITY = "community", _("Community and home")
    PRIMARY = "primary", _("Health post or health centre")
    DISTRICT = "district", _("District or first-level hospital")
    REGIONAL = "regional", _("Regional hospital")
    TERTIARY = "tertiary", _("Tertiary or teaching hospital")
    PREHOSPITAL = "prehospital", _("Ambulance and prehospital")
    LONG_TERM = "long_term", _("Long-term care")
    SYSTEM = "system", _("Programme or health authority")


class StaffMix(models.TextChoices):
    COMMUNITY_WORKERS = "community_workers", _("Community health workers")
    NURSES = "nurses", _("Nurses and midwives")
    CLINICAL_OFFICERS = "clinical_officers", _("Clinical officers and physician assistants")
    GENERALISTS = "generalists", _("Generalist physicians with nurses")
    SPECIALISTS = "specialists", _("Specialist team")
    MIXED = "mixed", _("Several professions together")


class PopulationBand(models.TextChoices):
    """How many people the service is for."""

    UNDER_1K = "under_1k", _("Under 1,000 people")
    UNDER_10K = "under_10k", _("1,000 to 9,999 people")
    UNDER_100K = "under_100k", _("10,000 to 99,999 people")
    UNDER_1M = "under_1m", _("100,000 to 999,999 people")
    OVER_1M = "over_1m", _("1 million people or more")


class Certainty(models.TextChoices):
    """Certainty of the literature behind a practice (GRADE)."""

    HIGH = "high", _("High")
    MODERATE = "moderate", _("Moderate")
    LOW = "low", _("Low")
    VERY_LOW = "very_low", _("Very low")


class EvidenceLevel(models.IntegerChoices):
    """Evidence from practice, computed from what adopters report; nobody sets it by hand."""

    IDEA = 0, _("Idea")
    DESCRIBED = 1, _("Described")
    BEFORE_AFTER = 2, _("Measured before and after")
    CONTROLLED = 3, _("Controlled or time series")
    REPLICATED = 4, _("Replicated at another site")
    REPLICATED_WIDELY = 5, _("Replicated in two or more regions")
