"""Boundaries that a user gives: GeoJSON or shapefile in, outlines on a grid out. Knows no number of a report.

Estimating nothing and drawing nothing, it stands between a file and the findings as ``ingest`` does for tables; it is
no part of ``ingest`` because a report reads its regency's boundaries itself, not through the dataset.
"""

from kbkit.geography.outlines import boundary_file, read_outlines
from kbkit.geography.shapefiles import files_of

__all__ = ["boundary_file", "files_of", "read_outlines"]
