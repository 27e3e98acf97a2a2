"""What people type about themselves, before an operation takes it."""

from community.members.forms.applying import applied
from community.members.forms.directory import DirectoryForm
from community.members.forms.profile import ConflictsForm, ProfileForm, VisibilityForm
from community.members.forms.signup import SignupForm

__all__ = ["ConflictsForm", "DirectoryForm", "ProfileForm", "SignupForm", "VisibilityForm", "applied"]
