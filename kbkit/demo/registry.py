"""e-PPGBM by village: the rows of one file, with their faults, whatever the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kbkit.demo.faults import FaultKind, PlantedFault, write_names
from kbkit.demo.nutrition import HEIGHT_CLASSES, HEIGHT_OUTLIER, THINNESS_CLASSES, WEIGHT_CLASSES, WEIGHT_OUTLIER
from kbkit.demo.population import Population
from kbkit.demo.streams import Streams

FOLDER: Final = "eppgbm"

CLASSES: Final = (*WEIGHT_CLASSES, WEIGHT_OUTLIER, *HEIGHT_CLASSES, HEIGHT_OUTLIER, *THINNESS_CLASSES)

_LARGE_DISTRICT: Final = 28
"""Villages of a district from which on a second health centre serves the last third of them."""


@dataclass(frozen=True, kw_only=True)
class RegistryRows:
    """The rows of one regency and period as they will be written.

    Attributes:
        regency: name of the regency as e-PPGBM writes it, ``"Kab. Blora"`` or ``"Kota Pariaman"``.
        period: measuring month.
        rows: one row a village: village_code, health_centre, other_centre (whether that is not the district's name),
            village (as written), target, the ``CLASSES`` (missing where not measured), state: "" or the fault of the
            counts.
        missing: villages without a row.
        name_faults: kind of fault of the written name, by village code.
    """

    regency: str
    period: str
    rows: pd.DataFrame
    missing: tuple[str, ...]
    name_faults: Mapping[str, FaultKind]

    @property
    def stamp(self) -> str:
        """First line of the export: when it was drawn, at the end of the measuring month."""
        return f"Data Tanggal : {self.period}-27 08:15:00"

    @property
    def slug(self) -> str:
        """The regency's name in a file name."""
        return self.regency.removeprefix("Kab. ").lower().replace(" ", "_")

    def faults(self, *, file: str) -> tuple[PlantedFault, ...]:
        """List the faults of the rows as they stand in ``file``, a path below the exports."""
        names = dict(zip(self.rows["village_code"], self.rows["village"], strict=True))
        other = self.rows.loc[self.rows["other_centre"], "village_code"]
        counts = self.rows.loc[self.rows["state"] != "", ["village_code", "state"]].itertuples(index=False)
        return (
            *(
                PlantedFault(kind=kind, file=file, village_code=code, written=names[code])
                for code, kind in self.name_faults.items()
                if code in names
            ),
            *(PlantedFault(kind=FaultKind.OTHER_HEALTH_CENTRE, file=file, village_code=code) for code in other),
            *(PlantedFault(kind=FaultKind.VILLAGE_MISSING, file=file, village_code=code) for code in self.missing),
            *(PlantedFault(kind=FaultKind(state), file=file, village_code=code) for code, state in counts),
        )

    def target_faults(self, *, file: str) -> tuple[PlantedFault, ...]:
        """List the faults of the rows as they stand in the separate file of targets, which has no measurements."""
        return tuple(fault for fault in self.faults(file=file) if fault.kind is not FaultKind.NOT_MEASURED)


def plan_registry_rows(*, population: Population, regency_code: str, period: str, streams: Streams) -> RegistryRows:
    """Return the rows of one regency and period, their faults planted."""
    branch = streams.branch("eppgbm", regency_code)
    villages = population.villages[population.villages["regency_code"] == regency_code].reset_index(drop=True)
    # One stream for all periods: names and health centres stay as the registry has them.
    written, name_faults = write_names(villages=villages, streams=branch)
    centres = _health_centres(villages)
    counts = population.stunting[population.stunting["period"] == period][["village_code", "children_target"]]
    classes = population.nutrition[population.nutrition["period"] == period].drop(columns="period")
    rows = (
        villages[["village_code"]]
        .assign(health_centre=centres, other_centre=centres != villages["district_name"].str.upper(), village=written)
        .merge(counts.rename(columns={"children_target": "target"}), on="village_code", validate="one_to_one")
        .merge(classes, on="village_code", validate="one_to_one")
        .astype(dict.fromkeys(("target", *CLASSES), "Int64"))
    )
    spoiled, missing = _spoil_counts(rows, branch.generator("counts", period))
    name = villages["regency_name"].iloc[0].replace("Kabupaten ", "Kab. ")
    return RegistryRows(regency=name, period=period, rows=spoiled, missing=missing, name_faults=name_faults)


def _health_centres(villages: pd.DataFrame) -> pd.Series:
    """Return the health centre of each village: named after the district, in a large one also after a village."""
    centres = villages["district_name"].str.upper()
    districts = set(centres)
    for _, members in villages.groupby("district_code"):
        if len(members) >= _LARGE_DISTRICT:
            last_third = members.iloc[-(len(members) // 3) :]
            names = [name for name in last_third["village_name"].str.upper() if name not in districts]
            centres[last_third.index] = names[0]
    return centres


def _spoil_counts(rows: pd.DataFrame, random: np.random.Generator) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Lose some villages, leave some unmeasured and some without target; more of each in a large regency."""
    size = len(rows)
    wanted = (1 + size // 100, 1 + size // 150, size // 140)
    order = random.permutation(size)
    lost, unmeasured, zero = np.split(order[: sum(wanted)], np.cumsum(wanted)[:-1])
    spoiled = rows.assign(state="")
    spoiled.loc[unmeasured, "state"] = FaultKind.NOT_MEASURED.value
    spoiled.loc[unmeasured, list(CLASSES)] = pd.NA
    spoiled.loc[zero, "state"] = FaultKind.TARGET_ZERO.value
    spoiled.loc[zero, ["target", *CLASSES]] = 0
    missing = tuple(sorted(rows.loc[lost, "village_code"]))
    return spoiled.drop(index=lost.tolist()).reset_index(drop=True), missing
