"""The rows of verification: applications, their evidence, vouches, codes and decisions, and imported registers."""

from community.credentials.models.application import Application
from community.credentials.models.control import Challenge, ReviewedDomain
from community.credentials.models.decision import Decision
from community.credentials.models.evidence import CLASS_OF, DOCUMENT_KINDS, Evidence, Kind, Standing
from community.credentials.models.register import RegisterEntry, RegisterImport
from community.credentials.models.vouch import Known, Vouch

__all__ = [
    "CLASS_OF",
    "DOCUMENT_KINDS",
    "Application",
    "Challenge",
    "Decision",
    "Evidence",
    "Kind",
    "Known",
    "RegisterEntry",
    "RegisterImport",
    "ReviewedDomain",
    "Standing",
    "Vouch",
]
