"""Every address of the site, from the resolver itself: ours, allauth's and Wagtail's."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

# What Wagtail's addresses are asked with: the first page, the first of anything, a word that names nothing.
STAND_INS: dict[str, Any] = {
    "app_label": "knowledge",
    "app_name": "knowledge",
    "model_name": "banner",
    "action": "delete",
    "content_type_app_name": "knowledge",
    "content_type_model_name": "homepage",
    "uidb64": "MQ",
    "token": "x-y",
    "uidb36": "1",
    "key": "x-y",
    "slug": "nothing",
    "signature": "nothing",
    "filter_spec": "width-100",
    "filename": "nothing.png",
    "document_filename": "nothing.pdf",
    "site_pk": 1,
    "report_name": "nothing",
    "mode": "nothing",
    "panel_id": "nothing",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "locale_code": "en",
    "path": "nothing/",
    "form": "png",
    "url_name": "nothing",
}


@dataclass(frozen=True)
class Route:
    """One address: its full name (or its pattern where it has none) and the names of its arguments."""

    name: str
    pattern: str
    arguments: tuple[str, ...]

    def path(self, **given: Any) -> str:
        """The address with `given` or, for the rest, stand-ins."""
        if not self.arguments:
            return self._plain()
        values = {name: given.get(name, STAND_INS.get(name, 1)) for name in self.arguments}
        if self.arguments[0].startswith("_"):
            return reverse(self.name, args=["nothing/"] if len(self.arguments) == 1 else [1, "nothing.pdf"])
        return reverse(self.name, kwargs=values)

    def _plain(self) -> str:
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return "/" + self.pattern.replace("^", "").replace(".*", "nothing").replace("$", "")


@cache
def routes() -> tuple[Route, ...]:
    """All routes, each name once for each set of arguments."""
    found = {(route.name, route.arguments): route for route in _walk(get_resolver())}
    return tuple(found.values())


def own_routes() -> list[Route]:
    """Ours, allauth's and the API's: those with a row of their own."""
    return [route for route in routes() if not route.name.startswith("wagtail")]


def wagtail_routes() -> list[Route]:
    return [route for route in routes() if route.name.startswith("wagtail")]


def _walk(resolver: URLResolver, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, pattern, inner)
        else:
            yield _route(entry, pattern, namespaces)


def _route(entry: URLPattern, pattern: str, namespaces: tuple[str, ...]) -> Route:
    name = ":".join((*namespaces, entry.name)) if entry.name else pattern
    regex = entry.pattern.regex
    arguments = tuple(regex.groupindex) or tuple(f"_{number}" for number in range(regex.groups))
    return Route(name, pattern, arguments)
