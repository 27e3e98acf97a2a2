"""Static files with their digest in the name, ES module imports included, so that they can be cached for ever."""

from collections.abc import Callable, Iterable
from re import Match
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder
from servestatic.storage import CompressedManifestStaticFilesStorage

# Files of others ship as they are: bundles that import nothing, and modules that nobody loads from here.
AS_THEY_SHIP = ("vendor/", "django_htmx/", "wagtail", "ninja/", "mfa/", "account/")
# Packages that ship many builds of the same thing, and the one that pages load.
ONE_BUILD = {"vendor/hls.js": {"hls.light.min.mjs"}}


class PackageFinder(FileSystemFinder):
    """The files of npm packages, without the builds and maps that no page loads."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for path, storage in super().list(ignore_patterns or []):
            if path in ONE_BUILD.get(storage.prefix, {path}):
                yield path, storage


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    support_js_module_import_aggregation = True
    manifest_strict = False

    def url_converter(self, name: str, *args: Any, **options: Any) -> Callable[[Match[str]], str]:
        if name.startswith(AS_THEY_SHIP):
            return lambda match: match.group()
        converter: Callable[[Match[str]], str] = super().url_converter(name, *args, **options)
        return converter
