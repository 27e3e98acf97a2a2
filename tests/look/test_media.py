"""Pictures of pages on an install without a proxy."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Path:
    path = Path(settings.MEDIA_ROOT) / "images" / "a.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG a picture")
    (path.parent.parent / "secret.txt").write_text("not a picture")
    return path


def test_picture_is_served_and_may_be_kept(client: Client, picture: Path) -> None:
    response = client.get("/media/images/a.png")
    assert b"".join(response.streaming_content) == picture.read_bytes()  # type: ignore[attr-defined]
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "public, max-age=2592000")


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "", "nothing.png"])
def test_nothing_else_is_served(client: Client, picture: Path, path: str) -> None:
    assert client.get(f"/media/images/{path}").status_code == 404
