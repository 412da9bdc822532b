"""Design matrices of the comparison: tier, period, confounders, districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.ladders import PURGED_LADDERS
from kbkit.analysis.panel import measured
from kbkit.analysis.plan import CONFOUNDERS, AnalysisPlan
from kbkit.domain.circularity import barred_quantity
from kbkit.domain.tiers import REFERENCE_TIER, TIERS
from kbkit.results import Undefined

FloatArray = NDArray[np.float64]
TierAs = Literal["score", "category"]

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


_TEXTS = ("village_code", "district_code", "district_name", "period", "tier")
_NUMBERS = ("children_target", "children_measured", "children_stunted", SCORE_TERM, *PURGED_LADDERS, *CONFOUNDERS)


def usable_rows(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can enter a comparison: a tier before the measurement, and measured children.

    Only what a comparison uses, in plain arrays: some fifty models take pieces of these rows.
    """
    rows = panel[panel["tier"].notna() & measured(panel)]
    return pd.DataFrame(
        {name: rows[name].to_numpy(dtype=object) for name in _TEXTS}
        | {name: rows[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in _NUMBERS}
        | {"nothing_entered": rows["nothing_entered"].to_numpy(dtype=bool)}
    )


def choose_covariates(
    rows: pd.DataFrame, *, plan: AnalysisPlan, confounders: tuple[str, ...] | None = None
) -> Covariates:
    """Choose the covariates by the plan, and drop and count the rows where one is missing.

    ``confounders`` stand in for the plan's where a sensitivity analysis asks for others.

    A kelurahan has no Indeks Desa Membangun by definition: there the index is 0 beside the indicator of a kelurahan, so
    that no value is invented.
    """
    wanted = permitted(plan.confounders if confounders is None else confounders)
    prepared = _prepare(rows, wanted)
    values = prepared[list(wanted)].to_numpy(dtype=np.float64)
    absent = np.isnan(values)
    empty = absent.all(axis=0)
    varying = np.where(absent, -np.inf, values).max(axis=0) > np.where(absent, np.inf, values).min(axis=0)
    missing = [name for name, is_empty in zip(wanted, empty, strict=True) if is_empty]
    constant = [name for name, varies in zip(wanted, varying, strict=True) if not varies and name not in missing]
    chosen = tuple(name for name in wanted if name not in (*missing, *constant))
    complete = ~absent[:, ~empty].any(axis=1)
    kept = prepared[complete].reset_index(drop=True)
    pairs = kept[["district_code", "tier"]].drop_duplicates()["district_code"].value_counts()
    two_tiers, districts = int((pairs >= 2).sum()), len(pairs)
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


def permitted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the columns that share components with the tier."""
    return tuple(name for name in names if barred_quantity(name) is None)


def _prepare(rows: pd.DataFrame, confounders: tuple[str, ...]) -> pd.DataFrame:
    prepared = rows.copy()
    if "idm" in confounders and prepared["idm"].notna().any():
        centred = prepared["idm"] - prepared["idm"].mean()
        prepared["idm"] = centred.mask(prepared["kelurahan"] == 1, 0.0)
    return prepared


def build_design(
    rows: pd.DataFrame, *, tier_as: TierAs, confounders: tuple[str, ...], district_effects: bool
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
    columns |= _indicators("period", rows["period"])
    columns |= {name: rows[name].to_numpy(dtype=np.float64) for name in confounders}
    if district_effects:
        columns |= _indicators("district", rows["district_code"])
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


def _indicators(prefix: str, values: pd.Series[str]) -> dict[str, FloatArray]:
    """Return a column for every value but the first in order."""
    codes, labels = pd.factorize(values, sort=True)
    matrix = np.eye(len(labels))[codes]
    return {f"{prefix}_{label}": matrix[:, place] for place, label in enumerate(labels) if place > 0}
