"""Design matrices of the comparison: tier, period, confounders, districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import FloatArray, IntArray, Rows
from kbkit.domain.circularity import barred_quantity
from kbkit.domain.tiers import REFERENCE_TIER, TIERS
from kbkit.results import Undefined

TierAs = Literal["score", "category"]

SCORE_TERM = "tier_score"
DUMMY_TERMS = tuple(f"tier_{tier.value}" for tier in TIERS if tier is not REFERENCE_TIER)


@dataclass(frozen=True, kw_only=True, eq=False)
class Covariates:
    """What enters beside the tier: the columns, their names, and what of the plan could not be followed."""

    rows: Rows
    confounders: tuple[str, ...]
    district_effects: bool
    districts_with_two_tiers: int
    without_covariate: int
    deviations: tuple[Undefined, ...]


def choose_covariates(rows: Rows, *, plan: AnalysisPlan, confounders: tuple[str, ...] | None = None) -> Covariates:
    """Choose the covariates by the plan, and drop and count the rows where one is missing.

    ``confounders`` stand in for the plan's where a sensitivity analysis asks for others.

    A kelurahan has no Indeks Desa Membangun by definition: there the index is 0 beside the indicator of a kelurahan, so
    that no value is invented.
    """
    wanted = permitted(plan.confounders if confounders is None else confounders)
    prepared = replace(rows, covariates=_centre_index(rows.covariates, wanted))
    absent = np.zeros(len(rows), dtype=np.bool_)
    missing: list[str] = []
    constant: list[str] = []
    chosen: list[str] = []
    for name in wanted:
        values = prepared.covariates[name]
        unknown = np.isnan(values)
        if unknown.all():
            missing.append(name)
            continue
        absent |= unknown
        known = values[~unknown]
        (constant if known.min() == known.max() else chosen).append(name)
    kept = prepared.take(~absent)
    two_tiers = _count_two_tiers(kept)
    effects = 2 * two_tiers >= kept.n_districts
    deviations = [
        Undefined(reason=reason, details={"terms": ",".join(names)})
        for reason, names in (("covariate_unavailable", missing), ("covariate_constant", constant))
        if names
    ]
    if not effects:
        details = {"districts": two_tiers, "total": kept.n_districts}
        deviations.append(Undefined(reason="no_district_effects", details=details))
    return Covariates(
        rows=kept,
        confounders=tuple(chosen),
        district_effects=effects,
        districts_with_two_tiers=two_tiers,
        without_covariate=int(absent.sum()),
        deviations=tuple(deviations),
    )


def permitted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the columns that share components with the tier."""
    return tuple(name for name in names if barred_quantity(name) is None)


def _centre_index(covariates: Mapping[str, FloatArray], confounders: tuple[str, ...]) -> Mapping[str, FloatArray]:
    index = covariates["idm"]
    known = index[~np.isnan(index)]
    if "idm" not in confounders or known.size == 0:
        return covariates
    return {**covariates, "idm": np.where(covariates["kelurahan"] == 1, 0.0, index - known.mean())}


def _count_two_tiers(rows: Rows) -> int:
    """Return how many districts hold at least two tiers."""
    pairs = rows.district * len(TIERS) + rows.tier
    held = np.bincount(pairs, minlength=len(TIERS) * len(rows.names.districts)).reshape(-1, len(TIERS)) > 0
    return int(np.count_nonzero(held.sum(axis=1) > 1))


def build_design(
    rows: Rows, *, tier_as: TierAs, confounders: tuple[str, ...], district_effects: bool
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the design matrix with its constant, and the names of its columns.

    Args:
        rows: usable rows, one a village and period.
        tier_as: ``"score"`` for one column 0-3, ``"category"`` for a column a tier above the reference.
        confounders: covariates of ``rows``.
        district_effects: whether every district but the first has a column.
    """
    columns: dict[str, FloatArray] = {"constant": np.ones(len(rows))}
    if tier_as == "score":
        columns[SCORE_TERM] = rows.score
    else:
        columns |= {
            f"tier_{tier.value}": (rows.tier == place).astype(np.float64)
            for place, tier in enumerate(TIERS)
            if tier is not REFERENCE_TIER
        }
    columns |= _indicators("period", rows.period, rows.names.periods)
    columns |= {name: rows.covariates[name] for name in confounders}
    if district_effects:
        columns |= _indicators("district", rows.district, rows.names.districts)
    return np.column_stack(list(columns.values())), tuple(columns)


def tier_settings(design: FloatArray, names: tuple[str, ...]) -> dict[str, FloatArray]:
    """Return, for every tier, the design with all rows set to that tier."""
    settings = {}
    for tier in TIERS:
        matrix = design.copy()
        for term in DUMMY_TERMS:
            matrix[:, names.index(term)] = float(term == f"tier_{tier.value}")
        settings[tier.value] = matrix
    return settings


def _indicators(prefix: str, codes: IntArray, labels: tuple[str, ...]) -> dict[str, FloatArray]:
    """Return a column for every code that occurs but the first."""
    present = np.flatnonzero(np.bincount(codes))
    return {f"{prefix}_{labels[code]}": (codes == code).astype(np.float64) for code in present[1:]}
