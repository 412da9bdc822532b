"""The documents of a report and what their files are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kbkit.parameters import Format

DOCUMENTS: Final[Mapping[Format, str]] = {
    "html": "report.html",
    "pdf": "report.pdf",
    "xlsx": "tables.xlsx",
    "docx": "report.docx",
}
"""Format -> name of its document in the folder of a report."""
