"""A synthetic world with a stated truth, written as raw exports that come in by the front door.

Villages are real (names and codes of the national register); every number about them is invented.
"""

from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.marginal import MarginalTruth, compute_marginal_truth
from kbkit.demo.mark import MARK
from kbkit.demo.population import Population, generate_population
from kbkit.demo.streams import Streams
from kbkit.demo.truth import DEMO_SEED, DEMO_TRUTH, RegencyTruth, Truth
from kbkit.demo.write import DemoReport, write_demo, write_exports

__all__ = [
    "DEMO_SEED",
    "DEMO_TRUTH",
    "MARK",
    "DemoReport",
    "FaultKind",
    "MarginalTruth",
    "PlantedFault",
    "Population",
    "RegencyTruth",
    "Streams",
    "Truth",
    "compute_marginal_truth",
    "generate_population",
    "write_demo",
    "write_exports",
]
