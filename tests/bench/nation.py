"""A synthetic nation: every village of the register with the demo's model, written as the exports of 38 provinces.

Regencies differ in size, level, and in how far their Kampung KB have come; a good part of them lacks a tier, as in
reality. An office of the centre holds the files of each province in a folder: the portal's classification of four
days, its last profile, e-PPGBM by regency and period, the registers of SIGA, the village index, the surveys. Every
file bears the mark of the demo. Lists of agencies stay with the regencies and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np

from kbkit.dataset.metadata import province_of
from kbkit.demo import DEMO_SEED, RegencyTruth, Streams, Truth, generate_population, write_exports
from kbkit.matching import load_register

_TIERS: Final = (0.55, 0.17, 0.10, 0.18)
"""Mean share of each tier at the last snapshot: between the exports of 2022 and what Blora reported in 2024."""
_TIERS_ALIKE: Final = 5.0
"""Concentration of the shares between regencies; the smaller the more regencies lack a tier."""
_LAUNCHED: Final = (0.60, 0.70, 0.80, 1.0)
"""Kampung KB of each snapshot, of those of the last one."""
_WORKBOOK_EVERY: Final = 6
"""One regency in so many sends its e-PPGBM as a workbook, the others as it is downloaded."""
_IN_TURN: Final = 6


def choose_regencies(number: int) -> tuple[str, ...]:
    """Return the codes of some regencies of the register, six of each province in turn; 514 are all of them."""
    codes = sorted(load_register().regencies)
    place = {code: rank for _, own in groupby(codes, key=province_of) for rank, code in enumerate(own)}
    chosen = sorted(codes, key=lambda code: (place[code] // _IN_TURN, code))[:number]
    return tuple(sorted(chosen))


def draw_truth(code: str, *, rank: int = 1, seed: int = DEMO_SEED) -> RegencyTruth:
    """Draw what is set for one regency.

    Args:
        code: of the regency.
        rank: its place in its province, which decides how its e-PPGBM comes.
        seed: of the nation.
    """
    random = Streams(seed, (code,)).generator("nation")
    villages = len(load_register().regencies[code].villages)
    last = max(1, round(villages * random.uniform(0.5, 1.0)))
    tiers = random.multinomial(last, random.dirichlet(np.array(_TIERS) * _TIERS_ALIKE))
    children = int(np.exp(random.normal(4.6, 0.5)))
    first, second, third = (max(1, round(last * share)) for share in _LAUNCHED[:-1])
    return RegencyTruth(
        code=code,
        prevalence=float(np.clip(random.normal(0.2, 0.045), 0.08, 0.35)),
        children=children,
        families=round(children * random.uniform(3.5, 6.0)),
        kampung_kb=(first, second, third, last),
        tiers=(int(tiers[0]), int(tiers[1]), int(tiers[2]), int(tiers[3])),
        survey_ratio=float(random.uniform(1.15, 1.4)),
        registry_layout="html" if rank % _WORKBOOK_EVERY else "workbook",
    )


def write_nation(folder: Path, *, codes: Sequence[str], seed: int = DEMO_SEED, workers: int = 1) -> int:
    """Write the exports of some regencies, a folder a province; return the number of their villages.

    Args:
        folder: to write into.
        codes: of the regencies.
        seed: of every random stream; the same one gives the same bytes.
        workers: provinces that are written at the same time.
    """
    provinces = [tuple(own) for _, own in groupby(sorted(codes), key=province_of)]
    places = [folder / province_of(own[0]) for own in provinces]
    if workers == 1:
        return sum(map(_write_province, places, provinces, [seed] * len(places)))
    with ProcessPoolExecutor(workers) as pool:
        return sum(pool.map(_write_province, places, provinces, [seed] * len(places)))


def _write_province(folder: Path, codes: tuple[str, ...], seed: int) -> int:
    truth = Truth(regencies=tuple(draw_truth(code, rank=rank, seed=seed) for rank, code in enumerate(codes)))
    population = generate_population(seed=seed, truth=truth)
    folder.mkdir(parents=True)
    # Every province has streams of its own: its files do not depend on which others are written.
    write_exports(folder, population=population, truth=truth, streams=Streams(seed, (folder.name,)))
    return len(population.villages)
