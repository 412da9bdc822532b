"""The mark that keeps a simulated file from being taken for a real one."""

from __future__ import annotations

from typing import Final

MARK: Final = "DATA SIMULASI"
"""Sheet name of every workbook, title of every HTML table, last cell of every CSV row."""
