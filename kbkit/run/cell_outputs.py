"""What the running cell shows, gathered as nbformat outputs: streams, displays, results, errors."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Final

import nbformat
from nbformat import NotebookNode

_OVERWRITTEN: Final = re.compile(r"[^\n]*\r(?=[^\n])")
"""What a carriage return sends back to the begin of its line, as a progress bar does."""


class CellOutputs:
    """The outputs of one cell after the other.

    Text of one stream becomes one output, at the place where the stream first spoke: how it was cut into pieces is a
    matter of buffers and would differ from run to run.
    """

    def __init__(self) -> None:
        self._outputs: list[NotebookNode] = []
        self._displays: dict[str, list[NotebookNode]] = {}
        self._clears_next = False

    def begin(self) -> list[NotebookNode]:
        """Begin a cell; return the list that its outputs go to."""
        self._outputs = []
        self._clears_next = False
        return self._outputs

    def write(self, name: str, text: str) -> None:
        """Add text to a stream."""
        self._clear_if_due()
        for output in self._outputs:
            if output.output_type == "stream" and output.name == name:
                output.text = _settled(output.text + text)
                return
        self._outputs.append(_output("stream", name=name, text=_settled(text)))

    def show(
        self, data: Mapping[str, Any], metadata: Mapping[str, Any] | None, *, display: str | None, update: bool
    ) -> None:
        """Add a display, or change those that bear its name."""
        content = {"data": _encoded(data), "metadata": dict(metadata or {})}
        if update:
            for output in self._displays.get(display or "", []):
                output.update(content)  # type: ignore[no-untyped-call]
            return
        self._clear_if_due()
        self._outputs.append(_output("display_data", **content))
        if display:
            self._displays.setdefault(display, []).append(self._outputs[-1])

    def conclude(self, data: Mapping[str, Any], metadata: Mapping[str, Any] | None, *, count: int) -> None:
        """Add the value of the cell's last expression."""
        self._clear_if_due()
        content = {"data": _encoded(data), "metadata": dict(metadata or {}), "execution_count": count}
        self._outputs.append(_output("execute_result", **content))

    def fail(self, *, name: str, message: str, traceback: Sequence[str]) -> None:
        """Add the error that ended the cell."""
        self._clear_if_due()
        self._outputs.append(_output("error", ename=name, evalue=message, traceback=list(traceback)))

    def clear(self, *, wait: bool) -> None:
        """Take back what the cell has shown: at once, or when it shows something else."""
        self._clears_next = True
        if not wait:
            self._clear_if_due()

    def _clear_if_due(self) -> None:
        if self._clears_next:
            self._outputs.clear()
            self._clears_next = False


class OutputStream(io.TextIOBase):
    """Stands in for ``sys.stdout`` or ``sys.stderr`` while cells run."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, outputs: CellOutputs, name: str) -> None:
        super().__init__()
        self._outputs = outputs
        self._name = name

    @property
    def name(self) -> str:
        """``stdout`` or ``stderr``."""
        return self._name

    def writable(self) -> bool:
        """Say that it takes text."""
        return True

    def write(self, text: str) -> int:
        """Add text to the running cell's output."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._outputs.write(self._name, text)
        return len(text)


def _output(kind: str, **content: Any) -> NotebookNode:
    """Return an output. The usual one is texts, and lists of JSON: nbformat need not check it and copy the lists."""
    data, metadata = content.get("data"), content.get("metadata")
    if data and not metadata and all(map(_is_usual, data, data.values())):
        held = {name: NotebookNode(value) for name, value in (("data", data), ("metadata", {}))}  # type: ignore[no-untyped-call]
        return NotebookNode(content, output_type=kind, **held)  # type: ignore[no-untyped-call]
    output: NotebookNode = nbformat.v4.new_output(kind, **content)  # type: ignore[no-untyped-call]
    return output


def _is_usual(media_type: str, value: object) -> bool:
    return isinstance(value, list if media_type.endswith("+json") else str)


def _settled(text: str) -> str:
    """Return text as a screen would show it after its carriage returns."""
    return _OVERWRITTEN.sub("", text) if "\r" in text else text


def _encoded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a bundle of values by MIME type as a notebook file holds it: pictures as base64."""
    return {kind: b64encode(value).decode() if isinstance(value, bytes) else value for kind, value in data.items()}
