"""Negative controls: comparisons that must show nothing, declared in the plan before the data are seen.

A control that does show something tells of a difference between tiers that the covariates do not catch (Lipsitch,
Tchetgen Tchetgen & Cohen 2010, Epidemiology 21:383-388).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import FloatArray, Rows
from kbkit.analysis.specifications import LEVELS, specify
from kbkit.results import Undefined
from kbkit.results.guards import NegativeControl

_Role = Literal["outcome", "exposure"]


def run_controls(rows: Rows, *, indicators: pd.DataFrame, plan: AnalysisPlan) -> tuple[NegativeControl, ...]:
    """Run the negative controls of the plan.

    Args:
        rows: usable rows.
        indicators: table ``village_indicators``; of each village the latest value counts.
        plan: names the controls.
    """
    controls = []
    if plan.negative_control_outcome:
        controls.append(_control_outcome(rows, indicators, plan))
    if plan.negative_control_exposure:
        controls.append(_control_exposure(rows, indicators, plan))
    return tuple(controls)


def _control_outcome(rows: Rows, indicators: pd.DataFrame, plan: AnalysisPlan) -> NegativeControl:
    """Compare another share of the latest period's villages between tiers."""
    cases, total = (part.strip() for part in plan.negative_control_outcome.split("/"))
    latest = rows.latest()
    named = replace(latest, stunted=_values(latest, indicators, cases), measured=_values(latest, indicators, total))
    shares = named.take((named.measured > 0) & (named.stunted <= named.measured))
    return _describe("outcome", plan.negative_control_outcome, shares, plan)


def _control_exposure(rows: Rows, indicators: pd.DataFrame, plan: AnalysisPlan) -> NegativeControl:
    """Put another quantity in the place of the tier, scaled so that the whole ladder is one standard deviation."""
    values = _values(rows, indicators, plan.negative_control_exposure)
    known = values[~np.isnan(values)]
    spread = known.std() if known.size else 0.0
    scaled = LEVELS * ((values - known.mean()) / spread + 0.5) if spread > 0 else np.full(len(rows), np.nan)
    return _describe("exposure", plan.negative_control_exposure, replace(rows, score=scaled), plan)


def _describe(role: _Role, indicator: str, rows: Rows, plan: AnalysisPlan) -> NegativeControl:
    known = rows.take(~np.isnan(rows.score))
    if len(known) == 0:
        absent = Undefined(reason="control_absent", details={"indicator": indicator})
        return NegativeControl(role=role, indicator=indicator, villages=0, difference=absent)
    found = specify("control", "rows", known, plan=plan)
    return NegativeControl(role=role, indicator=indicator, villages=found.villages, difference=found.difference)


def _values(rows: Rows, indicators: pd.DataFrame, name: str) -> FloatArray:
    """Return the latest value of an indicator for the village of every row, missing where there is none."""
    named = indicators[indicators["indicator"] == name].sort_values("period", na_position="first")
    latest = named.drop_duplicates("village_code", keep="last").set_index("village_code")["value"]
    return latest.reindex(rows.names.villages).to_numpy(dtype=np.float64, na_value=np.nan)[rows.village]
