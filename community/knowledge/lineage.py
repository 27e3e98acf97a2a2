"""Draws where a practice went: its adaptations as a tree, and as arcs on a small map. Coordinates only, no markup.

Pure. A picture is never all there is: `rows` gives the same as lines of a table, in the order of the tree.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from community.knowledge.places import COUNTRIES, land

NODE_WIDTH, NODE_HEIGHT = 220, 64
COLUMN, ROW = 280, 84
MARGIN = 12
LETTERS = 30

MAP_WIDTH, MAP_HEIGHT = 720, 310
NORTH, SOUTH = 80, -55
#: Sites in one country stand on a small ring round its point.
RING = 9


@dataclass(frozen=True)
class Leaf:
    """A site as it is given: `parent` is the key of the site it was adapted from, None for the origin."""

    key: Hashable
    title: str
    parent: Hashable | None = None
    country: str = ""
    outcome: str = ""
    foot: str = ""


@dataclass(frozen=True)
class Box:
    """A site in the tree: its left upper corner, its depth (the origin is 0) and the lines of its short title."""

    leaf: Leaf
    x: int
    y: int
    depth: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.y + NODE_HEIGHT // 2

    @property
    def right(self) -> int:
        return self.x + NODE_WIDTH

    @property
    def text_x(self) -> int:
        return self.x + 12

    @property
    def first_line(self) -> int:
        return self.y + 20

    @property
    def last_line(self) -> int:
        return self.y + NODE_HEIGHT - 9

    @property
    def foot(self) -> str:
        return self.leaf.foot


@dataclass(frozen=True)
class Tree:
    """`edges` are SVG paths from parent to child."""

    boxes: tuple[Box, ...]
    edges: tuple[str, ...]
    width: int
    height: int


@dataclass(frozen=True)
class Dot:
    """A site on the map; `number` is its place in the table, from 1."""

    leaf: Leaf
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    """`unplaced` are sites whose country is not known: the table still has them."""

    land: tuple[tuple[float, float], ...]
    dots: tuple[Dot, ...]
    arcs: tuple[str, ...]
    unplaced: tuple[Leaf, ...]
    width: int = MAP_WIDTH
    height: int = MAP_HEIGHT

    @property
    def land_path(self) -> str:
        """All dots of the land as one path: each a stroke of no length with a round end."""
        return "".join(f"M{x} {y}h0" for x, y in self.land)


def rows(leaves: Sequence[Leaf]) -> list[tuple[int, Leaf]]:
    """Depth and site, each site directly before what was adapted from it, siblings in the order given.

    Raises ValueError unless there is exactly one origin and every other site hangs below it.
    """
    children: dict[Hashable | None, list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        children[leaf.parent].append(leaf)
    if len(children[None]) != 1:
        raise ValueError("a lineage has one origin")
    found = list(_below(children[None][0], children, 0))
    if len(found) != len(leaves):
        raise ValueError("a site hangs below none of the others")
    return found


def tree_of(leaves: Sequence[Leaf]) -> Tree:
    """Depth goes to the right; a site stands in the middle of what was adapted from it; no two boxes touch."""
    ordered = rows(leaves)
    heights = _heights(ordered)
    boxes = [
        Box(leaf, MARGIN + depth * COLUMN, MARGIN + round(heights[leaf.key] * ROW), depth, _lines(leaf.title))
        for depth, leaf in ordered
    ]
    placed = {box.leaf.key: box for box in boxes}
    edges = [_edge(placed[box.leaf.parent], box) for box in boxes if box.leaf.parent is not None]
    right = max(box.right for box in boxes)
    bottom = max(box.y for box in boxes) + NODE_HEIGHT
    return Tree(tuple(boxes), tuple(edges), right + MARGIN, bottom + MARGIN)


def map_of(leaves: Sequence[Leaf]) -> Chart:
    """Sites at their countries, and an arc from each site to every one that was adapted from it."""
    ordered = [leaf for _depth, leaf in rows(leaves)]
    at = _points([leaf for leaf in ordered if leaf.country in COUNTRIES])
    dots = [Dot(leaf, number, *at[leaf.key]) for number, leaf in enumerate(ordered, start=1) if leaf.key in at]
    arcs = [_arc(at[leaf.parent], at[leaf.key]) for leaf in ordered if leaf.parent in at and leaf.key in at]
    unplaced = [leaf for leaf in ordered if leaf.key not in at]
    return Chart(tuple(point(*spot) for spot in land()), tuple(dots), tuple(arcs), tuple(unplaced))


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Plate carrée: a degree is as long everywhere."""
    x = (longitude + 180) / 360 * MAP_WIDTH
    y = (NORTH - latitude) / (NORTH - SOUTH) * MAP_HEIGHT
    return round(x, 1), round(min(max(y, 0), MAP_HEIGHT), 1)


def _below(leaf: Leaf, children: dict[Hashable | None, list[Leaf]], depth: int) -> Iterator[tuple[int, Leaf]]:
    yield depth, leaf
    for child in children[leaf.key]:
        yield from _below(child, children, depth + 1)


def _heights(ordered: Sequence[tuple[int, Leaf]]) -> dict[Hashable, float]:
    """The row of each site: ends stand one below another, every other site in the middle of its children."""
    children: dict[Hashable, list[Hashable]] = defaultdict(list)
    for _depth, leaf in ordered:
        if leaf.parent is not None:
            children[leaf.parent].append(leaf.key)
    ends = iter(range(len(ordered)))
    heights: dict[Hashable, float] = {leaf.key: next(ends) for _depth, leaf in ordered if not children[leaf.key]}
    for _depth, leaf in reversed(ordered):
        if children[leaf.key]:
            first, last = children[leaf.key][0], children[leaf.key][-1]
            heights[leaf.key] = (heights[first] + heights[last]) / 2
    return heights


def _edge(parent: Box, child: Box) -> str:
    bend = (parent.right + child.x) // 2
    return f"M{parent.right} {parent.middle} C{bend} {parent.middle} {bend} {child.middle} {child.x} {child.middle}"


def _arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that bends to the north, the more the farther it goes."""
    (x1, y1), (x2, y2) = start, end
    lift = min(60.0, math.hypot(x2 - x1, y2 - y1) / 3)
    return f"M{x1} {y1} Q{round((x1 + x2) / 2, 1)} {round(min(y1, y2) - lift, 1)} {x2} {y2}"


def _points(leaves: Sequence[Leaf]) -> dict[Hashable, tuple[float, float]]:
    together: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        together[leaf.country].append(leaf)
    return {leaf.key: spot for country, those in together.items() for leaf, spot in _round(country, those)}


def _round(country: str, leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, tuple[float, float]]]:
    x, y = point(*COUNTRIES[country])
    if len(leaves) == 1:
        yield leaves[0], (x, y)
        return
    for place, leaf in enumerate(leaves):
        angle = 2 * math.pi * place / len(leaves)
        yield leaf, (round(x + RING * math.cos(angle), 1), round(y + RING * math.sin(angle), 1))


def _lines(title: str) -> tuple[str, ...]:
    """A title in at most two lines that fit into a box."""
    first, rest = _broken(title)
    second = rest if len(rest) <= LETTERS else f"{rest[: LETTERS - 1].rstrip()}…"
    return (first, second) if second else (first,)


def _broken(title: str) -> tuple[str, str]:
    if len(title) <= LETTERS:
        return title, ""
    head, _space, _tail = title[: LETTERS + 1].rpartition(" ")
    head = head or title[:LETTERS]
    return head, title[len(head) :].strip()
