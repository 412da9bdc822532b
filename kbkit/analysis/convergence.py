"""Who does what against stunting, and how widely: interventions by agency in the latest year that is listed."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kbkit.dataset import RegencyData
from kbkit.domain.agencies import AGENCIES
from kbkit.domain.interventions import INTERVENTIONS
from kbkit.results.priorities import Convergence, ConvergenceCell


def describe_convergence(data: RegencyData) -> Convergence | None:
    """Count villages by intervention and leading agency; ``None`` where no intervention is listed."""
    listed = data.interventions
    if listed.empty:
        return None
    year = int(listed["year"].max())
    rows = listed[listed["year"] == year]
    rows = rows.assign(
        what=rows["intervention_key"].fillna(rows["intervention"]),
        who=rows["lead_agency_key"].fillna(rows["lead_agency"]),
    )
    villages = rows["village_code"].nunique()
    return Convergence(
        year=year,
        interventions=_in_order(rows["what"].unique(), INTERVENTIONS),
        agencies=_in_order(rows["who"].dropna().unique(), AGENCIES),
        cells=_cells(rows.dropna(subset="who")),
        villages=int(villages),
        without=len(data.villages) - int(villages),
        missing=tuple(
            key for key, item in INTERVENTIONS.items() if item.kind == "specific" and key not in set(rows["what"])
        ),
    )


def _cells(rows: pd.DataFrame) -> tuple[ConvergenceCell, ...]:
    counts = rows.groupby(["what", "who"], sort=True)["village_code"].nunique().reset_index()
    return tuple(
        ConvergenceCell(intervention=row["what"], agency=row["who"], villages=row["village_code"])
        for row in counts.to_dict("records")
    )


def _in_order(found: Iterable[str], vocabulary: Iterable[str]) -> tuple[str, ...]:
    """Return names in the order of a vocabulary, the office's own behind, by letter."""
    known = {name: place for place, name in enumerate(vocabulary)}
    return tuple(sorted(map(str, found), key=lambda name: (known.get(name, len(known)), name)))
