"""Villages of a regency: from the register to the analysis, and one by one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class VillageCoverage:
    """Villages from the register to the analysis; the flow of a STROBE diagram.

    ``zero_cases`` counts the villages of which it may be said.
    """

    villages: int
    desa: int
    kelurahan: int
    districts: int
    with_kampung_kb: int
    with_measurement: int
    with_both: int
    target_zero: int
    zero_cases: int


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village of the register: tier and indices at the latest snapshot, measuring in the latest period."""

    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    tier: str | None
    index_input: float | None
    index_process: float | None
    index_output: float | None
    children_target: int | None
    children_measured: int | None
    coverage: float | None
