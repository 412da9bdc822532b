"""A workbook of open cases that was filled in, read back: every decision checked, every fault told at once."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from kbkit.dataset.schema import NO_REGENCY
from kbkit.errors import Fault, InputError
from kbkit.matching import load_register
from kbkit.matching.decisions import Case, Verdict, name_case
from kbkit.review.choices import code_in, is_ignore, is_known
from kbkit.review.workbook import COLUMNS, HEADING_ROW
from kbkit.text import LANGUAGES, Catalogue

_NEEDED: Final = ("regency_code", "district_found", "village_found", "decision", "scope", "file", "sheet", "row")

_Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class _Filled:
    """The sheet of cases: its name, the heading of the decisions, and its rows by their number."""

    file: str
    sheet: str
    heading: str
    row_scope: str
    rows: dict[int, _Row]


def read_decisions(path: Path) -> dict[Case, Verdict]:
    """Return the decisions of a workbook that :func:`kbkit.review.workbook.write_review` wrote and a person filled in.

    Rows without a decision stay open.

    Raises:
        InputError: no such workbook, or decisions that cannot be followed; carries every one of them.
    """
    filled = _read_sheet(path)
    decisions: dict[Case, Verdict] = {}
    faults: list[Fault] = []
    for number, row in filled.rows.items():
        if not row["decision"]:
            continue
        case = _case(row, filled.row_scope)
        verdict = Verdict(code=code_in(row["decision"]), file=filled.file, sheet=filled.sheet, row=number)
        wrong = _wrong(case, row["decision"], decisions.get(case), verdict)
        if wrong is not None:
            faults.append(Fault(file=filled.file, sheet=filled.sheet, row=number, column=filled.heading, **wrong))
        decisions.setdefault(case, verdict)
    if faults:
        raise InputError(faults)
    return decisions


def _case(row: _Row, row_scope: str) -> Case:
    case = name_case(row["regency_code"] or NO_REGENCY, row["district_found"], row["village_found"])
    if row["scope"].casefold() != row_scope.casefold() or not row["row"].isdigit():
        return case
    return replace(case, file=row["file"], sheet=row["sheet"], row=int(row["row"]))


def _wrong(case: Case, text: str, earlier: Verdict | None, verdict: Verdict) -> dict[str, Any] | None:
    """Return what is wrong with a decision as fields of a fault, ``None`` where nothing is."""
    if earlier is not None and earlier.code != verdict.code:
        return {"code": "review.contradiction", "found": text, "details": {"other": str(earlier.row)}}
    if verdict.code is None:
        return None if is_ignore(text) else {"code": "review.not_a_decision", "found": text, "allowed": _ignore_words()}
    if not is_known(verdict.code):
        return {"code": "review.village_unknown", "found": verdict.code}
    if case.regency != NO_REGENCY and not verdict.code.startswith(f"{case.regency}."):
        return {"code": "review.other_regency", "found": text, "allowed": _regency_name(case.regency)}
    return None


def _ignore_words() -> str:
    return " / ".join(Catalogue(language).say("review.ignore") for language in LANGUAGES)


def _regency_name(code: str) -> str:
    regency = load_register().regencies.get(code)
    return f"{regency.name} ({code})" if regency else code


def _read_sheet(path: Path) -> _Filled:
    """Return the rows of the sheet of cases, in whichever language it was written.

    Raises:
        InputError: the file cannot be read, or holds no such sheet.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for language in LANGUAGES:
            name = Catalogue(language).say("review.sheet_decisions")
            if name in book.sheet_names:
                cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                return _filled(path.name, name, Catalogue(language), cells)
    except FileNotFoundError as error:
        raise InputError([Fault(code="review.no_such_file", file=str(path))]) from error
    except (CalamineError, PasswordError, OSError, ValueError) as error:
        raise InputError([Fault(code="review.cannot_read", file=path.name, found=str(error))]) from error
    raise InputError([Fault(code="review.not_a_review", file=path.name)])


def _filled(file: str, sheet: str, catalogue: Catalogue, cells: Sequence[Sequence[Any]]) -> _Filled:
    headings = {name: catalogue.say(f"review.column_{name}") for name, _ in COLUMNS}
    written = [_text(cell) for cell in cells[HEADING_ROW]] if len(cells) > HEADING_ROW else []
    missing = [headings[name] for name in _NEEDED if headings[name] not in written]
    if missing:
        raise InputError([Fault(code="review.columns_missing", file=file, sheet=sheet, found=", ".join(missing))])
    places = {name: written.index(headings[name]) for name in _NEEDED}
    return _Filled(
        file=file,
        sheet=sheet,
        heading=headings["decision"],
        row_scope=catalogue.say("review.scope_row"),
        rows=dict(_rows(cells, places)),
    )


def _rows(cells: Sequence[Sequence[Any]], places: Mapping[str, int]) -> Iterator[tuple[int, _Row]]:
    for index, row in enumerate(cells[HEADING_ROW + 1 :], start=HEADING_ROW + 2):
        yield index, {name: _text(row[place]) if place < len(row) else "" for name, place in places.items()}


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
