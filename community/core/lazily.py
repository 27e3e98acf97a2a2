"""Large libraries that few requests need: imported when first something of them is used, not at every start."""

from importlib import import_module
from typing import Any


class Lazily:
    """Stands for the module `name`. Each look asks Python's own table of modules, which threads may share."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
