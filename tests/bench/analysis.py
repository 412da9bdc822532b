"""How much CPU the analysis of one regency takes, warm: ``python -m tests.bench.analysis``.

The demo's Blora has 295 villages and four periods. Seconds are CPU seconds of this process with one thread for linear
algebra, as in a batch; the median of rounds, with quartiles and the load before and after: neighbours on a machine make
CPU seconds longer, too, by what they take of caches. Parts are shares of profiled runs, whose bookkeeping makes many
small calls look dearer than they are.
"""

from __future__ import annotations

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # before numpy is loaded

import cProfile
import pstats
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any, Literal

import numpy as np

import kbkit
from kbkit import methods
from kbkit.analysis.design import SCORE_TERM, build_design, choose_covariates
from kbkit.analysis.panel import build_panel
from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.rows import as_rows, usable_rows
from kbkit.dataset import RegencyData
from tests.bench.measuring import write_results

PROJECT = Path(__file__).resolve().parents[2]
REGENCY = "33.16"
ROUNDS, METHOD_ROUNDS, PROFILED_ROUNDS = 21, 15, 5
TARGET_SECONDS = 0.5
# Busy cores of the machine, this process among them, up to which seconds are taken at their word.
QUIET_LOAD = 1.5


def main() -> None:
    """Measure, print a table and write ``outputs/bench/analysis.json``."""
    data = read_demo(PROJECT / "outputs" / "demo" / "dataset")
    load_before = os.getloadavg()[0]
    whole = measure(partial(kbkit.analyse_regency, data), rounds=ROUNDS)
    parts = profile(kbkit.analyse_regency, data)
    by_method = {name: measure(call, rounds=METHOD_ROUNDS) for name, call in latest_period(data).items()}
    result = {
        "villages": len(data.villages),
        "periods": int(data.stunting["period"].nunique()),
        "target_seconds": TARGET_SECONDS,
        "analyse_regency": whole,
        "parts": parts,
        "methods_latest_period": by_method,
        "versions": {name: version(name) for name in ("kbkit", "numpy", "pandas", "scipy", "statsmodels")},
        "load": [load_before, os.getloadavg()[0]],
    }
    print_table(result)
    write_results("analysis", result)


def read_demo(dataset: Path) -> RegencyData:
    """Read the demo's dataset; make it where it is not there."""
    if dataset.is_dir():
        return kbkit.read_regency(dataset, regency=REGENCY)
    from kbkit.demo import write_demo
    from kbkit.prepare import prepare_dataset

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "dataset"
        prepare_dataset(sources=[write_demo(out=Path(folder)).exports], out=made)
        return kbkit.read_regency(made, regency=REGENCY)


def measure(call: Callable[[], object], *, rounds: int) -> dict[str, float]:
    """Return median and quartiles of the CPU seconds of a warm call."""
    call()
    seconds = []
    for _ in range(rounds):
        start = process_time()
        call()
        seconds.append(process_time() - start)
    low, median, high = statistics.quantiles(seconds, n=4)
    return {"median": median, "lower_quartile": low, "upper_quartile": high, "rounds": rounds}


def profile(call: Callable[[RegencyData], object], data: RegencyData) -> dict[str, dict[str, float]]:
    """Return shares of profiled runs: by chapter, by function of kbkit with all it calls, and own time by library.

    A chapter is what the call itself calls. Functions are those below the chapters; one may stand within another.
    """
    profiler = cProfile.Profile()
    for _ in range(PROFILED_ROUNDS):
        profiler.runcall(call, data)
    chapters, functions, libraries = Counter[str](), Counter[str](), Counter[str]()
    statistics_of: Any = pstats.Stats(profiler)
    for (file, _, function), (_, _, seconds, cumulated, callers) in statistics_of.stats.items():
        parts = Path(file).parts
        libraries[room(parts)] += seconds
        name = f"{Path(file).stem}.{function}"
        by_call = sum(caller[3] for (_, _, source), caller in callers.items() if source == call.__name__)
        if "kbkit" in parts and by_call > 0:
            chapters[name] += by_call
        elif "kbkit" in parts and function[0] not in "_<" and function != call.__name__:
            functions[name] += cumulated
    total = libraries.total()
    return {
        "chapter": {name: seconds / total for name, seconds in chapters.most_common(14)},
        "function": {name: seconds / total for name, seconds in functions.most_common(20)},
        "library, own time": {name: seconds / total for name, seconds in libraries.most_common(8)},
    }


