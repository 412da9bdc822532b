"""Maps: prevalence beside coverage, on the boundaries that the user gave, else as tiles.

Each class is one path, however many areas it holds, and no layout is solved: a map of 300 villages is drawn in a few
hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from matplotlib.path import Path

from kbkit.document import Figure
from kbkit.figures.canvas import WIDTH, Page, style
from kbkit.figures.islands import arrange_outlines
from kbkit.figures.map_values import Shade, Theme, class_labels, district_themes, village_themes
from kbkit.figures.palette import INK, QUIET, RULE, Fill
from kbkit.figures.panel import Panel
from kbkit.figures.picture import Label, Picture, Shape
from kbkit.figures.scale import Scale
from kbkit.figures.tiles import tile_villages
from kbkit.figures.typeface import fit
from kbkit.results.findings import Findings
from kbkit.text import Voice

_GAP: Final = 0.3
_TITLE: Final = 0.28
_LEGEND: Final = 0.55
"""Inches between two panels, for a panel's title above, and for its legend below."""

_HIGHEST: Final = 4.4
_HIGHEST_STACKED: Final = 3.4
"""Inches that a panel may be high, and how high one of two may be that stand above each other."""

_LARGEST: Final = {True: 1.0, False: 0.2}
"""Inches that a kilometre (true) or a tile (false) may be long: five villages do not fill a page."""

_BOX: Final = 0.13
_ENTRY: Final = 0.48
"""Inches: the side of a legend's box, and the room of one class."""

_INCH: Final = 72
_SCALES: Final = (1, 2, 5, 10, 20, 50, 100)
"""Kilometres that a scale bar may stand for."""


def draw_map(findings: Findings, *, period: str, voice: Voice, source: str) -> Figure | None:
    """Draw villages, or districts where the boundaries are theirs; ``None`` where there is nothing to show."""
    geography = findings.geography
    level = geography.outlines.level if geography else "tiles"
    themes = district_themes(findings) if level == "district" else village_themes(findings)
    if not themes:
        return None
    picture = arrange_outlines(geography.outlines) if geography else tile_villages(findings.villages)
    with style():
        svg = _draw(picture, themes, voice).to_svg()
    return Figure(
        name="village_map",
        title=voice.say(f"maps.{level}_{'both' if len(themes) > 1 else themes[0].name}_title", period=period),
        svg=svg,
        alt=_describe(findings, themes, picture, voice),
        notes=_notes(findings, themes, picture, voice),
        source=voice.say("maps.source", source=source, file=geography.outlines.file) if geography else source,
    )


def _draw(picture: Picture, themes: Sequence[Theme], voice: Voice) -> Page:
    """Draw one panel a theme, at one scale; distances on the canvas are inches from its lower left corner."""
    stacked = bool(picture.frames)  # small islands need the whole width
    room = WIDTH if stacked else (WIDTH - _GAP * (len(themes) - 1)) / len(themes)
    highest = _HIGHEST_STACKED if stacked else _HIGHEST
    scale = min(room / picture.width, highest / picture.height, _LARGEST[picture.kilometres])
    tall = _LEGEND + picture.height * scale + _TITLE
    height = (tall + _GAP) * len(themes) - _GAP if stacked else tall
    page = Page(height=height, rows=())
    whole = _add_panel(page, (0, 0, WIDTH, height), (WIDTH, height))
    for place, theme in enumerate(themes):
        left, low = (0.0, (tall + _GAP) * (len(themes) - 1 - place)) if stacked else (place * (room + _GAP), 0.0)
        box = (left, low + _LEGEND, picture.width * scale, picture.height * scale)
        panel = _add_panel(page, box, (picture.width, picture.height))
        _draw_areas(panel, picture.shapes, theme)
        _draw_frames(panel, picture)
        _write_labels(panel, picture.labels, scale)
        _draw_legend(whole, left, low, theme, picture, voice)
        whole.write(voice.say(f"maps.panel_{theme.name}"), left, low + tall - 0.15, colour=QUIET)
    if picture.kilometres:
        _draw_scale(whole, picture.width, scale, themes)
    return page


def _add_panel(page: Page, box: tuple[float, float, float, float], size: tuple[float, float]) -> Panel:
    """Add a panel in inches whose numbers run from 0 to ``size``."""
    panel = page.add_panel()
    panel.x, panel.y = Scale(low=0, high=size[0]), Scale(low=0, high=size[1])
    x, y, width, height = (_INCH * length for length in box)
    panel.place((x, y, width, height))
    return panel


