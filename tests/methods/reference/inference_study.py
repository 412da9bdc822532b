"""Record the simulation of the primary analysis: ``python inference_study.py`` writes ``inference_study.json``.

Names of designs may follow; their results then replace those in the file. Some minutes a design.
"""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy
import scipy
import statsmodels

from kbkit.methods.inference_study import DESIGNS, simulate_inference

RECORD = Path(__file__).with_suffix(".json")
DATA_SETS, SEED = 2000, 20241017


def run(name: str) -> dict[str, Any]:
    """Return the results of one design as plain values."""
    study = simulate_inference(design=DESIGNS[name], data_sets=DATA_SETS, seed=SEED)
    return asdict(study.design) | {
        "data_sets": study.data_sets,
        "seed": study.seed,
        "undefined": study.undefined,
        "rates": {procedure: asdict(rates) for procedure, rates in study.rates.items()},
    }


if __name__ == "__main__":
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {"designs": {}}
    record["versions"] = {
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
    }
    for name in sys.argv[1:] or list(DESIGNS):
        record["designs"][name] = run(name)
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
