"""Frozen result values: what methods return and what a report is drawn from."""

from kbkit.results.estimates import Contrast, Contrasted, Estimate, Estimated, Undefined

__all__ = ["Contrast", "Contrasted", "Estimate", "Estimated", "Undefined"]
