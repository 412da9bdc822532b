"""The sheets of the methods, read from the docstrings of their modules: the manual cannot drift from the code."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandas as pd

import kbkit.methods
from kbkit.analysis.result_lines import result_lines
from kbkit.results.sheets import HEADINGS, Example, ExampleData, Sheet


@cache
def read_sheets() -> tuple[Sheet, ...]:
    """Return the sheet of every method with its worked example, in the order of its module's name."""
    names = sorted(module.name for module in iter_modules(kbkit.methods.__path__))
    docs = {name: inspect.getdoc(import_module(f"kbkit.methods.{name}")) or "" for name in names}
    sheets = (parse_sheet(name, text) for name, text in docs.items() if f"\n{HEADINGS[0]}:" in text)
    return tuple(replace(sheet, example=_work(sheet.module)) for sheet in sheets)


def read_example_data() -> ExampleData:
    """Return the made-up tables of the worked examples, and the definitions that their calls refer to."""
    module = _examples()
    definitions = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.AnnAssign)]
    frames = {name: value for name, value in vars(module).items() if isinstance(value, pd.DataFrame)}
    return ExampleData(
        frames={
            name: {str(column): tuple(None if pd.isna(v) else v for v in frame[column]) for column in frame}
            for name, frame in frames.items()
        },
        statements=tuple(
            f"{ast.unparse(node.target)} = {ast.unparse(node.value)}"
            for node in definitions
            if node.value is not None and ast.unparse(node.target) not in frames
        ),
    )


def _examples() -> ModuleType:
    # Loaded when asked for: its data are fitted as it is loaded, and only the appendix needs them.
    return import_module("kbkit.analysis.worked_examples")


def _work(module: str) -> Example | None:
    """Run the worked example of a method and keep its source beside what it returned; ``None`` where it has none."""
    function = getattr(_examples(), module, None)
    if function is None:
        return None
    (definition,) = ast.parse(inspect.getsource(function)).body
    if not isinstance(definition, ast.FunctionDef):
        raise TypeError(f"the example of {module} is no function")
    return Example(
        statements=tuple(_show(statement) for statement in definition.body), lines=tuple(result_lines(function()))
    )


def _show(statement: ast.stmt) -> str:
    """Return a statement as a reader would type it: without its type, and without ``return``."""
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        return f"{ast.unparse(statement.target)} = {ast.unparse(statement.value)}"
    if isinstance(statement, ast.Return) and statement.value is not None:
        return ast.unparse(statement.value)
    return ast.unparse(statement)


def parse_sheet(module: str, text: str) -> Sheet:
    """Split a docstring into its title and the paragraphs under the fixed headings.

    Raises:
        ValueError: a heading is missing or stands at another place.
    """
    title, *paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    parts: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        heading, _, body = paragraph.partition(":")
        if heading in HEADINGS:
            parts[heading] = [body.strip()] if body.strip() else []
        elif parts:
            parts[next(reversed(parts))].append(paragraph)
    if tuple(parts) != HEADINGS:
        raise ValueError(f"{module}: the sheet has {list(parts)}, not {list(HEADINGS)}")
    return Sheet(module=module, title=title, parts={name: "\n".join(body) for name, body in parts.items()})
