"""The same regency alone, first and last in a batch, from a fork and from a worker that is used again: the same bytes.

``python -m tests.run.same_bytes --reports 50`` does it with the notebook of the regencies and copies of the demo; the
suite does it with a small notebook, whose other regency leaves a mess behind.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kbkit.parameters import BatchParameters
from kbkit.run import run_batch
from kbkit.run.forking import VARIABLE


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a report, of its record without the parts: who works on kbkit meanwhile changes its code."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found["build.json"] = json.dumps(json.loads(found["build.json"]) | {"parts": None}).encode()
    return found


STARTS: Final = ("fork", "spawn") if sys.platform == "linux" else ("spawn",)
PLACES: Final = ("alone", "first", "last")
WAYS: Final = tuple((start, place) for start in STARTS for place in PLACES)


def reports_of(
    parameters: BatchParameters, code: str, *, ways: Sequence[tuple[str, str]] = WAYS
) -> Mapping[str, dict[str, bytes]]:
    """Make the report of one regency in several ways; return the way and the files.

    Args:
        parameters: a batch that ``code`` is part of, with others.
        code: of the regency.
        ways: how workers are started, and the place of the regency in the batch.
    """
    others = tuple(each for each in parameters.regencies if each != code)
    orders = {"alone": (code,), "first": (code, *others), "last": (*others, code)}
    found = {}
    for start, place in ways:
        out = parameters.out / f"{start} {place}"
        batch = parameters.model_copy(update={"regencies": orders[place], "workers": 1, "out": out})
        with started_by(start):
            run_batch(batch)
        found[f"{start}, {place}"] = contents(batch.folder / code)
    return found


@contextmanager
def started_by(start: str) -> Iterator[None]:
    """Start workers in one way."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = start
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def main() -> int:
    """Compare, print what differs, and say by the exit code whether nothing does."""
    from tests.bench.batches import NOTEBOOK, codes, prepare

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kbkit-same-") as name:
        folder = Path(name)
        prepare(folder, reports=given.reports)
        wanted = tuple(codes(given.reports))
        parameters = BatchParameters(
            batch="batch", dataset=folder / "dataset", regencies=wanted, out=folder / "out", notebook=NOTEBOOK
        )
        found = reports_of(parameters, wanted[0])
    first, *rest = found.items()
    different = {way: [name for name in files if files[name] != first[1].get(name)] for way, files in rest}
    for way, names in different.items():
        print(f"{way}: {'the same' if not names else ', '.join(names)} as {first[0]}")
    return int(any(different.values()))


if __name__ == "__main__":
    sys.exit(main())
