"""What is typed into Wagtail's own forms is screened before any of them sees it: no word that names a patient gets into
a comment, a reason, a copy's title, a redirect, a name of a collection, or a preview that the session would keep.

Pages, images and documents are screened by forms of ours, which show what is wrong beside the field (forms.py,
media_forms.py).
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from community.core.errors import Refused
from community.core.screening import refuse_if_blocked

#: Forms of ours, which screen all that they are sent.
SCREENED_THERE = frozenset(
    f"wagtailadmin_pages:{view}" for view in ("add", "edit", "preview_on_add", "preview_on_edit")
) | frozenset(f"{app}:{view}" for app in ("wagtailimages", "wagtaildocs") for view in ("add", "edit"))
#: The last part of a key → where its words stand; the others stand in practice.
SURFACES = {"contacts": "practice_setting", "place": "practice_setting"} | dict.fromkeys(
    ("first_name", "last_name", "given_name", "family_name", "former_names", "organisation"), "profile"
)
#: Secrets, which nobody reads but what checks them, and addresses, which are checked as such.
EXEMPT = frozenset(
    {"csrfmiddlewaretoken", "password", "password1", "password2", "email", "email_address", "contact_email"}
    | {"privacy_email", "next", "hostname"}
)
#: Redirects come in tables of text; others cannot be read here.
TABLES = (".csv", ".tsv")
LONGEST_TABLE = 1_000_000


class AdminWords:
    """Middleware: refuses a POST to the admin with words that the guard blocks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if request.method != "POST" or not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        if request.resolver_match and request.resolver_match.view_name in SCREENED_THERE:
            return None
        try:
            refuse_words(request.POST)
            _refuse_tables(request)
        except Refused as refusal:
            return render(request, "403.html", {"reason": refusal.reason, "error": refusal}, status=403)
        return None


def refuse_words(sent: "MultiValueDict[str, Any]") -> None:
    """Raises Refused where any value names a patient, or where the guard cannot answer."""
    for key, values in sent.lists():
        name = key.rpartition("-")[2]
        if name not in EXEMPT:
            for text in values:
                refuse_if_blocked(SURFACES.get(name, "practice"), **{name: _plain(str(text))})


def _plain(text: str) -> str:
    """The words of a value, also where it is JSON."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return "\n".join(_texts(json.loads(text)))
    except ValueError:
        return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _refuse_tables(request: HttpRequest) -> None:
    if request.resolver_match is None or request.resolver_match.namespace != "wagtailredirects":
        return
    for file in cast("Iterable[UploadedFile]", request.FILES.values()):
        if not str(file.name).lower().endswith(TABLES) or (file.size or 0) > LONGEST_TABLE:
            raise Refused("unreadable", _("Only tables in CSV or TSV of up to 1 MB are taken here."))
        refuse_if_blocked("practice", file=file.read().decode("utf-8", "replace"))
        refuse_if_blocked("file_name", name=str(file.name))
        file.seek(0)
