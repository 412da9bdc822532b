"""kbkit: does the tier of a Kampung KB go with stunting? From an office's exports to a report per regency.

In a notebook::

    data = kbkit.read_regency("dataset", regency="33.16")
    findings = kbkit.analyse_regency(data)
    report = kbkit.compose_report(findings, language="id")
    report.summary
"""

from functools import partial
from importlib.metadata import version

from kbkit.analysis import AnalysisPlan, analyse_regency
from kbkit.dataset import read_regency
from kbkit.errors import InputError
from kbkit.report import compose_report
from kbkit.results.findings import Findings, read_findings
from kbkit.text import DEFAULT_LANGUAGE, describe_fault

__version__ = version("kbkit")

# In a notebook, an unusable input shows its message in Indonesian and no traceback.
InputError.describe = staticmethod(partial(describe_fault, language=DEFAULT_LANGUAGE))

__all__ = [
    "AnalysisPlan",
    "Findings",
    "__version__",
    "analyse_regency",
    "compose_report",
    "read_findings",
    "read_regency",
]
