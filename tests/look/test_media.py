"""Pictures of pages on an install without a proxy."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.knowledge.models import Picture
from tests.knowledge.test_media import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Path:
    """An editor's picture, and beside it files that are no picture of anything."""
    kept = Picture(title="Board", description="A board", file=SimpleUploadedFile("a.png", photo("PNG")))
    kept.save()
    path = Path(configured.MEDIA_ROOT) / kept.file.name
    (path.parent.parent / "secret.txt").write_text("not a picture")
    (path.parent / "stray.png").write_bytes(b"belongs to nothing")
    return path


def test_picture_is_served_and_may_be_kept(client: Client, picture: Path) -> None:
    response = client.get(f"/media/images/{picture.name}")
    assert b"".join(response.streaming_content) == picture.read_bytes()  # type: ignore[attr-defined]
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "public, max-age=2592000")


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "", "nothing.png", "stray.png"]
)
def test_nothing_else_is_served(client: Client, picture: Path, path: str) -> None:
    assert client.get(f"/media/images/{path}").status_code == 404


def test_a_proxy_is_told_which_file_to_send(client: Client, picture: Path, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1

    response = client.get(f"/media/images/{picture.name}", headers={"X-Files-By-Proxy": "1"})

    assert (response.content, response["X-Accel-Redirect"]) == (b"", f"/{picture.name}")
    assert client.get("/media/images/stray.png", headers={"X-Files-By-Proxy": "1"}).status_code == 404
