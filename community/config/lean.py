"""What libraries would load at every start although nothing here uses it: about 30 MB of each process.

Called before anything else of this package is imported. Afterwards the libraries that were left out can be imported as
ever, by whom they serve.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

# Who imports → what it can do without: TLS for Twisted (a proxy has it), a second parser for Beautiful Soup (Wagtail
# names the one of the standard library), HEIF for Willow (pictures of pages are JPEG, PNG and WebP).
LEFT_OUT = {"daphne.server": "OpenSSL", "bs4": "lxml", "willow.plugins.pillow": "pillow_heif"}


@contextmanager
def without(library: str) -> Iterator[None]:
    """Within the block the library seems not to be installed, unless somebody has it already."""
    is_here = library in sys.modules
    if not is_here:  # None is Python's own word for "cannot be imported"
        sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_here:
            del sys.modules[library]


def leave_out() -> None:
    for importer, library in LEFT_OUT.items():
        with without(library):
            import_module(importer)