def room(parts: tuple[str, ...]) -> str:
    """Return where a file belongs: a room of kbkit, or a library."""
    if "kbkit" in parts:
        return f"kbkit.{parts[parts.index('kbkit') + 1]}"
    return parts[parts.index("site-packages") + 1] if "site-packages" in parts else "python"


def latest_period(data: RegencyData) -> dict[str, Callable[[], object]]:
    """Return the estimators of the sensitivity set on the villages of the latest period."""
    plan = AnalysisPlan()
    covariates = choose_covariates(usable_rows(as_rows(build_panel(data))).latest(), plan=plan)
    confounders, used = covariates.confounders, covariates.rows
    with_districts, names = build_design(used, tier_as="score", confounders=confounders, district_effects=True)
    plain, plain_names = build_design(used, tier_as="score", confounders=confounders, district_effects=False)
    counts: dict[str, Any] = {"cases": used.stunted, "n": used.measured}
    district, village, score = used.district, used.village, used.score
    columns = [place for place, name in enumerate(plain_names) if name not in ("constant", SCORE_TERM)]
    before: dict[str, Any] = {
        "tier": score,
        "design": plain[:, columns],
        "names": [plain_names[place] for place in columns],
    }
    logit: dict[str, Any] = {**counts, "design": with_districts, "names": names}
    fit: Any = methods.fit_binomial(**logit, cluster=district)
    models: tuple[Literal["ordinal", "multinomial"], ...] = ("ordinal", "multinomial")
    chances: dict[Any, Any] = {model: methods.generalized_propensity(**before, model=model) for model in models}
    place = np.random.default_rng(1).uniform(size=(score.size, 2))
    near = (np.linalg.norm(place[:, None] - place, axis=2) < 0.1) & ~np.eye(score.size, dtype=bool)
    share = counts["cases"] / counts["n"]
    return {
        **{
            f"fit_binomial {covariance} {solver}": partial(
                methods.fit_binomial, **logit, cluster=district, covariance=covariance, solver=solver
            )
            for covariance in ("CR2", "model")
            for solver in ("statsmodels", "newton")
        },
        "score_wild_bootstrap": partial(methods.score_wild_bootstrap, fit, term=SCORE_TERM, seed=1),
        "fit_logistic_mixed 1": partial(
            methods.fit_logistic_mixed, **counts, design=plain, names=plain_names, groups=[district]
        ),
        "fit_logistic_mixed 2": partial(
            methods.fit_logistic_mixed, **counts, design=plain, names=plain_names, groups=[district, village]
        ),
        "fit_beta_binomial": partial(methods.fit_beta_binomial, **logit),
        **{
            f"generalized_propensity {model}": partial(methods.generalized_propensity, **before, model=model)
            for model in chances
        },
        **{
            f"augmented_tier_means {model}": partial(
                methods.augmented_tier_means, **counts, cluster=district, propensity=chance
            )
            for model, chance in chances.items()
        },
        "permutation_trend": partial(methods.permutation_trend, **counts, scores=score, within=district, seed=1),
        "morans_i": partial(methods.morans_i, values=share, weights=near, seed=1),
        "morans_i 999": partial(methods.morans_i, values=share, weights=near, seed=1, permutations=999),
        "shrink_proportions": partial(methods.shrink_proportions, **counts),
    }


def print_table(result: dict[str, Any]) -> None:
    """Print what was measured."""
    whole, aim, load = result["analyse_regency"], result["target_seconds"], max(result["load"])
    print(
        f"analyse_regency, warm, {result['villages']} villages x {result['periods']} periods, {whole['rounds']} rounds"
    )
    print(f"  {'CPU seconds':24}{'aim':>8}{'of the aim':>12}")
    for name in ("lower_quartile", "median", "upper_quartile"):
        print(f"  {name.replace('_', ' '):16}{whole[name]:8.3f}{aim:8.3f}{whole[name] / aim:12.0%}")
    print(f"  the aim is {'met' if whole['median'] <= aim else 'MISSED'}; load {load:.1f}, {quietness(load)}")
    for title, shares in result["parts"].items():
        print(f"share of profiled runs, by {title}:")
        for name, share in shares.items():
            print(f"  {name:60} {share:6.1%}")
    print("CPU milliseconds on the latest period, median:")
    for name, seconds in result["methods_latest_period"].items():
        print(f"  {name:60} {1e3 * seconds['median']:6.1f}")


def quietness(load: float) -> str:
    """Return what a load means for seconds."""
    if load <= QUIET_LOAD:
        return "a quiet machine"
    return f"not a quiet machine (over {QUIET_LOAD}): seconds are upper bounds, compare ratios of interleaved rounds"


if __name__ == "__main__":
    main()
