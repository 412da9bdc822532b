"""From an executed notebook to a numbered report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from pydantic import ValidationError

from kbkit.document import MIME_TYPE, Document, Figure, Heading, Table, load_blocks
from kbkit.errors import RenderError
from kbkit.export.elements import Element
from kbkit.export.links import check_links, resolve_links
from kbkit.export.markdown import read_markdown
from kbkit.export.numbering import Placed, number
from kbkit.export.outputs import read_output
from kbkit.export.words import words_of

NOTEBOOK_ONLY = "notebook-only"
"""Tag of Markdown cells that speak to who works in the notebook, not to who reads the report."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that an exporter needs to know.

    Attributes:
        document: title, language, stamp and the like.
        words: the words an exporter prints itself; every key of the catalogue is there.
        parts: everything after the title page, in order.
    """

    document: Document
    words: Mapping[str, str]
    parts: tuple[Placed, ...]

    def __deepcopy__(self, _memo: dict[int, Any]) -> Report:
        """Return itself: nobody changes it, and nbconvert copies all that its exporters hand on."""
        return self


def read_report(notebook: Mapping[str, Any], *, name: str) -> Report:
    """Read the report out of an executed notebook (nbformat 4).

    Code is left out. Blocks of kbkit are taken as they are; any other output is read as well as it can be. The first
    Document block gives title and language; without one they come from the notebook.

    Args:
        notebook: the notebook node.
        name: the notebook's file name without ending: the title of last resort.

    Raises:
        RenderError: an output claims to hold blocks and does not, a figure has no alternative text, a table is
            not rectangular, or a link leaves the folder of the reports or leads nowhere.
    """
    words = words_of(_language(notebook))
    elements = list(_elements(notebook["cells"], words=words))
    document = next((element for element in elements if isinstance(element, Document)), None)
    elements = [element for element in elements if not isinstance(element, Document)]
    if document is None:
        document, elements = _foreign_document(notebook, elements, name=name)
    words = words_of(document.language) | document.words
    _check(elements)
    return Report(document=document, words=words, parts=resolve_links(number(elements, words=words)))


def _elements(cells: Sequence[Mapping[str, Any]], *, words: Mapping[str, str]) -> Iterator[Element]:
    for position, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "markdown":
            if NOTEBOOK_ONLY not in cell["metadata"].get("tags", ()):
                yield from read_markdown(cell["source"])
        elif cell["cell_type"] == "code":
            shown_number = cell.get("execution_count") or position
            for output in cell["outputs"]:
                yield from _output(output, cell=shown_number, words=words)


def _output(output: Mapping[str, Any], *, cell: int, words: Mapping[str, str]) -> Sequence[Element]:
    values = output.get("data", {}).get(MIME_TYPE)
    if values is None:
        return read_output(output, cell=cell, words=words)
    try:
        return load_blocks(values)
    except ValidationError as error:
        raise RenderError(target=f"cell {cell}", diagnostic=str(error)) from error


def _check(elements: Sequence[Element]) -> None:
    """Refuse what one format would set wrongly without a word."""
    check_links(elements)
    for element in elements:
        if isinstance(element, Figure) and not element.alt.strip():
            raise RenderError(target=f"figure {element.name}", diagnostic="the figure has no alternative text")
        if isinstance(element, Table) and any(len(r.cells) != len(element.columns) for r in element.rows):
            raise RenderError(target=f"table {element.name}", diagnostic="a row has not one cell a column")


def _language(notebook: Mapping[str, Any]) -> str:
    """Return the language that the notebook's metadata name (``lang``, as Quarto and Pandoc write it)."""
    return str(notebook["metadata"].get("lang", "en"))


def _foreign_document(
    notebook: Mapping[str, Any], elements: list[Element], *, name: str
) -> tuple[Document, list[Element]]:
    """Make up the properties of a report that brings none; a heading that opens it is its title."""
    title = str(notebook["metadata"].get("title", ""))
    if not title and elements and isinstance(elements[0], Heading) and elements[0].level == 1:
        title = elements[0].text
        elements = elements[1:]
    language: Literal["id", "en"] = "id" if _language(notebook).lower().startswith("id") else "en"
    document = Document(language=language, title=title or name, words={})
    return document, _raised(elements)


def _raised(elements: list[Element]) -> list[Element]:
    """Return the elements with their topmost headings at level 1."""
    levels = [element.level for element in elements if isinstance(element, Heading)]
    above = min(levels, default=1) - 1
    return [
        replace(element, level=cast("Literal[1, 2, 3]", element.level - above))
        if isinstance(element, Heading)
        else element
        for element in elements
    ]
