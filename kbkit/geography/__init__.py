"""Boundaries that a user gives: GeoJSON in, outlines on a grid out. Knows codes and shapes, and no number of a report.

Estimating nothing and drawing nothing, it stands between a file and the findings as ``ingest`` does for tables; it is
no part of ``ingest`` because a report reads its regency's boundaries itself, not through the dataset.
"""

from kbkit.geography.outlines import boundary_file, read_outlines

__all__ = ["boundary_file", "read_outlines"]
