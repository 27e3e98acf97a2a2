"""The engine that asks the server, and what has not reached it yet from the database beside it."""

from collections.abc import Iterable
from dataclasses import replace

from elasticsearch import dsl

from search.engines.elastic import server
from search.engines.elastic.asking import nearest_of, query_of
from search.engines.elastic.mapping import SHOWN, candidate_of
from search.engines.plan import Candidate, Condition, Engine, Plan
from search.models import Document, Shipment
from search.semantic.scanning import NEAREST

# More than so many changes on their way, and the embedded engine answers alone.
MOST_WAITING = 500
SORTS = {"new": [{"at": "desc"}, {"number": "desc"}], "old": [{"at": "asc"}, {"number": "asc"}]}


class Elastic:
    """A mirror of the documents: what is still on its way there is looked for in the original instead, and what the
    server says of that is left out. So nothing is found late, and nothing that changed is found as it was."""

    name = "elasticsearch"

    def __init__(self, original: Engine, index: str = "") -> None:
        self.original = original
        self.index = index or server.index_name()

    def candidates(self, plan: Plan) -> list[Candidate]:
        """Raises one of server.UNAVAILABLE where the server does not answer in time."""
        waiting = set(Shipment.objects.order_by("-pk").values_list("kind", "key")[: MOST_WAITING + 1])
        if len(waiting) > MOST_WAITING:
            return self.original.candidates(plan)
        found = self._found(plan)
        if not waiting:
            return found
        fresh = self.original.candidates(_only(plan, waiting))
        return merged(fresh, [each for each in found if (each.kind, each.key) not in waiting], plan)

    def nearest(self, plan: Plan) -> list[Candidate]:
        """Raises one of server.UNAVAILABLE where the server does not answer in time."""
        waiting = set(Shipment.objects.order_by("-pk").values_list("kind", "key")[: MOST_WAITING + 1])
        if len(waiting) > MOST_WAITING:
            return self.original.nearest(plan)
        asked = {"knn": nearest_of(plan), "size": NEAREST, "_source": list(SHOWN), "track_total_hits": False}
        answer = server.client().search(index=self.index, body=asked)
        # The server gives (1 + cosine) / 2.
        found = [candidate_of(hit["_source"], 2 * hit["_score"] - 1) for hit in answer["hits"]["hits"]]
        fresh = self.original.nearest(_only(plan, waiting)) if waiting else []
        both = [*fresh, *(each for each in found if (each.kind, each.key) not in waiting)]
        return sorted(both, key=lambda each: (-each.score, -each.id))[:NEAREST]

    def _found(self, plan: Plan) -> list[Candidate]:
        search = dsl.Search(using=server.client(), index=self.index).query(query_of(plan)).source(list(SHOWN))
        search = search.extra(size=plan.limit, track_total_hits=False, timeout=f"{int(server.ANSWER_WITHIN * 1000)}ms")
        if sort := _sort(plan):
            search = search.extra(sort=sort)
        answer = server.client().search(index=self.index, **search.to_dict())
        return [candidate_of(hit["_source"], hit["_score"]) for hit in answer["hits"]["hits"]]


def merged(fresh: list[Candidate], found: list[Candidate], plan: Plan) -> list[Candidate]:
    """What has just been written stands first, where the second look at the candidates puts it into its place."""
    both = [*fresh, *found]
    if not _sort(plan):
        return both
    return sorted(both, key=lambda each: (each.at, each.id), reverse=plan.query.order != "old")


def _sort(plan: Plan) -> list[dict[str, str]]:
    return SORTS.get(plan.query.order, []) or ([] if plan.query.sought else SORTS["new"])


def _only(plan: Plan, things: Iterable[tuple[str, int]]) -> Plan:
    by_kind: dict[str, list[int]] = {}
    for kind, key in things:
        by_kind.setdefault(kind, []).append(key)
    ids = [
        pk
        for kind, keys in by_kind.items()
        for pk in Document.objects.filter(kind=kind, key__in=keys).values_list("pk", flat=True)
    ]
    return replace(plan, conditions=(*plan.conditions, Condition("id", "in", tuple(ids))))
