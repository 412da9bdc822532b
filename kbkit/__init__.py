"""kbkit: does the tier of a Kampung KB go with stunting? From an office's exports to a report per regency.

In a notebook::

    data = kbkit.read_regency("dataset", regency="33.16")
    findings = kbkit.analyse_regency(data)
    report = kbkit.compose_report(findings, language="id")
    report.summary
"""

from functools import partial
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from kbkit.errors import InputError
from kbkit.text import DEFAULT_LANGUAGE, describe_fault

if TYPE_CHECKING:
    from kbkit.analysis import (
        AnalysisPlan,
        analyse_province,
        analyse_regency,
        read_example_data,
        read_plan,
        read_sheets,
        simulate_designs,
    )
    from kbkit.dataset import read_regency
    from kbkit.geography import read_outlines
    from kbkit.parameters.priorities import read_priorities
    from kbkit.parameters.targets import read_target
    from kbkit.report import compose_methods, compose_province, compose_report, compose_simulation
    from kbkit.results.findings import Findings, read_batch, read_findings
    from kbkit.results.simulation import read_simulation

__version__ = version("kbkit")

__all__ = [
    "AnalysisPlan",
    "Findings",
    "__version__",
    "analyse_province",
    "analyse_regency",
    "compose_methods",
    "compose_province",
    "compose_report",
    "compose_simulation",
    "read_batch",
    "read_example_data",
    "read_findings",
    "read_outlines",
    "read_plan",
    "read_priorities",
    "read_regency",
    "read_sheets",
    "read_simulation",
    "read_target",
    "simulate_designs",
]

_HOMES = {
    "AnalysisPlan": "kbkit.analysis",
    "analyse_regency": "kbkit.analysis",
    "read_regency": "kbkit.dataset",
    "read_outlines": "kbkit.geography",
    "analyse_province": "kbkit.analysis",
    "read_plan": "kbkit.analysis",
    "read_priorities": "kbkit.parameters.priorities",
    "read_target": "kbkit.parameters.targets",
    "read_sheets": "kbkit.analysis",
    "simulate_designs": "kbkit.analysis",
    "read_simulation": "kbkit.results.simulation",
    "compose_simulation": "kbkit.report",
    "read_example_data": "kbkit.analysis",
    "compose_province": "kbkit.report",
    "read_batch": "kbkit.results.findings",
    "compose_methods": "kbkit.report",
    "compose_report": "kbkit.report",
    "Findings": "kbkit.results.findings",
    "read_findings": "kbkit.results.findings",
}

# In a notebook, an unusable input shows its message in Indonesian and no traceback.
InputError.describe = staticmethod(partial(describe_fault, language=DEFAULT_LANGUAGE))


def __getattr__(name: str) -> Any:
    # The command line reads files and starts workers: it must not wait seconds for statistics and drawing.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
