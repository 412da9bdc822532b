"""What figures cost beside the same figures drawn by default: ``python -m tests.bench.figures``.

Default is what a plain program does: matplotlib's Axes, constrained layout, PNG of 100 dots an inch with tight borders
(:mod:`tests.bench.plain_figures`). The floor of a report is its analysis with its drawings as a plain warm function.
Everything runs warm in this process, one after the other in every round; seconds are CPU seconds, comparisons medians
of the ratios within a round.
"""

from __future__ import annotations

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # before numpy is loaded

import json
import statistics
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import process_time
from typing import Any, Final
from unittest.mock import patch

import kbkit
from kbkit.document import Figure
from kbkit.figures.canvas import Page
from tests.bench.analysis import PROJECT, read_demo
from tests.bench.plain_figures import drawn_plainly

ROUNDS: Final = 7
TARGET_RATIO: Final = 0.5


def main() -> None:
    """Measure, print a table and write ``outputs/bench/figures.json``."""
    data = read_demo(PROJECT / "outputs" / "demo" / "dataset")
    findings = kbkit.analyse_regency(data)
    ways: dict[str, Callable[[], object]] = {
        "analysis": lambda: kbkit.analyse_regency(data),
        "report": lambda: compose(findings),
        "report_default": lambda: compose_by_default(findings),
        "report_undrawn": lambda: compose_undrawn(findings),
    }
    figures = compose(findings)
    for way in ways.values():
        way()
    rounds = [{name: seconds(way) for name, way in ways.items()} for _ in range(ROUNDS)]
    result = {
        "figures": len(figures),
        "svg_bytes": sum(len(figure.svg.encode()) for figure in figures),
        "png_bytes": sum(map(len, compose_by_default(findings))),
        "target_ratio": TARGET_RATIO,
        "seconds": {name: statistics.median(measured[name] for measured in rounds) for name in ways},
        "ratios": ratios(rounds),
        "rounds": rounds,
        "versions": {name: version(name) for name in ("kbkit", "matplotlib", "numpy")},
        "python": sys.version.split()[0],
        "load": os.getloadavg()[0],
    }
    print_table(result)
    target = PROJECT / "outputs" / "bench" / "figures.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=1), encoding="utf-8")


def compose(findings: kbkit.Findings) -> list[Figure]:
    """Compose the report, and return its figures."""
    sections = kbkit.compose_report(findings, language="id").sections
    return [block for section in sections for block in section.blocks if isinstance(block, Figure)]


def compose_by_default(findings: kbkit.Findings) -> list[bytes]:
    """Compose the same report with its figures as PNG, and return them."""
    with drawn_plainly() as pictures:
        compose(findings)
    return pictures


def compose_undrawn(findings: kbkit.Findings) -> None:
    """Compose the same report; figures are described, but neither laid out nor written."""
    with patch.object(Page, "to_svg", lambda page: ""):
        compose(findings)


def seconds(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    start = process_time()
    call()
    return process_time() - start


def ratios(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return medians of what kbkit takes, as a share of the default way.

    ``drawing`` counts laying out and writing alone, ``report`` with tables and sentences, ``floor`` with the analysis.
    """
    shares = [
        {
            "drawing": (r["report"] - r["report_undrawn"]) / (r["report_default"] - r["report_undrawn"]),
            "report": r["report"] / r["report_default"],
            "floor": (r["analysis"] + r["report"]) / (r["analysis"] + r["report_default"]),
        }
        for r in rounds
    ]
    return {name: statistics.median(share[name] for share in shares) for name in shares[0]}


def print_table(result: dict[str, Any]) -> None:
    """Print what was measured."""
    print(f"{result['figures']} figures of one report, load {result['load']:.1f}; CPU milliseconds, median:")
    for name, value in result["seconds"].items():
        print(f"  {name:16} {1e3 * value:7.0f}")
    print(f"kbkit as a share of the default way; target of the floor {result['target_ratio']}:")
    for name, share in result["ratios"].items():
        print(f"  {name:16} {share:7.2f}")
    print(f"bytes of all figures: SVG {result['svg_bytes']:,}, PNG {result['png_bytes']:,}")


if __name__ == "__main__":
    main()
