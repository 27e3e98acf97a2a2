"""Elasticsearch: a mirror of the documents on a server of its own. See server, mapping, asking and engine."""

from search.engines.elastic.engine import Elastic
from search.engines.elastic.server import UNAVAILABLE, is_on

__all__ = ["UNAVAILABLE", "Elastic", "is_on"]