def _draw_areas(panel: Panel, shapes: Iterable[Shape], theme: Theme) -> None:
    groups: dict[Shade, list[Shape]] = {}
    for code, points in shapes:
        groups.setdefault(theme.shades.get(code, "unmeasured"), []).append((code, points))
    for shade in sorted(groups, key=str):
        panel.shape(_join(groups[shade]), _fill(shade, theme))


def _join(shapes: Sequence[Shape]) -> Path:
    """Return one path of many rings; holes run the other way round and stay open."""
    vertices = np.concatenate([np.vstack([points, points[:1]]) for _, points in shapes])
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    ends = np.cumsum([len(points) + 1 for _, points in shapes])
    codes[ends - 1] = Path.CLOSEPOLY
    codes[np.concatenate([[0], ends[:-1]])] = Path.MOVETO
    return Path(vertices, codes)


def _fill(shade: Shade, theme: Theme) -> Fill:
    if isinstance(shade, int):
        return Fill(face=theme.colours[shade], width=0.35)
    return Fill(face="white", edge="#87929a", width=0.4, hatch="//////" * (shade == "hidden"))


def _draw_frames(panel: Panel, picture: Picture) -> None:
    panel.boxes(picture.frames, Fill(face="none", edge=RULE, width=0.6))


def _write_labels(panel: Panel, labels: Iterable[Label], scale: float) -> None:
    for label in labels:
        size = min(7.5, max(5.5, 46 * scale))
        text = fit(label.text, size, label.width * scale * _INCH)
        panel.write(text, label.x, label.y, size=size, colour=QUIET)


def _draw_legend(whole: Panel, left: float, low: float, theme: Theme, picture: Picture, voice: Voice) -> None:
    """Draw the classes in one row; below it the hatchings that occur."""
    for place, label in enumerate(class_labels(theme.classes, voice=voice)):
        _draw_entry(whole, left + place * _ENTRY * 1.15, low + 0.24, place, label, theme)
    drawn = {code for code, _ in picture.shapes}
    absent = bool(drawn - set(theme.shades))
    present = [name for name in ("hidden", "unmeasured") if (absent if name == "unmeasured" else theme.count("hidden"))]
    for place, name in enumerate(present):
        _draw_entry(whole, left + place * 1.25, low + 0.03, name, voice.say(f"maps.{name}"), theme)  # type: ignore[arg-type]


def _draw_entry(whole: Panel, x: float, y: float, shade: Shade, label: str, theme: Theme) -> None:
    whole.boxes([(x, y, _BOX, _BOX)], _fill(shade, theme))
    whole.write(label, x + _BOX + 0.04, y + 0.03, size=7.5, colour=INK)


def _draw_scale(whole: Panel, width: float, scale: float, themes: Sequence[Theme]) -> None:
    length = max([km for km in _SCALES if km <= 0.25 * width], default=_SCALES[0])
    end = WIDTH if len(themes) == 1 else width * scale
    start, y = end - length * scale, _LEGEND - 0.08
    whole.line([start, end], [y, y], colour=QUIET, width=1.2)
    whole.write(f"{length} km", start - 0.05, y, size=7, colour=QUIET, across="right", up="middle")


def _describe(findings: Findings, themes: Sequence[Theme], picture: Picture, voice: Voice) -> str:
    areas = {code for code, _ in picture.shapes}
    parts = [voice.say("maps.alt", areas=voice.count(len(areas)), regency=findings.regency.name)]
    for theme in themes:
        labels = class_labels(theme.classes, voice=voice)
        counts = [sum(theme.shades.get(code) == place for code in areas) for place in range(len(labels))]
        listed = ", ".join(f"{label}%: {voice.count(count)}" for label, count in zip(labels, counts, strict=True))
        hidden = sum(theme.shades.get(code) == "hidden" for code in areas)
        parts.append(
            voice.say(
                f"maps.alt_{theme.name}",
                counts=listed,
                hidden=voice.count(hidden),
                unmeasured=voice.count(len(areas - set(theme.shades))),
            )
        )
    return " ".join(parts)


def _notes(findings: Findings, themes: Sequence[Theme], picture: Picture, voice: Voice) -> tuple[str, ...]:
    geography = findings.geography
    notes = [voice.say("maps.note_hidden")] if any(theme.count("hidden") for theme in themes) else []
    if picture.frames:
        notes.append(voice.say("maps.note_islands"))
    if geography and (geography.without_outline or geography.without_register):
        missing, extra = voice.count(len(geography.without_outline)), voice.count(len(geography.without_register))
        notes.append(voice.say(f"maps.note_{geography.outlines.level}_unmatched", missing=missing, extra=extra))
    return tuple(notes)
