"""The long version: the real exports of a folder, damaged in every way; then the sizes that a test cannot have.

    python -m tests.damage [FOLDER]

The folder is searched for exports that kbkit reads; each file is cut to its first rows, since damage is the same at
any length. One line a file says how its cases ended, with what was found below it. Exit code 1 where anything was.

Recorded on 22 November 2026 on the exports beside the project, 18 files of 15 layouts: 216 kinds, 3,453 cases, nothing
found (same 1,769, less and told 499, refused and told 1,126, rows handed on twice 58, as typed 1). One line of 102 MB:
refused after 1.3 s, peak memory 539 MB (362 MB before); one field of 100 MB: 1.3 s; a zip of 1 MB that swells to
1 GB: refused before anything is unpacked; 300,000 rows of a register (10 MB): read in 8 s.
"""

from __future__ import annotations

import csv
import io
import os
import re
import resource
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kbkit.errors import Fault
from kbkit.ingest import read_exports
from kbkit.ingest.opening import open_sheets
from tests.conftest import PROJECT
from tests.damage import kinds as kinds
from tests.damage.damage import KINDS, Damage, Outcome
from tests.damage.grid import Grid, Row, Value
from tests.damage.kinds.privacy import SECRETS
from tests.damage.oracle import Hang, Reading, judge, read_folder
from tests.damage.specimen import Specimen
from tests.damage.written_specimens import LEFT_ASIDE

_ROWS = 12
_SEARCH = 20
_TEXT = re.compile("kode|status", re.IGNORECASE)
_NOT_WHOLE = re.compile(r"^(?:No\.?|%.*|Index.*|)$", re.IGNORECASE)


def real_specimens(folder: Path) -> Iterator[Specimen]:
    """Yield a specimen of each real export: its first villages, as its own cells have them."""
    for extract in read_exports([folder]).extracts:
        opened = open_sheets(extract.sheet.path, label=extract.sheet.file)
        (sheet,) = (sheet for sheet in opened.sheets if sheet.sheet == extract.sheet.sheet)
        first = int(extract.table["source_row"].min()) - 1
        rows = [tuple(_value(cell) for cell in row) for row in sheet.rows]
        top = _heading_row(rows[:first])
        grid = Grid(
            titles=tuple(_title(row) for row in rows[:top]),
            headings=tuple(rows[top:first]),
            body=tuple(rows[first : first + _ROWS]),
            texts=frozenset(i for i, name in enumerate(rows[top]) if _TEXT.search(str(name))),
            fixed=frozenset(
                i
                for i, name in enumerate(rows[first - 1])
                if _NOT_WHOLE.search(str(name)) or (extract.layout, name) in LEFT_ASIDE
            ),
            sheet=sheet.sheet or "Worksheet",
        )
        text = (
            extract.sheet.path.read_text(encoding="utf-8", errors="replace")[:2000] if sheet.kind == "delimited" else ""
        )
        yield Specimen(
            name=extract.sheet.file,
            layout=extract.layout,
            file=extract.sheet.path.name,
            container=sheet.kind,
            grid=grid,
            delimiter=max(";,", key=text.partition("\n")[0].count),
        )


def _heading_row(rows: list[Row]) -> int:
    """Return the first row above the villages that holds more than a title."""
    return next(index for index, row in enumerate(rows[:_SEARCH]) if len({cell for cell in row if cell}) > 2)


def _title(row: Row) -> Row:
    return tuple(dict.fromkeys(cell for cell in row if cell not in ("", None)))


def _value(cell: object) -> Value:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and cell.isdecimal() and (cell == "0" or not cell.startswith("0")):
        return int(cell)
    return cell if isinstance(cell, (str, int, float)) else None if cell is None else str(cell)


def _case(damage: Damage, specimen: Specimen, sound: Reading, folder: Path) -> tuple[Outcome | None, list[str]]:
    try:
        if not damage.apply(specimen, folder):
            return None, []
        damaged = read_folder(folder)
    except (Exception, Hang):
        return Outcome.DIFFERENT, [traceback.format_exc(limit=-3)]
    verdict = judge(damage, sound=sound, damaged=damaged)
    leaked = [f"repeats {secret}" for secret in SECRETS if secret in repr(damaged)]
    return verdict.outcome, [*verdict.complaints, *leaked]


def _run(specimen: Specimen, folder: Path) -> tuple[Counter[Outcome], list[str]]:
    sound_folder = folder / "utuh" / "ekspor"
    sound_folder.mkdir(parents=True)
    specimen.write(sound_folder, specimen.content())
    sound = read_folder(sound_folder)
    outcomes: Counter[Outcome] = Counter()
    found = []
    for name, damage in KINDS.items():
        place = folder / name / "ekspor"
        place.mkdir(parents=True)
        outcome, complaints = _case(damage, specimen, sound, place)
        if outcome is not None:
            outcomes[outcome] += 1
        found += [f"{name}: {text}" for text in complaints]
    return outcomes, found


def _line_of_100_mb(folder: Path) -> Path:
    path = folder / "satu baris.csv"
    with path.open("w", encoding="utf-8") as file:
        for number in range(0, 13_000_000, 1000):
            file.write("".join(f"{i:07d}," for i in range(number, number + 1000)))
    return path


def _field_of_100_mb(folder: Path) -> Path:
    path = folder / "satu sel.csv"
    path.write_bytes(b"KODE;" + b"x" * 104_857_600)
    return path


def _bomb(folder: Path) -> Path:
    path = folder / "bom.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(1000):
            member.write(b" " * 1_000_000)
    return path


def _register_of_300_000_rows(folder: Path) -> Path:
    path = folder / "pus 2024.csv"
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(["PROVINSI", "KABUPATEN", "KECAMATAN", "KODE", "KELURAHAN", "PUS", "UNMET NEED", "BULAN"])
    writer.writerows([["A", "B", "C", "2001", f"D{i}", i % 900, i % 90, "AGUSTUS"] for i in range(300_000)])
    path.write_text(target.getvalue(), encoding="utf-8")
    return path


def _large(folder: Path) -> Iterator[str]:
    for write in (_line_of_100_mb, _field_of_100_mb, _bomb, _register_of_300_000_rows):
        path = write(folder)
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        exports = read_exports([path])
        faults: list[Fault] = [*exports.faults, *(fault for extract in exports.extracts for fault in extract.faults)]
        rows = sum(extract.rows_read for extract in exports.extracts)
        size, peak = path.stat().st_size / 2**20, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield (
            f"{path.name}: {size:.0f} MB, {rows} rows, {[fault.code for fault in faults]}, "
            f"{time.process_time() - start:.1f} s, peak {peak:.0f} MB (before {before / 1024:.0f} MB)"
        )
        path.unlink()


def main(arguments: list[str]) -> int:
    """Run everything and print what was found."""
    source = Path(arguments[0] if arguments else os.environ.get("KBKIT_REAL_DATA", PROJECT.parent / "shared" / "data"))
    total: Counter[Outcome] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        for number, specimen in enumerate(real_specimens(source)):
            outcomes, found = _run(specimen, Path(scratch) / str(number))
            total += outcomes
            wrong += len(found)
            words = ", ".join(f"{outcome.value} {count}" for outcome, count in sorted(outcomes.items()))
            print(f"{specimen.layout} ({specimen.name}): {outcomes.total()} cases: {words}")
            print("".join(f"  {text}\n" for text in found), end="", flush=True)
        print(f"{len(KINDS)} kinds, {total.total()} cases: {dict(total)}; {wrong} complaints")
        for line in _large(Path(scratch)):
            print(line, flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
