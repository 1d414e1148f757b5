"""The design tokens keep their promises: contrast in both schemes, one name in both, and a light employee page."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLES = Path(settings.BASE_DIR) / "wpm_platform" / "static" / "platform"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
LIGHT, DARK = (dict(COLOUR.findall(part)) for part in (STYLES / "tokens.css").read_text().split("@media", 2)[:2])
GROUNDS = ("surface", "ground")
# Text on what it stands on: 4.5 : 1 (WCAG 1.4.3).
TEXT = [
    *[(text, ground) for text in ("ink", "muted", "accent", "danger") for ground in GROUNDS],
    *[("ink", tint) for tint in ("accent-tint", "warning-tint", "danger-tint", "info-tint")],
    ("accent", "accent-tint"),
    ("warning", "warning-tint"),
    ("danger", "danger-tint"),
    ("info", "info-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
]
# Borders of controls, icons and bars: 3 : 1 (WCAG 1.4.11).
GRAPHICS = [
    *[("control-line", ground) for ground in GROUNDS],
    *[(f"mode-{mode}", "surface") for mode in ("car", "public-transport", "bicycle", "motorcycle")],
]


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(scheme):
    assert [pair for pair in TEXT if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_controls_and_bars_can_be_seen(scheme):
    assert [pair for pair in GRAPHICS if contrast(scheme[pair[0]], scheme[pair[1]]) < 3] == []


def test_the_dark_scheme_names_every_colour():
    assert set(LIGHT) == set(DARK)


def test_the_contrast_is_computed_as_the_guideline_says():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_employee_pages_load_little():
    assert (STYLES / "respond.css").stat().st_size < 10_000
    assert (STYLES / "tokens.css").stat().st_size < 4_000


@pytest.mark.parametrize("name", ["respond.css", "console.css", "console-parts.css", "entrance.css"])
def test_colours_come_from_the_tokens(name):
    """White behind a QR code is the one exception: scanners want it in the dark scheme too."""
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", (STYLES / name).read_text())) <= {"#ffffff"}
