"""The simulation of the primary analysis, run now: small beside the recorded one, and on every one of its designs."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version

from kbkit.methods.inference_study import DESIGNS, InferenceStudy, simulate_inference
from kbkit.results.simulation import Rate, Simulation, Study


def simulate_designs(*, data_sets: int, seed: int, designs: tuple[str, ...] = tuple(DESIGNS)) -> Simulation:
    """Run the primary analysis, and the usual ones beside it, on made-up regencies.

    Args:
        data_sets: data sets of a design with a slope, and as many without.
        seed: seed of the data.
        designs: names of the designs.
    """
    studies = (simulate_inference(design=DESIGNS[name], data_sets=data_sets, seed=seed) for name in designs)
    versions = {name: version(name) for name in ("kbkit", "numpy", "scipy")}
    return Simulation(studies=tuple(_as_study(study) for study in studies), versions=versions)


def _as_study(study: InferenceStudy) -> Study:
    return Study(
        **asdict(study.design),
        data_sets=study.data_sets,
        seed=study.seed,
        undefined=study.undefined,
        rates=tuple(Rate(procedure=name, **asdict(rates)) for name, rates in study.rates.items()),
    )
