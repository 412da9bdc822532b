"""Maps: prevalence beside coverage, on the boundaries that the user gave, else as tiles.

Each class is one path, however many areas it holds, and no layout is solved: a map of 300 villages is drawn in a few
hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from kbkit.document import Figure
from kbkit.figures.canvas import INK, QUIET, RULE, WIDTH, style, to_svg
from kbkit.figures.islands import arrange_outlines
from kbkit.figures.map_values import Shade, Theme, class_labels, district_themes, village_themes
from kbkit.figures.picture import Label, Picture, Shape
from kbkit.figures.tiles import tile_villages
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
        svg = to_svg(_draw(picture, themes, voice))
    return Figure(
        name="village_map",
        title=voice.say(f"maps.{level}_{'both' if len(themes) > 1 else themes[0].name}_title", period=period),
        svg=svg,
        alt=_describe(findings, themes, picture, voice),
        notes=_notes(findings, themes, picture, voice),
        source=voice.say("maps.source", source=source, file=geography.outlines.file) if geography else source,
    )


def _draw(picture: Picture, themes: Sequence[Theme], voice: Voice) -> Canvas:
    """Draw one panel a theme, at one scale; distances on the canvas are inches from its lower left corner."""
    stacked = bool(picture.frames)  # small islands need the whole width
    room = WIDTH if stacked else (WIDTH - _GAP * (len(themes) - 1)) / len(themes)
    highest = _HIGHEST_STACKED if stacked else _HIGHEST
    scale = min(room / picture.width, highest / picture.height, _LARGEST[picture.kilometres])
    tall = _LEGEND + picture.height * scale + _TITLE
    height = tall * len(themes) if stacked else tall
    canvas = Canvas(figsize=(WIDTH, height))
    whole = _add_axes(canvas, (0, 0, WIDTH, height), (WIDTH, height))
    for place, theme in enumerate(themes):
        left, low = (0.0, tall * (len(themes) - 1 - place)) if stacked else (place * (room + _GAP), 0.0)
        box = (left, low + _LEGEND, picture.width * scale, picture.height * scale)
        panel = _add_axes(canvas, box, (picture.width, picture.height))
        _draw_areas(panel, picture.shapes, theme)
        _draw_frames(panel, picture)
        _write_labels(panel, picture.labels, scale)
        _draw_legend(whole, left, low, theme, picture, voice)
        whole.text(left, low + tall - 0.15, voice.say(f"maps.panel_{theme.name}"), fontsize=9, color=QUIET)
    if picture.kilometres:
        _draw_scale(whole, picture.width, scale, themes)
    return canvas


def _add_axes(canvas: Canvas, box: tuple[float, float, float, float], size: tuple[float, float]) -> Axes:
    """Add axes in inches whose data run from 0 to ``size``; nothing of them is drawn."""
    width, height = canvas.get_size_inches()
    x, y, w, h = box
    axes: Axes = canvas.add_axes((x / width, y / height, w / width, h / height))
    axes.set_axis_off()
    axes.set_xlim(0, size[0])
    axes.set_ylim(0, size[1])
    return axes


def _draw_areas(panel: Axes, shapes: Iterable[Shape], theme: Theme) -> None:
    groups: dict[Shade, list[Shape]] = {}
    for code, points in shapes:
        groups.setdefault(theme.shades.get(code, "unmeasured"), []).append((code, points))
    for shade in sorted(groups, key=str):
        panel.add_artist(PathPatch(_join(groups[shade]), clip_on=False, **_fill(shade, theme)))


def _join(shapes: Sequence[Shape]) -> Path:
    """Return one path of many rings; holes run the other way round and stay open."""
    vertices = np.concatenate([np.vstack([points, points[:1]]) for _, points in shapes])
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    ends = np.cumsum([len(points) + 1 for _, points in shapes])
    codes[ends - 1] = Path.CLOSEPOLY
    codes[np.concatenate([[0], ends[:-1]])] = Path.MOVETO
    return Path(vertices, codes)


def _fill(shade: Shade, theme: Theme) -> dict[str, object]:
    if isinstance(shade, int):
        return {"facecolor": theme.colours[shade], "edgecolor": "white", "linewidth": 0.35}
    return {"facecolor": "white", "edgecolor": "#87929a", "linewidth": 0.4, "hatch": "//////" * (shade == "hidden")}


def _draw_frames(panel: Axes, picture: Picture) -> None:
    for x, y, width, height in picture.frames:
        box = Rectangle((x, y), width, height, clip_on=False)
        box.set(facecolor="none", edgecolor=RULE, linewidth=0.6)
        panel.add_artist(box)


def _write_labels(panel: Axes, labels: Iterable[Label], scale: float) -> None:
    for label in labels:
        size = min(7.5, max(5.5, 46 * scale))
        fitting = int(label.width * scale * 72 / (0.5 * size))
        text = label.text if len(label.text) <= fitting else label.text[: fitting - 1].rstrip() + "…"
        panel.text(label.x, label.y, text, fontsize=size, color=QUIET)


def _draw_legend(whole: Axes, left: float, low: float, theme: Theme, picture: Picture, voice: Voice) -> None:
    """Draw the classes in one row; below it the hatchings that occur."""
    for place, label in enumerate(class_labels(theme.classes, voice=voice)):
        _draw_entry(whole, left + place * _ENTRY * 1.15, low + 0.24, place, label, theme)
    drawn = {code for code, _ in picture.shapes}
    absent = bool(drawn - set(theme.shades))
    present = [name for name in ("hidden", "unmeasured") if (absent if name == "unmeasured" else theme.count("hidden"))]
    for place, name in enumerate(present):
        _draw_entry(whole, left + place * 1.25, low + 0.03, name, voice.say(f"maps.{name}"), theme)  # type: ignore[arg-type]


def _draw_entry(whole: Axes, x: float, y: float, shade: Shade, label: str, theme: Theme) -> None:
    box = Rectangle((x, y), _BOX, _BOX)
    box.set(**_fill(shade, theme))
    whole.add_artist(box)
    whole.text(x + _BOX + 0.04, y + 0.02, label, fontsize=7.5, color=INK)


def _draw_scale(whole: Axes, width: float, scale: float, themes: Sequence[Theme]) -> None:
    length = max([km for km in _SCALES if km <= 0.25 * width], default=_SCALES[0])
    end = WIDTH if len(themes) == 1 else width * scale
    start, y = end - length * scale, _LEGEND - 0.08
    whole.plot([start, end], [y, y], color=QUIET, linewidth=1.2, solid_capstyle="butt")
    whole.text(start - 0.05, y, f"{length} km", fontsize=7, color=QUIET, ha="right", va="center")


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
