"""Reference for kbkit.methods.group_time and group_time_aggregates: diff-diff on the panel of Callaway & Sant'Anna.

The panel (500 counties, 2003-2007, log teen employment) is that of the R package did, as CSV. Of it only what the
estimates depend on is kept: per group the number of counties, the means of the years and their covariances.
Run: python minimum_wage.py mpdta.csv   (diff-diff 3.13.0)
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from diff_diff import CallawaySantAnna  # type: ignore[import-not-found]


def describe(panel: pd.DataFrame, controls: str) -> dict[str, Any]:
    """Return effects and standard errors of diff-diff as pairs."""
    model = CallawaySantAnna(control_group=controls, estimation_method="reg", n_bootstrap=0)
    result = model.fit(
        panel, outcome="lemp", unit="countyreal", time="year", first_treat="first.treat", aggregate="all"
    )
    return {
        "effects": [
            [int(group), int(period), float(cell["effect"]), float(cell["se"])]
            for (group, period), cell in result.group_time_effects.items()
        ],
        "simple": [float(result.overall_att), float(result.overall_se)],
        "group": [[int(k), float(v["effect"]), float(v["se"])] for k, v in result.group_effects.items()],
        "dynamic": [[int(k), float(v["effect"]), float(v["se"])] for k, v in result.event_study_effects.items()],
    }


def main() -> None:
    """Write minimum_wage.json beside this script."""
    panel = pd.read_csv(sys.argv[1]).astype({"first.treat": int})
    wide = panel.pivot(index="countyreal", columns="year", values="lemp")
    first = panel.groupby("countyreal")["first.treat"].first()
    groups = [
        {
            "first": int(value) or None,
            "n": int((first == value).sum()),
            "mean": rows.mean().tolist(),
            "covariance": np.cov(rows.T, ddof=0).tolist(),
        }
        for value, rows in wide.groupby(first)
    ]
    out = {
        "versions": {"diff-diff": version("diff-diff")},
        "years": wide.columns.tolist(),
        "groups": groups,
        **{controls: describe(panel, controls) for controls in ("never_treated", "not_yet_treated")},
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(out), encoding="utf-8")


if __name__ == "__main__":
    main()
