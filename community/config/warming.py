"""What the first visitor would wait for is loaded before the first visitor: addresses with their views, and the guard.

Both together take about a second. Without this, whoever speaks first after a restart would hold up all others.
"""

from django.urls import get_resolver

from community.core.screening import screen_words

# Words with numbers, names of drugs and places, so that all of the guard's lists are read. Nothing is stored.
SAMPLE = (
    "How do others dose gentamicin when renal function is reduced (eGFR < 30)? In Leeds we follow the WHO guidance of "
    "2022, p. 14, and ask again after 48 hours; see Smith et al., Lancet 2019."
)


def warm_up() -> None:
    """Load what is otherwise loaded at its first use."""
    _ = get_resolver().url_patterns
    screen_words("chat", text=SAMPLE)
    screen_words("post", body=SAMPLE)
