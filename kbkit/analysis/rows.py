"""The panel as plain arrays: one value a village and period, from which some fifty models take pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kbkit.analysis.ladders import LADDERS
from kbkit.analysis.plan import CONFOUNDERS
from kbkit.domain.tiers import TIERS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_PLACES = {tier.value: place for place, tier in enumerate(TIERS)}


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the codes of rows stand for, in their order."""

    villages: tuple[str, ...]
    districts: tuple[str, ...]
    district_names: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Rows of the panel, one a village and period; every array has the shape ``(rows,)``, unknown numbers are ``nan``.

    Attributes:
        names: what the codes stand for, also those that no row has.
        village: code of the village.
        district: code of the district.
        period: code of the period, later ones larger.
        tier: place on the ladder, 0-3, and -1 without a tier before the measurement.
        target: children to be measured.
        measured: children measured.
        stunted: stunted children among them.
        severely_stunted: severely stunted children among them.
        score: what stands for the tier in a model with one slope: its place, or that on another ladder.
        ladders: place on every purged ladder.
        covariates: columns that may stand beside the tier.
        nothing_entered: whether the village entered nothing for its classification.
    """

    names: Names
    village: IntArray
    district: IntArray
    period: IntArray
    tier: IntArray
    target: FloatArray
    measured: FloatArray
    stunted: FloatArray
    severely_stunted: FloatArray
    score: FloatArray
    ladders: Mapping[str, FloatArray]
    covariates: Mapping[str, FloatArray]
    nothing_entered: BoolArray

    def __len__(self) -> int:
        return self.village.size

    def take(self, chosen: BoolArray | IntArray) -> Rows:
        """Return the rows of a mask or of places."""
        if chosen.dtype == np.bool_ and chosen.all():
            return self
        return Rows(
            names=self.names,
            village=self.village[chosen],
            district=self.district[chosen],
            period=self.period[chosen],
            tier=self.tier[chosen],
            target=self.target[chosen],
            measured=self.measured[chosen],
            stunted=self.stunted[chosen],
            severely_stunted=self.severely_stunted[chosen],
            score=self.score[chosen],
            ladders={name: values[chosen] for name, values in self.ladders.items()},
            covariates={name: values[chosen] for name, values in self.covariates.items()},
            nothing_entered=self.nothing_entered[chosen],
        )

    def latest(self) -> Rows:
        """Return the rows of the latest period that occurs."""
        return self.take(self.period == self.period.max(initial=-1))

    @property
    def has_prevalence(self) -> BoolArray:
        """Which rows have at least one measured child and a reported number of stunted ones."""
        return (self.measured > 0) & ~np.isnan(self.stunted)

    @cached_property
    def n_villages(self) -> int:
        """Villages that occur."""
        return count_different(self.village)

    @cached_property
    def n_districts(self) -> int:
        """Districts that occur."""
        return count_different(self.district)


def count_different(codes: IntArray) -> int:
    """Return how many codes occur."""
    return int(np.count_nonzero(np.bincount(codes)))


def as_rows(panel: pd.DataFrame) -> Rows:
    """Return the rows of :func:`~kbkit.analysis.panel.build_panel` as arrays, in their order."""
    village, villages = pd.factorize(panel["village_code"], sort=True)
    district, districts = pd.factorize(panel["district_code"], sort=True)
    period, periods = pd.factorize(panel["period"], sort=True)
    names = panel.drop_duplicates("district_code").sort_values("district_code")["district_name"]
    return Rows(
        names=Names(
            villages=tuple(villages), districts=tuple(districts), district_names=tuple(names), periods=tuple(periods)
        ),
        village=village.astype(np.int64),
        district=district.astype(np.int64),
        period=period.astype(np.int64),
        tier=panel["tier"].map(_PLACES).to_numpy(dtype=np.float64, na_value=-1.0).astype(np.int64),
        target=_numbers(panel, "children_target"),
        measured=_numbers(panel, "children_measured"),
        stunted=_numbers(panel, "children_stunted"),
        severely_stunted=_numbers(panel, "children_severely_stunted"),
        score=_numbers(panel, "tier_score"),
        ladders={name: _numbers(panel, name) for name in LADDERS},
        covariates={name: _numbers(panel, name) for name in CONFOUNDERS},
        nothing_entered=panel["nothing_entered"].eq(True).to_numpy(dtype=np.bool_),
    )


def usable_rows(rows: Rows) -> Rows:
    """Return the rows that can enter a comparison: a tier before the measurement, and measured children."""
    return rows.take((rows.tier >= 0) & rows.has_prevalence)


def _numbers(panel: pd.DataFrame, name: str) -> FloatArray:
    return panel[name].to_numpy(dtype=np.float64, na_value=np.nan)
