"""A YAML file as its author sees it: every key and value with its line.

PyYAML alone keeps the last of two equal keys, and turns ``14.10`` without quotes into the number 14.1 without a word.
Reading the nodes before the values shows both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from kbkit.errors import Fault
from kbkit.parameters.nearest import nearest_name

_SHOWN: Final = 80
"""Longest piece of the file that a message repeats, in characters."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One key of the file with its value, one item of its list, or one option of the command line.

    Attributes:
        column: the key as written, or the option: ``workers``, ``--workers``.
        written: the value as its author wrote it, cut to what a message can show.
        value: the value as YAML reads it.
        file: the file; none for an option.
        line: line counted from 1; none for an option.
        items: the entries of a list, in order.
        pairs: the entries of a mapping below the key, in order; ``column`` is the inner key as written.
    """

    column: str
    written: str
    value: Any
    file: str | None = None
    line: int | None = None
    items: tuple[Entry, ...] = ()
    pairs: tuple[Entry, ...] = ()

    @property
    def is_bare_number(self) -> bool:
        """Whether the author wrote digits without quotes, which YAML turns into a number."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file that was read: its entries by key, the first where a key stands twice, and what is wrong with it."""

    file: str
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_source(path: Path) -> Source:
    """Read a parameter file. Never raises for what the file holds: its faults are in the result."""
    file = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        code = "parameters.no_such_file" if isinstance(error, FileNotFoundError) else "parameters.file_unreadable"
        return Source(file=file, faults=(Fault(code=code, file=file, nearest=_nearest_file(path)),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Source(file=file, faults=(Fault(code="parameters.not_utf8", file=file, line=line, allowed="UTF-8"),))
    return _Parsing(file=file, text=text).run()


def _nearest_file(path: Path) -> str | None:
    """Return a parameter file that the author may have meant, in the same folder."""
    beside = path.parent
    if not beside.is_dir():
        return None
    found = nearest_name(path.name, [item.name for item in beside.iterdir() if item.suffix in (".yaml", ".yml")])
    return str(path.with_name(found)) if found else None


@dataclass
class _Parsing:
    """One pass over one text."""

    file: str
    text: str
    faults: list[Fault] = field(default_factory=list)

    def run(self) -> Source:
        try:
            root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError) as error:
            self.faults.append(self._syntax_fault(error))
            return Source(file=self.file, faults=tuple(self.faults))
        if root is None:
            self.faults.append(Fault(code="parameters.empty", file=self.file))
            entries = {}
        elif isinstance(root, yaml.MappingNode):
            entries = self._entries(root)
        else:
            self.faults.append(
                Fault(code="parameters.not_a_mapping", file=self.file, line=_line(root), found=self._written(root))
            )
            entries = {}
        return Source(file=self.file, entries=entries, faults=tuple(self.faults))

    def _entries(self, root: yaml.MappingNode) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key_node, value_node in root.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else self._written(key_node)
            line = _line(key_node)
            if key in entries:
                self.faults.append(self._duplicate_fault(key, line, entries[key].line))
            elif (entry := self._entry(key, line, value_node)) is not None:
                entries[key] = entry
        return entries

    def _entry(self, key: str, line: int, node: yaml.Node) -> Entry | None:
        items = tuple(self._items(key, node)) if isinstance(node, yaml.SequenceNode) else ()
        pairs = tuple(self._entries(node).values()) if isinstance(node, yaml.MappingNode) else ()
        try:
            value = _construct(node)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            # An unknown tag, or a date that no calendar has.
            self.faults.append(
                Fault(
                    code="parameters.value_unreadable",
                    file=self.file,
                    line=_line(node),
                    column=key,
                    found=self._written(node),
                )
            )
            return None
        written = self._written(node)
        return Entry(file=self.file, line=line, column=key, written=written, value=value, items=items, pairs=pairs)

    def _items(self, key: str, node: yaml.SequenceNode) -> Iterator[Entry]:
        for item in node.value:
            entry = self._entry(key, _line(item), item) if isinstance(item, yaml.ScalarNode) else None
            yield entry or Entry(file=self.file, line=_line(item), column=key, written=self._written(item), value=None)

    def _written(self, node: yaml.Node) -> str:
        """Return the piece of the file that a node stands for, on one line."""
        piece = " ".join(self.text[node.start_mark.index : node.end_mark.index].split())
        return piece if len(piece) <= _SHOWN else piece[: _SHOWN - 1] + "…"

    def _duplicate_fault(self, key: str, line: int, first: int | None) -> Fault:
        return Fault(
            code="parameters.duplicate_key",
            file=self.file,
            line=line,
            column=key,
            found=key,
            allowed=key,
            details={"first_line": first},
        )

    def _syntax_fault(self, error: Exception) -> Fault:
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            position = getattr(error, "position", None)
            line = None if position is None else self.text[:position].count("\n") + 1
        else:
            line = min(mark.line, max(len(self.text.splitlines()) - 1, 0)) + 1
        shown = "" if line is None else self.text.splitlines()[line - 1]
        if "\t" in shown[: len(shown) - len(shown.lstrip())]:
            return Fault(code="parameters.tab", file=self.file, line=line, found=shown.strip()[:_SHOWN])
        return Fault(code="parameters.syntax", file=self.file, line=line, found=shown.strip()[:_SHOWN] or None)


def _construct(node: yaml.Node) -> Any:
    """Return the value of a node as YAML reads it."""
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
