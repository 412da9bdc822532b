"""The nbconvert preprocessor that both exporters share."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from kbkit.export.reading import read_report


class ReportPreprocessor(Preprocessor):
    """Read the numbered report out of the notebook into ``resources["report"]``."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave the notebook as it is and add the report to the resources; one that stands there is not read again."""
        if "report" not in resources:
            resources["report"] = read_report(nb, name=resources["metadata"]["name"] or "Notebook")
        return nb, resources


REPORT_PREPROCESSORS = (
    "nbconvert.preprocessors.TagRemovePreprocessor",
    "nbconvert.preprocessors.RegexRemovePreprocessor",
    "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
    "nbconvert.preprocessors.ExecutePreprocessor",
    "kbkit.export.preprocessor.ReportPreprocessor",
)
"""nbconvert's own that make sense for a report, in nbconvert's order, and the reader as the last."""

REPORT_SETTINGS = {
    "TagRemovePreprocessor": {"enabled": True},
    "RegexRemovePreprocessor": {"enabled": True},
    # The notebook is checked once, and not after every preprocessor.
    "Exporter": {"optimistic_validation": True},
}
"""Defaults of every exporter: cells are removable by tag."""
