"""The video of the live webinar and of the hidden one: playlists, captions, a recording on its way in."""

from typing import Any

from webinars.models import Caption, Upload, Webinar
from webinars.operations.broadcasting import broadcast_of

PART = 4 * 1024 * 1024


def put_video(world: Any, open_one: Webinar, hidden: Webinar) -> None:
    for webinar in (open_one, hidden):
        broadcast_of(webinar)
        Caption.objects.create(webinar=webinar, language="en", media_from=1, media_to=2, text="Good morning.")
        Upload.objects.create(webinar=webinar, public_id=_upload(webinar), size=5000, part_size=PART)
    slugs = [{"slug": webinar.slug} for webinar in (open_one, hidden)]
    world.put("media-master upload-begin", *slugs)
    world.put("captions transcript", *[slug | {"language": "en"} for slug in slugs])
    world.put("media-playlist", *[slug | {"rendition": "main"} for slug in slugs])
    sent = [{"slug": webinar.slug, "upload": _upload(webinar)} for webinar in (open_one, hidden)]
    world.put("upload-state upload-finish upload-cancel", *sent)
    world.put("upload-part", *[each | {"number": 0} for each in sent])


def _upload(webinar: Webinar) -> str:
    return f"upload-{webinar.slug[:8]}"
