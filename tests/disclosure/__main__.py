"""The whole demo, audited: every regency's files together with those of the province.

    python -m tests.disclosure DATASET RUN [EDITION]

``RUN`` is the folder of a batch that ``kbkit run`` made from the dataset. One line a regency says how many numbers are
hidden, how many equations the files gave, and what is exposed. Exit code 1 where anything is.
"""

from __future__ import annotations

import sys
from pathlib import Path

import kbkit
from kbkit.domain.editions import SMALL_CELLS, SmallCells
from kbkit.results.findings import read_findings
from tests.disclosure.audit import audit, audit_families
from tests.disclosure.outputs import Line, read_folder, read_sentences


def audit_regency(folder: Path, dataset: Path, shared: list[Line], rule: SmallCells) -> int:
    """Print what is exposed of one regency, and return how much."""
    data = kbkit.read_regency(dataset, regency=folder.name)
    findings = read_findings(folder / "findings.json")
    lines = [*read_folder(folder), *shared]
    intruder, exposures = audit(data, findings, lines, rule)
    _, of_families = audit_families(data, lines, rule)
    exposures += of_families
    told = intruder.told(read_sentences(folder), rule)
    hidden = getattr(findings.small_areas, "hidden", 0)
    equations = len(intruder.rows) - intruder.truth.measured.size
    print(f"{folder.name}: {hidden} villages hidden, {equations} equations, {len(exposures)} exposed, {len(told)} told")
    for found in (*exposures, *told):
        print(f"    {found}")
    return len(exposures) + len(told)


def main() -> int:
    """Audit every regency of a batch."""
    dataset, run = (Path(argument) for argument in sys.argv[1:3])
    rule = next(SMALL_CELLS[edition] for edition in SMALL_CELLS if edition == (sys.argv[3:] or ["public"])[0])
    shared = read_folder(run / "province") if (run / "province").is_dir() else []
    folders = sorted(path.parent for path in run.glob("[0-9]*/findings.json"))
    return int(sum(audit_regency(folder, dataset, shared, rule) for folder in folders) > 0)


if __name__ == "__main__":
    sys.exit(main())
