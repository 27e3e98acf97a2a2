"""Elasticsearch: a mirror of the documents on a server of its own. See server, mapping, asking, engine and preferred.

Its client takes memory (13 MB measured), so only processes of an install that has a server import those modules.
"""

from django.conf import settings


def is_on() -> bool:
    """Whether this install has a search server."""
    return bool(settings.ELASTICSEARCH_URL)
