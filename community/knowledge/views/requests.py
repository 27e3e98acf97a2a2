"""Fetching for pages: what the viewer may read, or 404."""

from typing import Any

from django.http import HttpRequest

from community.core.audiences import Viewer
from community.core.errors import Missing
from community.knowledge.models import Version, WriteUpPage
from community.knowledge.policies.writeups import may_read_draft
from community.knowledge.shelf import page_called


class KnowledgeRequest(HttpRequest):
    """A request after the middleware that resolves who looks."""

    viewer: Viewer
    user: Any


def published_or_missing(request: KnowledgeRequest, slug: str) -> WriteUpPage:
    """A published write-up that the viewer may read; one for others looks like one that is not there."""
    page = page_called(slug)
    if page is None or not page.live or not page.is_visible_to(request.viewer):
        raise Missing
    return page


def draft_or_missing(request: KnowledgeRequest, slug: str) -> WriteUpPage:
    """A write-up whose draft the viewer may read: its authors, those invited, reviewers, editors."""
    page = page_called(slug)
    if page is None or not may_read_draft(request.viewer, page):
        raise Missing
    return page


def version_or_missing(page: WriteUpPage, number: int) -> Version:
    version: Version | None = page.versions.filter(number=number).first()
    if version is None:
        raise Missing
    return version
