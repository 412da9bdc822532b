"""Rates of a simulation study: recorded ones are read, live ones are made by :mod:`kbkit.analysis.simulation`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What one procedure did on the data sets of a design: shares, 0-1.

    Attributes:
        procedure: name of the procedure, for example ``"CR2"``.
        size: share of data sets without a slope in which it was rejected that there is none.
        power: the same where there is one.
        coverage: share of data sets in which the interval holds the slope; ``None`` for a test without an interval.
    """

    procedure: str
    size: float
    power: float
    coverage: float | None


@dataclass(frozen=True, kw_only=True)
class Study:
    """A design and its rates.

    Attributes:
        name: name of the design.
        villages: villages of every district.
        tier_sd: standard deviation of the districts' leaning to a tier; 0 where tiers know no district.
        slope: log odds per tier where the hypothesis is false.
        data_sets: data sets with a slope, and as many without.
        seed: seed of all of them.
        undefined: data sets without a result.
        rates: one a procedure.
    """

    name: str
    villages: tuple[int, ...]
    tier_sd: float
    slope: float
    data_sets: int
    seed: int
    undefined: int
    rates: tuple[Rate, ...]


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """Studies of several designs, with the versions that made them."""

    studies: tuple[Study, ...]
    versions: Mapping[str, str]


def read_simulation(path: str | Path) -> Simulation:
    """Read a recorded simulation.

    Args:
        path: JSON file that the recording script wrote.
    """
    record = json.loads(Path(path).read_text(encoding="utf-8"))
    return Simulation(
        studies=tuple(
            Study(
                **{name: value for name, value in design.items() if name not in {"villages", "rates"}},
                villages=tuple(design["villages"]),
                rates=tuple(Rate(procedure=procedure, **rates) for procedure, rates in design["rates"].items()),
            )
            for design in record["designs"].values()
        ),
        versions=record["versions"],
    )
