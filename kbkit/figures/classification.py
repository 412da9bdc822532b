"""Figure of tiers by district."""

from __future__ import annotations

from typing import Final

from kbkit.document import Figure
from kbkit.domain.tiers import TIERS
from kbkit.figures.canvas import Key, Page, style
from kbkit.figures.palette import INK, QUIET, fill_tier
from kbkit.figures.panel import Panel
from kbkit.figures.scale import Scale, name_rows, write_counts
from kbkit.figures.stacked_bars import Part, draw_stacked_bars
from kbkit.results.classification import Classification, DistrictTiers
from kbkit.text import Voice

_GROUPS: Final = (*(tier.value for tier in TIERS), "none")


def draw_tiers_by_district(classification: Classification, *, voice: Voice, source: str) -> Figure:
    """Draw stacked bars, one a district, in the order of the register."""
    with style():
        page = Page(height=0.95 + 0.2 * len(classification.districts))
        _draw_bars(page.panels[0], classification.districts, voice)
        page.explain([Key(label=voice.tier(_tier(name)), fill=fill_tier(_tier(name))) for name in _GROUPS])
        svg = page.to_svg()
    date = voice.style.date(classification.snapshots[-1].snapshot_date)
    return Figure(
        name="tiers_by_district",
        title=voice.say("figures.tiers_by_district_title", date=date),
        svg=svg,
        alt=_describe(classification, voice),
        source=source,
    )


def _tier(name: str) -> str | None:
    return None if name == "none" else name


def _draw_bars(panel: Panel, districts: tuple[DistrictTiers, ...], voice: Voice) -> None:
    totals = [sum(_villages(district, name) for name in _GROUPS) for district in districts]
    title = voice.say("figures.axis_villages")
    panel.x = Scale(low=0, high=max(totals), write=write_counts(voice), whole=True, title=title)
    panel.y = name_rows([district.district_name for district in districts], margin=0.55)
    parts = [
        Part(
            counts=[_villages(district, name) for district in districts],
            fill=fill_tier(_tier(name)),
            colour="white" if name in ("mandiri", "berkelanjutan") else QUIET if name == "none" else INK,
            boxed=name == "none",
        )
        for name in _GROUPS
    ]
    draw_stacked_bars(panel, parts, narrowest=[0] * len(districts))


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
