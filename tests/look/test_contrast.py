"""Every pair of text and ground has a contrast of at least 4.5 : 1 in both themes (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

TOKENS = Path("community/core/static/core/css/tokens.css").read_text()
PAIR = re.compile(r"--co-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}

GROUNDS = ["ground", "surface", "raised", "sunken"]
SOFT = ["brand-soft", "accent-soft", "good-soft", "caution-soft", "bad-soft"]
TEXT_PAIRS = [
    *[("ink", ground) for ground in GROUNDS + SOFT],
    *[("ink-soft", ground) for ground in GROUNDS + SOFT],
    *[("brand", ground) for ground in [*GROUNDS, "brand-soft"]],
    *[("brand-deep", ground) for ground in [*GROUNDS, "brand-soft"]],
    *[("bad", ground) for ground in [*GROUNDS, "bad-soft"]],
    *[("good", ground) for ground in [*GROUNDS, "good-soft"]],
    *[("caution", ground) for ground in [*GROUNDS, "caution-soft"]],
    ("accent", "surface"),
    ("accent", "accent-soft"),
    ("plum", "plum-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-accent", "accent-fill"),
    ("on-bad", "bad-fill"),
]
# Borders of controls and the focus ring need 3 : 1 (1.4.11).
EDGE_PAIRS = [(edge, ground) for edge in ["line-strong", "focus"] for ground in ["surface", "ground"]]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """`color-mix(in srgb, colour share, ground)`."""
    parts = [
        round(int(colour[at : at + 2], 16) * share + int(ground[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("number", range(1, 9))
def test_initials_on_avatars_can_be_read(number: int, theme: int) -> None:
    hue, surface = COLOURS[f"hue-{number}"][theme], COLOURS["surface"][theme]
    assert contrast(hue, mixed(hue, surface, 0.15)) >= 4.5
