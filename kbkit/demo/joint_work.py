"""Who pays and who does what in each village: the lists that an office keeps in the workbooks of ``kbkit template``.

Numbers of sources and of agencies follow the scores "Input Sumber Dana" and "Proses Lintas Sektor" of the last
snapshot, so that lists and scores tell one story. Nothing here depends on stunting.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from kbkit.demo.mark import MARK
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams
from kbkit.demo.truth import Truth
from kbkit.domain.agencies import AGENCIES
from kbkit.domain.funding import PURPOSES, SOURCES
from kbkit.domain.interventions import DEFAULT_INTERVENTIONS, KIND_NAMES, TARGET_GROUPS, Intervention
from kbkit.domain.programmes import PROGRAMME_GROUPS
from kbkit.template import write_template

FOLDER: Final = "daftar_opd"

_SOURCES_BY_SCORE: Final = {1: (0, 0), 2: (1, 1), 3: (2, 4), 4: (5, 6)}
_AGENCIES_BY_SCORE: Final = {1: (0, 0), 2: (1, 3), 3: (4, 6), 4: (7, 9)}
_SOURCE_WEIGHTS: Final = {
    "village_fund": 0.26,
    "bokb": 0.22,
    "apbd_regency": 0.20,
    "self_help": 0.12,
    "csr": 0.06,
    "dak": 0.05,
    "apbn": 0.05,
    "apbd_province": 0.04,
}
"""How often a source is among those of a village; a kelurahan has no Dana Desa."""
_PURPOSE_WEIGHTS: Final = {
    "operations": 0.24,
    "dashat": 0.22,
    "activity_groups": 0.18,
    "stunting_services": 0.14,
    "facilities": 0.10,
    "data_house": 0.07,
    "environment": 0.05,
}
_AGENCY_WEIGHTS: Final = {"health": 6.0, "family_planning": 5.0, "social": 3.0, "village_affairs": 0.0}
"""How readily an agency takes part, 1 where not named. Village affairs has no intervention of its own in the list."""
_SIZES: Final = {
    "adolescents": 0.30,
    "couples_to_be": 0.02,
    "pregnant": 0.045,
    "breastfeeding": 0.05,
    "under_two": 0.10,
    "under_five": 0.25,
    "couples": 0.08,
    "families_at_risk": 0.15,
    "families": 0.12,
    "village": 0.0,
}
"""Size of a target group, as a share of the families."""
_COST: Final = 150_000
"""Rupiah a person or family, at the median."""


def write_lists(folder: Path, *, population: Population, truth: Truth, streams: Streams) -> None:
    """Write both lists of every regency, for the year before the last snapshot."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    last = population.tiers[population.tiers["snapshot_date"] == truth.snapshots[-1]]
    families = population.families[["village_code", "families"]]
    villages = population.villages.merge(last, on="village_code").merge(families, on="village_code")
    year = truth.snapshots[-1].year - 1
    for code, rows in villages.groupby("regency_code", sort=False):
        slug = str(rows["regency_name"].iloc[0]).removeprefix("Kabupaten ").lower().replace(" ", "_")
        branch = streams.branch(str(code))
        records = [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
        funding, work = branch.generator("funding"), branch.generator("interventions")
        paid = [row | _place(village, year) for village in records for row in _draw_funding(village, funding)]
        done = [row | _place(village, year) for village in records for row in _draw_work(village, work)]
        (folder / FOLDER / f"pendanaan_{slug}_{year}.xlsx").write_bytes(
            write_template("funding", language="id", rows=paid, sheet=MARK)
        )
        (folder / FOLDER / f"intervensi_{slug}_{year}.xlsx").write_bytes(
            write_template("interventions", language="id", rows=done, sheet=MARK)
        )


def _place(village: Mapping[str, Any], year: int) -> dict[str, Any]:
    return {
        "code_found": village["village_code"],
        "regency_found": village["regency_name"],
        "district_found": village["district_name"],
        "village_found": village["village_name"],
        "year": year,
    }


def _draw_funding(village: Mapping[str, Any], random: np.random.Generator) -> list[dict[str, Any]]:
    """Draw the money of a village; one without a source says so for the Dana Desa in some of the cases."""
    score = village["score_input_funding"]
    if score == 1:
        said = random.random() < 0.4 and village["village_kind"] != "kelurahan"
        return [{"source": SOURCES["village_fund"].name, "amount": 0}] if said else []
    weights = {key: weight for key, weight in _SOURCE_WEIGHTS.items() if not _is_barred(key, village)}
    rows = []
    for key in _choose(weights, _between(_SOURCES_BY_SCORE[score], random), random):
        amount = int(np.exp(random.normal(16.2, 0.6)) // 500_000 * 500_000) + 500_000
        purpose = _choose(_PURPOSE_WEIGHTS, 1, random)[0]
        row: dict[str, Any] = {"source": SOURCES[key].name, "purpose": PURPOSES[purpose], "amount": amount}
        rows.append(row | {"spent": int(amount * random.uniform(0.6, 1.0) // 100_000 * 100_000)})
    return rows


def _is_barred(source: str, village: Mapping[str, Any]) -> bool:
    return source == "village_fund" and village["village_kind"] == "kelurahan"


def _draw_work(village: Mapping[str, Any], random: np.random.Generator) -> list[dict[str, Any]]:
    agencies = _choose(_LEADING, _between(_AGENCIES_BY_SCORE[village["score_process_cross_sector"]], random), random)
    chosen = [item for agency in agencies for item in _draw_interventions(agency, random)]
    return [_draw_row(item, agencies, village, random) for item in chosen]


def _draw_interventions(agency: str, random: np.random.Generator) -> list[Intervention]:
    """Draw what an agency does in a village: one thing, the health agency up to two."""
    own = [item for item in DEFAULT_INTERVENTIONS if item.agency == agency]
    several = _between((1, 2), random) if agency == "health" else 1
    return [own[place] for place in sorted(random.choice(len(own), several, replace=False).tolist())]


def _draw_row(
    item: Intervention, agencies: list[str], village: Mapping[str, Any], random: np.random.Generator
) -> dict[str, Any]:
    target = max(1, int(random.poisson(village["families"] * _SIZES[item.target])))
    reach = np.clip(0.45 + 0.09 * village["score_process_operations"] + random.normal(0, 0.1), 0.05, 0.99)
    budget = int(target * _COST * np.exp(random.normal(0, 0.4)) // 100_000 * 100_000) + 500_000
    others = [AGENCIES[key].name for key in agencies if key != item.agency]
    return {
        "period": "Tahunan",
        "programme_group": f"{item.group}. {PROGRAMME_GROUPS[item.group].name}",
        "intervention": item.name,
        "kind": KIND_NAMES[item.kind],
        "target_group": TARGET_GROUPS[item.target],
        "lead_agency": AGENCIES[item.agency].name,
        "supporting_agencies": others[int(random.integers(len(others)))] if others and random.random() < 0.4 else None,
        "funding_source": SOURCES[_choose(_WORK_SOURCES, 1, random)[0]].name,
        "volume": target,
        "unit": item.unit,
        "target": target,
        "attained": int(random.binomial(target, reach)),
        "budget": budget,
        "spent": int(budget * random.uniform(0.6, 1.0) // 100_000 * 100_000),
    }


def _between(limits: tuple[int, int], random: np.random.Generator) -> int:
    return int(random.integers(limits[0], limits[1] + 1))


def _choose(weights: Mapping[str, float], number: int, random: np.random.Generator) -> list[str]:
    """Choose some keys without repeating one, in the order of the mapping."""
    shares = np.array(list(weights.values())) / sum(weights.values())
    drawn = set(random.choice(list(weights), min(number, len(weights)), replace=False, p=shares).tolist())
    return [key for key in weights if key in drawn]


_LEADING: Final = {
    agency: _AGENCY_WEIGHTS.get(agency, 1.0)
    for agency in AGENCIES
    if any(item.agency == agency for item in DEFAULT_INTERVENTIONS)
}
_WORK_SOURCES: Final = {"apbd_regency": 0.45, "village_fund": 0.2, "dak": 0.15, "bokb": 0.12, "apbn": 0.08}
