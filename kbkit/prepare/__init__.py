"""From the exports on an analyst's disk to a dataset, with an account of every row."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbkit.prepare.dataset import prepare_dataset
    from kbkit.prepare.report import IssueCount, LayoutCount, PrepareReport, Progress, Step

__all__ = ["IssueCount", "LayoutCount", "PrepareReport", "Progress", "Step", "prepare_dataset"]


def __getattr__(name: str) -> Any:
    # A process that reads and places files needs neither the tables nor the pages that are made of them.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "dataset" if name == "prepare_dataset" else "report"
    return getattr(import_module(f"kbkit.prepare.{module}"), name)
