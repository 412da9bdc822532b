"""From the exports on an analyst's disk to a dataset, with an account of every row."""

from kbkit.prepare.dataset import prepare_dataset
from kbkit.prepare.report import IssueCount, LayoutCount, PrepareReport, Progress, Step

__all__ = ["IssueCount", "LayoutCount", "PrepareReport", "Progress", "Step", "prepare_dataset"]
