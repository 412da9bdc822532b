"""From the exports on an analyst's disk to canonical tables that know where every row came from."""

from kbkit.ingest.exports import LAYOUTS, Exports, Unread, read_exports
from kbkit.ingest.extract import Extract, Layout

__all__ = ["LAYOUTS", "Exports", "Extract", "Layout", "Unread", "read_exports"]
