"""Static files with their digest in the name, ES module imports included, so that they can be cached for ever."""

from collections.abc import Callable
from re import Match
from typing import Any

from servestatic.storage import CompressedManifestStaticFilesStorage

# Files of others ship as they are: bundles that import nothing, and modules that nobody loads from here.
AS_THEY_SHIP = ("vendor/", "django_htmx/", "wagtail", "ninja/", "mfa/", "account/")


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    support_js_module_import_aggregation = True
    manifest_strict = False

    def url_converter(self, name: str, *args: Any, **options: Any) -> Callable[[Match[str]], str]:
        if name.startswith(AS_THEY_SHIP):
            return lambda match: match.group()
        converter: Callable[[Match[str]], str] = super().url_converter(name, *args, **options)
        return converter
