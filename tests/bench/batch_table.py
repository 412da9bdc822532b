"""The ways in which :mod:`tests.bench.batches` makes reports, side by side."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from tests.bench.measuring import Measured, median_of

NAIVE, API, FLOOR = "naive commands", "naive Python", "floor"
EXECUTION, ONE, TWO = "kbkit, no documents", "kbkit, 1 worker", "kbkit, 2 workers"
_MEGABYTE: Final = 1e6


def same_outputs(measured: Sequence[Measured]) -> bool:
    """Whether no two ways left different findings or figures of one report."""
    found: dict[str, set[str]] = {}
    for item in measured:
        for code, made in item.result["outputs"].items():
            found.setdefault(code, set()).add(made)
    return all(len(each) == 1 for each in found.values())


def per_report(measured: Sequence[Measured]) -> list[Measured]:
    """Return runs whose clocks are divided by the number of their reports; for the floor by what it took warm."""
    shared = []
    for item in measured:
        count = len(item.result["outputs"])
        cpu = item.result.get("warm_cpu", item.cpu)
        shared.append(replace(item, wall=item.wall / count, cpu=cpu / count))
    return shared


def _quotient(measured: Sequence[Measured], name: str, other: str, value: str) -> float | None:
    """Return the median over the rounds of one way's value over another's; none where the other was not measured."""
    by_round: dict[int, dict[str, float]] = {}
    for item in measured:
        by_round.setdefault(item.round, {})[item.name] = getattr(item, value)
    found = [values[name] / values[other] for values in by_round.values() if {name, other} <= values.keys()]
    return statistics.median(found) if found else None


def print_table(measured: Sequence[Measured], *, reports: int, rounds: int) -> None:
    print(f"\n{reports} report(s) of kbkit and of the floor, {rounds} round(s); seconds a report, start included")
    print(_line("way", "made", "wall", "CPU", "gain CPU", "wall", "x floor", "PSS MB", "foreign"))
    for name in dict.fromkeys(item.name for item in measured):
        made = next(len(item.result["outputs"]) for item in measured if item.name == name)
        values = (
            _told(median_of(measured, name, "wall"), 2),
            _told(median_of(measured, name, "cpu"), 2),
            _told(_quotient(measured, NAIVE, name, "cpu"), 1),
            _told(_quotient(measured, NAIVE, name, "wall"), 1),
            _told(_quotient(measured, name, FLOOR, "cpu"), 2),
            _told((median_of(measured, name, "peak_pss") or 0) / _MEGABYTE, 0),
            _told(median_of(measured, name, "foreign_cores"), 1),
        )
        print(_line(name, str(made), *values))
    for name in (ONE, TWO):
        first, typical = (
            statistics.median(item.result[key] for item in measured if item.name == name)
            for key in ("first_report", "typical_report")
        )
        print(f"{name}: first report after {first:.1f} s, a report {typical:.1f} s from its begin to its end (median)")


def _line(name: str, *cells: str) -> str:
    return f"{name:<21}" + "".join(f"{cell:>9}" for cell in cells)


def _told(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def marginal(sizes: Mapping[int, Sequence[Measured]], name: str) -> float | None:
    """Return the CPU seconds that one more report costs, from the smallest size to the largest; none for one size."""
    least, most = min(sizes), max(sizes)
    small, large = (median_of(sizes[size], name, "cpu") for size in (least, most))
    if least == most or small is None or large is None:
        return None
    return (large * most - small * least) / (most - least)
