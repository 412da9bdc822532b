"""From the exports on an analyst's disk to a dataset, with an account of every row."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbkit.prepare.dataset import prepare_dataset
    from kbkit.prepare.report import IssueCount, LayoutCount, PrepareReport, Progress, Step

__all__ = ["IssueCount", "LayoutCount", "PrepareReport", "Progress", "Step", "prepare_dataset"]

_HOMES = dict.fromkeys(__all__, "kbkit.prepare.report") | {"prepare_dataset": "kbkit.prepare.dataset"}


def __getattr__(name: str) -> Any:
    # A process that reads and places files needs neither the tables nor the pages that are made of them.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
