"""Problems that a coordination meeting may set first, and the rule by which they are ordered.

The rule is USG (urgency, seriousness, growth), the ordering that Indonesian public health offices usually make by show
of hands. Here each of the three is a score of 1-5 that follows from numbers:

* seriousness: the share of those concerned who are affected;
* urgency: the distance of that share from a benchmark, in percentage points;
* growth: the change of that share over about a year, in percentage points.

Priority = weighted mean of the three. Cut-offs, weights and benchmarks are a convention and no result; an office may
set its own weights and benchmarks, and a report shows how far the order depends on them. The benchmarks are quality
thresholds and targets that are published for something close, not for exactly these shares; each says what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kbkit.domain.spelling import plain_words

SERIOUSNESS_CUTS: Final = (0.05, 0.10, 0.20, 0.30)
"""Share affected from which the score is 2, 3, 4, 5; the upper three are those of the WHO-UNICEF bands of stunting."""
URGENCY_CUTS: Final = (0.0, 0.05, 0.10, 0.20)
"""Distance to the benchmark above which the score is 2, 3, 4, 5; at the benchmark or better it is 1."""
GROWTH_CUTS: Final = (-0.02, -0.005, 0.005, 0.02)
"""Change above which the score is 2, 3, 4, 5: 3 is a change within half a point."""
GROWTH_UNKNOWN: Final = 3
"""Score of a growth that nothing tells: the middle, which moves the order least. A report says that it is unknown."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A problem that the data of a regency can show.

    Attributes:
        key: the catalogues hold its translated name, measure and benchmark under ``priorities.<key>...``.
        name: Indonesian name.
        benchmark: share of affected that is still acceptable, 0-1.
        interventions: keys of :mod:`kbkit.domain.interventions` that usually answer it; none where a task of
            management does.
        task: Indonesian name of that task.
        agency: key of the agency that usually leads such a task.
    """

    key: str
    name: str
    benchmark: float
    interventions: tuple[str, ...] = ()
    task: str = ""
    agency: str = "family_planning"


PROBLEMS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        problem.key: problem
        for problem in (
            Problem(
                key="stunted",
                name="Stunting balita",
                benchmark=0.142,  # RPJMN 2025-2029, for 2029; a target for survey values
                interventions=("complementary_feeding", "family_accompaniment"),
                agency="health",
            ),
            Problem(
                key="unmeasured",
                name="Balita tidak diukur",
                benchmark=0.20,
                interventions=("growth_monitoring",),
                agency="health",
            ),
            Problem(
                key="high_without_specific",
                name="Prevalensi tinggi tanpa intervensi spesifik",
                benchmark=0.0,
                interventions=("food_undernourished", "complementary_feeding"),
                agency="health",
            ),
            Problem(
                key="toilet_unimproved",
                name="Jamban tidak layak",
                benchmark=0.10,
                interventions=("sanitation",),
                agency="housing",
            ),
            Problem(
                key="water_unimproved",
                name="Air minum tidak layak",
                benchmark=0.05,
                interventions=("drinking_water",),
                agency="public_works",
            ),
            Problem(key="four_too", name="PUS 4T", benchmark=0.20, interventions=("postpartum_family_planning",)),
            # Of villages outside the portal's export some have a Kampung KB by other registers: the task says both.
            Problem(
                key="without_kampung_kb",
                name="Belum terklasifikasi",
                task="Pencanangan atau klasifikasi Kampung KB",
                benchmark=0.0,
            ),
            Problem(
                key="nothing_entered",
                name="Profil Kampung KB kosong",
                task="Pengisian profil Kampung KB di portal",
                benchmark=0.0,
            ),
            Problem(
                key="without_funding",
                name="Tanpa dana",
                task="Penetapan sumber dana kegiatan",
                benchmark=0.0,
                agency="planning",
            ),
        )
    }
)
"""Key -> problem; equal priorities keep this order."""


_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {plain_words(problem.name): key for key, problem in PROBLEMS.items()}
)


def problem_key(written: str) -> str | None:
    """Return the key of the problem that a text names, ``None`` where it is another one."""
    return _KEYS.get(plain_words(written))


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights of the three scores; they add up to 1."""

    urgency: float = 1 / 3
    seriousness: float = 1 / 3
    growth: float = 1 / 3


WEIGHTINGS: Final = tuple(
    Weights(urgency=urgency / 10, seriousness=seriousness / 10, growth=(10 - urgency - seriousness) / 10)
    for urgency in range(2, 7)
    for seriousness in range(2, 9 - urgency)
)
"""All weightings in steps of a tenth with at least two tenths each: what the sensitivity of the order is shown over."""


@dataclass(frozen=True, kw_only=True)
class PrioritySettings:
    """What an office may set of the ordering.

    Attributes:
        weights: weights of the three scores.
        benchmarks: problem -> benchmark that replaces the default.
        planned: problems from the top that the draft of the plan holds.
        villages: villages a problem that the draft names at most.
        agencies: names of the regency's agencies for the drop-downs; empty for the default list.
    """

    weights: Weights = field(default_factory=Weights)
    benchmarks: Mapping[str, float] = field(default_factory=dict)
    planned: int = 3
    villages: int = 5
    agencies: tuple[str, ...] = ()

    def benchmark(self, key: str) -> float:
        """Return the benchmark of a problem."""
        return self.benchmarks.get(key, PROBLEMS[key].benchmark)


def score_seriousness(share: float) -> int:
    """Return 1-5 for the share affected (0-1); a share at a cut has the higher score."""
    return 1 + sum(share >= cut for cut in SERIOUSNESS_CUTS)


def score_urgency(share: float, *, benchmark: float) -> int:
    """Return 1-5 for the distance of a share to its benchmark (0-1)."""
    return 1 + sum(share - benchmark > cut + 1e-12 for cut in URGENCY_CUTS)


def score_growth(change: float | None) -> int:
    """Return 1-5 for a change of the share (points, 0-1 scale); :data:`GROWTH_UNKNOWN` where it is not known."""
    return GROWTH_UNKNOWN if change is None else 1 + sum(change > cut for cut in GROWTH_CUTS)


def priority(*, urgency: int, seriousness: int, growth: int, weights: Weights) -> float:
    """Return the weighted mean of three scores, 1-5."""
    return weights.urgency * urgency + weights.seriousness * seriousness + weights.growth * growth
