"""A small undamaged file of one layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.damage.containers import as_delimited, as_html, as_workbook
from tests.damage.grid import Grid

Container = Literal["workbook", "delimited", "html"]


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """A file that kbkit reads without a word of doubt.

    Attributes:
        name: of the specimen: its layout, and its container where a layout has two.
        layout: name of the layout that reads it.
        file: name of the file; dates and sexes are told by it.
        container: what the real exports of the layout are.
        grid: its table.
        delimiter: between the fields of delimited text.
        decimal: of the numbers in delimited text.
        beside: further files by their endings, such as the mapping of columns.
    """

    name: str
    layout: str
    file: str
    container: Container
    grid: Grid
    delimiter: str = ";"
    decimal: str = "."
    beside: Mapping[str, str] = field(default_factory=dict)

    def content(self, grid: Grid | None = None) -> bytes:
        """Return the bytes of the file, with another grid where one is given."""
        grid = grid or self.grid
        if self.container == "workbook":
            return as_workbook(grid)
        if self.container == "html":
            return as_html(grid).encode()
        return as_delimited(grid, delimiter=self.delimiter, decimal=self.decimal).encode()

    def write(self, folder: Path, content: bytes, *, file: str | None = None) -> Path:
        """Write the file, and what belongs beside it, into a folder."""
        path = folder / (file or self.file)
        path.write_bytes(content)
        for ending, text in self.beside.items():
            (folder / (path.name + ending)).write_text(text, encoding="utf-8")
        return path
