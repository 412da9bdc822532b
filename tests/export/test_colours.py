"""Text and ground reach the contrast of WCAG 2.2 AA, in both style sheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kbkit.export

EXPORT = Path(kbkit.export.__file__).parent
CSS = (EXPORT / "templates" / "kbkit-html" / "report.css").read_text(encoding="utf-8")
TYPST = (EXPORT / "typst" / "look.typ").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", CSS))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)  # the bound that WCAG names
    assert contrast("#767676", "#ffffff") > 4.5 > contrast("#777777", "#ffffff")  # the well-known border grey


@pytest.mark.parametrize("ground", ["#ffffff", COLOURS["tint"]])
@pytest.mark.parametrize("name", ["ink", "soft", "accent", "caution", "alert"])
def test_text_can_be_read(name: str, ground: str) -> None:
    assert contrast(COLOURS[name], ground) >= 4.5


def test_both_formats_use_the_same_colours() -> None:
    names = {"line": "line-colour"}
    for name, value in COLOURS.items():
        assert f'#let {names.get(name, name)} = rgb("{value}")' in TYPST
