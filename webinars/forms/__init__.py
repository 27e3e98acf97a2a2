"""What organisers, speakers and those who attend type in. Forms check shape; rights and words the operations."""

from webinars.forms.attending import ListForm, QuestionForm, RemindersForm
from webinars.forms.people import (
    ConflictsForm,
    CoverForm,
    CrewForm,
    GuestForm,
    HandoutForm,
    SeriesForm,
    SpeakerForm,
)
from webinars.forms.planning import (
    STEPS,
    AboutForm,
    AudienceForm,
    CancelForm,
    CreateForm,
    MoveForm,
    RepeatForm,
    RoomForm,
    StepForm,
    TimeForm,
    WholePlanForm,
)

__all__ = [
    "STEPS",
    "AboutForm",
    "AudienceForm",
    "CancelForm",
    "ConflictsForm",
    "CoverForm",
    "CreateForm",
    "CrewForm",
    "GuestForm",
    "HandoutForm",
    "ListForm",
    "MoveForm",
    "QuestionForm",
    "RemindersForm",
    "RepeatForm",
    "RoomForm",
    "SeriesForm",
    "SpeakerForm",
    "StepForm",
    "TimeForm",
    "WholePlanForm",
]
