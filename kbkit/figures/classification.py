"""Figure of tiers by district."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.axes import Axes

from kbkit.document import Figure
from kbkit.domain.tiers import TIERS
from kbkit.figures.canvas import INK, QUIET, count_axis, fill_tier, new_canvas, style, to_svg
from kbkit.results.classification import Classification, DistrictTiers
from kbkit.text import Voice

_GROUPS: Final = (*(tier.value for tier in TIERS), "none")


def draw_tiers_by_district(classification: Classification, *, voice: Voice, source: str) -> Figure:
    """Draw stacked bars, one a district, in the order of the register."""
    with style():
        canvas, (axes,) = new_canvas(height=1.0 + 0.24 * len(classification.districts))
        _draw_bars(axes, classification.districts, voice)
        canvas.legend(loc="outside upper center", ncols=5, frameon=False, fontsize=8.5, handlelength=1.2)
        svg = to_svg(canvas)
    date = voice.style.date(classification.snapshots[-1].snapshot_date)
    return Figure(
        name="tiers_by_district",
        title=voice.say("figures.tiers_by_district_title", date=date),
        svg=svg,
        alt=_describe(classification, voice),
        source=source,
    )


def _draw_bars(axes: Axes, districts: tuple[DistrictTiers, ...], voice: Voice) -> None:
    places = list(range(len(districts)))
    start = [0] * len(districts)
    for name in _GROUPS:
        counts = [_villages(district, name) for district in districts]
        label = voice.tier(None if name == "none" else name)
        axes.barh(places, counts, left=start, height=0.72, label=label, **fill_tier(None if name == "none" else name))
        _write_counts(axes, counts, start, name)
        start = [before + count for before, count in zip(start, counts, strict=True)]
    axes.set_yticks(places, [district.district_name for district in districts])
    axes.invert_yaxis()
    count_axis(axes.xaxis, voice=voice)
    axes.set_xlabel(voice.say("figures.axis_villages"))
    axes.margins(y=0.01)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _write_counts(axes: Axes, counts: list[int], start: list[int], name: str) -> None:
    colour = "white" if name in ("mandiri", "berkelanjutan") else QUIET if name == "none" else INK
    font: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7.5, "color": colour}
    if name == "none":
        font["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    for place, (count, left) in enumerate(zip(counts, start, strict=True)):
        if count:
            axes.text(left + count / 2, place, str(count), **font)


def _villages(district: DistrictTiers, name: str) -> int:
    return int(getattr(district.counts, name))


def _describe(classification: Classification, voice: Voice) -> str:
    def total(district: DistrictTiers) -> int:
        return sum(_villages(district, name) for name in _GROUPS)

    highest = max(classification.districts, key=lambda district: district.counts.berkelanjutan / total(district))
    return voice.say(
        "figures.tiers_by_district_alt",
        districts=voice.count(len(classification.districts)),
        highest=highest.district_name,
        highest_count=voice.count(highest.counts.berkelanjutan),
        highest_total=voice.count(total(highest)),
        **{name: voice.count(getattr(classification.total, name)) for name in _GROUPS},
    )
