"""Where pictures and documents are kept when a bucket is set: in it, private, named as on disk."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from community.core import buckets


@deconstructible  # a job that deletes a file is told by name which storage it is in
class BucketFiles(S3Storage):  # type: ignore[misc]
    """Django's default storage. Addresses are ours, so that whoever wants a file is asked who they are each time."""

    def get_default_settings(self) -> dict[str, Any]:
        place = buckets.bucket()
        if place is None:
            raise buckets.Unreachable("no bucket is set")
        return {
            **super().get_default_settings(),
            "bucket_name": place.name,
            "endpoint_url": place.endpoint,
            "region_name": place.region,
            "access_key": place.access_key,
            "secret_key": place.secret_key,
            "default_acl": None,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": buckets.KEPT},
            "client_config": Config(**buckets.options(place)),
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
