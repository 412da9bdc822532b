"""The one error tree of kbkit.

An error carries fields, not prose: the sentence that a person reads is made from them in :mod:`kbkit.text`, in
Indonesian or English. A :class:`Fault` is one thing wrong with one input; an :class:`InputError` carries every fault
that was found, so that a person mends a file once and not once a fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, Literal

Severity = Literal["error", "warning", "note"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing wrong, doubtful or noteworthy in one input.

    Attributes:
        code: key of the sentence in the catalogues, with its catalogue: ``"ingest.not_a_number"``.
        severity: ``error`` refuses the row or the input, ``warning`` keeps it and says so, ``note`` informs.
        file: path or name of the file as the user knows it.
        sheet: name of the sheet, where the file has sheets.
        row: row in the file counted from 1, as a spreadsheet shows it.
        line: line of a text file counted from 1.
        column: heading or key as the file writes it.
        found: what stands there.
        allowed: what may stand there.
        nearest: the nearest valid name, where there is one.
        details: further values that the sentence of this code names.
    """

    code: str
    severity: Severity = "error"
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None
    found: str | None = None
    allowed: str | None = None
    nearest: str | None = None
    details: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, for JSON and tables."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"details": dict(self.details)}

    def __reduce__(self) -> tuple[Any, ...]:
        # A fault crosses process borders inside an error; a mapping proxy does not pickle.
        return (_restore_fault, (self.as_dict(),))


def _restore_fault(values: dict[str, Any]) -> Fault:
    return Fault(**values)


class KbkitError(Exception):
    """Root of every error that kbkit raises on purpose."""


class InputError(KbkitError):
    """An input cannot be used. Carries every fault found in it.

    ``describe`` words a fault; the package sets it to its default language, since errors themselves hold no prose.
    """

    describe: ClassVar[Callable[[Fault], str]] = staticmethod(lambda fault: fault.code)

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        # An error raised in a kernel reaches the batch as text alone; JSON brings its fields across.
        return json.dumps([fault.as_dict() for fault in self.faults], ensure_ascii=False, default=str)

    def _render_traceback_(self) -> list[str]:
        # What a notebook shows in place of a traceback: the messages alone.
        return [type(self).describe(fault) for fault in self.faults]


def faults_in(text: str) -> tuple[Fault, ...]:
    """Read back the faults from the text of an :class:`InputError`; none where the text is something else."""
    try:
        return tuple(Fault(**values) for values in json.loads(text))
    except (ValueError, TypeError):
        return ()


class Withheld(InputError):  # noqa: N818 - withholding a report is an outcome, not a fault of the program
    """A report is not made, for the stated reason: its regency has no data to report on."""


class DatasetError(InputError):
    """A dataset, or one partition of it, cannot be read."""


class RenderError(KbkitError):
    """A document could not be set. ``diagnostic`` is what the typesetter said."""

    def __init__(self, *, target: str, diagnostic: str) -> None:
        self.target = target
        self.diagnostic = diagnostic
        super().__init__(target, diagnostic)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore_render_error, (self.target, self.diagnostic))


def _restore_render_error(target: str, diagnostic: str) -> RenderError:
    return RenderError(target=target, diagnostic=diagnostic)
