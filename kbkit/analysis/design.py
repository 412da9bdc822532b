"""Design matrices of the comparison: tier, period, confounders, districts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.panel import measured
from kbkit.analysis.plan import AnalysisPlan
from kbkit.domain.tiers import REFERENCE_TIER, TIERS
from kbkit.results import Undefined

FloatArray = NDArray[np.float64]

SCORE_TERM = "tier_score"
DUMMY_TERMS = tuple(f"tier_{tier.value}" for tier in TIERS if tier is not REFERENCE_TIER)


@dataclass(frozen=True, kw_only=True)
class Covariates:
    """What enters beside the tier: the columns, their names, and what of the plan could not be followed."""

    rows: pd.DataFrame
    confounders: tuple[str, ...]
    district_effects: bool
    districts_with_two_tiers: int
    without_covariate: int
    deviations: tuple[Undefined, ...]


def usable_rows(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can enter a comparison: a tier before the measurement, and measured children."""
    return panel[panel["tier"].notna() & measured(panel)].reset_index(drop=True)


def choose_covariates(
    rows: pd.DataFrame, *, plan: AnalysisPlan, confounders: tuple[str, ...] | None = None
) -> Covariates:
    """Choose the covariates by the plan, and drop and count the rows where one is missing.

    ``confounders`` stand in for the plan's where a sensitivity analysis asks for others.

    A kelurahan has no Indeks Desa Membangun by definition: there the index is 0 beside the indicator of a kelurahan, so
    that no value is invented.
    """
    wanted = plan.confounders if confounders is None else confounders
    values = _prepare(rows, wanted)
    missing = [name for name in wanted if values[name].isna().all()]
    constant = [name for name in wanted if name not in missing and values[name].nunique() == 1]
    chosen = tuple(name for name in wanted if name not in (*missing, *constant))
    complete = values[list(chosen)].notna().all(axis=1)
    kept = values[complete].reset_index(drop=True)
    two_tiers = int((kept.groupby("district_code")["tier"].nunique() >= 2).sum())
    districts = kept["district_code"].nunique()
    effects = 2 * two_tiers >= districts
    deviations = [
        Undefined(reason=reason, details={"terms": ",".join(names)})
        for reason, names in (("covariate_unavailable", missing), ("covariate_constant", constant))
        if names
    ]
    if not effects:
        deviations.append(Undefined(reason="no_district_effects", details={"districts": two_tiers, "total": districts}))
    return Covariates(
        rows=kept,
        confounders=chosen,
        district_effects=effects,
        districts_with_two_tiers=two_tiers,
        without_covariate=int((~complete).sum()),
        deviations=tuple(deviations),
    )


def _prepare(rows: pd.DataFrame, confounders: tuple[str, ...]) -> pd.DataFrame:
    prepared = rows.copy()
    if "idm" in confounders and prepared["idm"].notna().any():
        centred = prepared["idm"] - prepared["idm"].mean()
        prepared["idm"] = centred.mask(prepared["kelurahan"] == 1, 0.0)
    return prepared


def build_design(
    rows: pd.DataFrame, *, tier_as: str, confounders: tuple[str, ...], district_effects: bool
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the design matrix with its constant, and the names of its columns.

    Args:
        rows: usable rows, one a village and period.
        tier_as: ``"score"`` for one column 0-3, ``"category"`` for a column a tier above the reference.
        confounders: numeric columns of ``rows``.
        district_effects: whether every district but the first has a column.
    """
    columns: dict[str, FloatArray] = {"constant": np.ones(len(rows))}
    if tier_as == "score":
        columns[SCORE_TERM] = rows[SCORE_TERM].to_numpy(dtype=np.float64)
    else:
        columns |= {term: _indicator(rows["tier"], term.removeprefix("tier_")) for term in DUMMY_TERMS}
    columns |= {f"period_{period}": _indicator(rows["period"], period) for period in sorted(set(rows["period"]))[1:]}
    columns |= {name: rows[name].to_numpy(dtype=np.float64) for name in confounders}
    if district_effects:
        districts = sorted(set(rows["district_code"]))
        columns |= {f"district_{code}": _indicator(rows["district_code"], code) for code in districts[1:]}
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


def _indicator(values: pd.Series[str], value: str) -> FloatArray:
    return np.asarray(values == value, dtype=np.float64)
