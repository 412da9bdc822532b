"""Reference for kbkit.methods.switchers: diff-diff's DID_M on units that switch once, on or off.

Run: python switchers.py   (diff-diff 3.13.0, which drops units that switch twice unless told not to)
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from diff_diff import ChaisemartinDHaultfoeuille  # type: ignore[import-not-found]


def main() -> None:
    """Write switchers.json beside this script."""
    rng, units, periods = np.random.default_rng(31), 40, 5
    switch = rng.integers(1, 8, units)
    first = (np.arange(units) < 16).astype(int)
    rows = [
        {"unit": unit, "period": period, "d": int(first[unit] ^ (period >= switch[unit])), "cluster": unit % 8}
        for unit in range(units)
        for period in range(periods)
    ]
    panel = pd.DataFrame(rows)
    panel["y"] = (0.3 - 0.02 * panel["d"] + 0.01 * panel["period"] + rng.normal(0, 0.03, len(panel))).round(5)
    result = ChaisemartinDHaultfoeuille().fit(panel, outcome="y", unit="unit", time="period", treatment="d")
    out = {
        "versions": {"diff-diff": version("diff-diff")},
        "panel": {name: panel[name].tolist() for name in panel},
        "effect": float(result.overall_att),
        "up": float(result.joiners_att),
        "down": float(result.leavers_att),
        "placebo": float(result.placebo_effect),
        "n_moves": int(result.n_switcher_cells),
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(out), encoding="utf-8")


if __name__ == "__main__":
    main()
