"""Writing the demo: raw exports, and beside them the truth they came from."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kbkit.demo import truth as model
from kbkit.demo.csv_exports import write_csv_exports
from kbkit.demo.faults import FaultKind, PlantedFault
from kbkit.demo.joint_work import write_lists
from kbkit.demo.marginal import compute_marginal_truth
from kbkit.demo.mark import MARK
from kbkit.demo.meeting import write_meetings
from kbkit.demo.population import Population, generate_population
from kbkit.demo.portal import write_portal_export
from kbkit.demo.profile import write_profile_export
from kbkit.demo.registers import write_registers
from kbkit.demo.registry import plan_registry_rows
from kbkit.demo.registry_html import write_registry_html
from kbkit.demo.registry_workbook import write_registry_workbook
from kbkit.demo.streams import Streams
from kbkit.demo.truth import DEMO_SEED, DEMO_TRUTH, Truth
from kbkit.errors import Fault, InputError

EXPORTS: Final = "exports"
TRUTH_FILE: Final = "truth.json"

_ASIDE: Final = ".partial"
"""Where the demo is built, inside its folder so that the last step is a rename within one file system."""


@dataclass(frozen=True, kw_only=True)
class DemoReport:
    """What was written.

    Attributes:
        folder: the demo's folder.
        exports: the folder below it with the raw exports.
        files: paths of the exports below ``exports``, with slashes, sorted.
        faults: every fault planted in them.
    """

    folder: Path
    exports: Path
    files: tuple[str, ...]
    faults: tuple[PlantedFault, ...]

    @property
    def fault_counts(self) -> Mapping[FaultKind, int]:
        """How many faults of each kind there are, over all files."""
        counted = Counter(fault.kind for fault in self.faults)
        return MappingProxyType({kind: counted[kind] for kind in FaultKind})


def write_demo(*, out: Path, seed: int = DEMO_SEED, truth: Truth = DEMO_TRUTH) -> DemoReport:
    """Write ``out/exports/...`` and ``out/truth.json``, whole or not at all. The same seed gives the same bytes.

    Args:
        out: folder to make. An older demo there is replaced; other files in its folder stay.
        seed: seed of every random stream.
        truth: parameters of the model.

    Raises:
        InputError: ``out`` holds something that is not a demo.
    """
    _refuse_foreign_folder(out)
    population = generate_population(seed=seed, truth=truth)
    aside = out / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    exports = aside / EXPORTS
    exports.mkdir(parents=True)
    faults = write_exports(exports, population=population, truth=truth, streams=Streams(seed))
    write_lists(exports, population=population, truth=truth, streams=Streams(seed, ("lists",)))
    write_meetings(exports, population=population, streams=Streams(seed, ("meetings",)))
    files = tuple(sorted(path.relative_to(exports).as_posix() for path in exports.rglob("*") if path.is_file()))
    stated = _state_truth(population, truth, seed, faults)
    text = json.dumps(stated, ensure_ascii=False, indent=1) + "\n"
    (aside / TRUTH_FILE).write_text(text, encoding="utf-8", newline="\n")
    _put_in_place(aside, out)
    return DemoReport(folder=out, exports=out / EXPORTS, files=files, faults=faults)


def write_exports(folder: Path, *, population: Population, truth: Truth, streams: Streams) -> tuple[PlantedFault, ...]:
    """Write what the systems export, and return the faults planted in it.

    That is the portal's classification of each snapshot and its last profile, e-PPGBM by regency and period, the
    registers, the village index and the surveys.

    Args:
        folder: an empty folder.
        population: of some regencies; the portal and the registers have them in one file.
        truth: parameters of the model.
        streams: of the whole demo.
    """
    faults: list[PlantedFault] = []
    for snapshot in truth.snapshots:
        faults += write_portal_export(folder, population=population, snapshot=snapshot, streams=streams)
    for regency in truth.regencies:
        write = write_registry_html if regency.registry_layout == "html" else write_registry_workbook
        for period in truth.periods:
            rows = plan_registry_rows(population=population, regency_code=regency.code, period=period, streams=streams)
            faults += write(folder, registry=rows, streams=streams)
    write_csv_exports(folder, population=population)
    faults += write_profile_export(folder, population=population, snapshot=truth.snapshots[-1], streams=streams)
    write_registers(folder, population=population, truth=truth, streams=streams)
    return tuple(faults)


def _state_truth(population: Population, truth: Truth, seed: int, faults: Sequence[PlantedFault]) -> dict[str, Any]:
    return {
        "mark": MARK,
        "seed": seed,
        "model": (model.__doc__ or "").splitlines(),
        "parameters": json.loads(json.dumps(asdict(truth), default=str)),
        "regencies": {
            regency.code: {
                period or "all_periods": asdict(
                    compute_marginal_truth(population=population, truth=truth, regency_code=regency.code, period=period)
                )
                for period in (None, *truth.periods)
            }
            for regency in truth.regencies
        },
        "fault_counts": Counter(fault.kind.value for fault in faults),
        "faults": [asdict(fault) for fault in faults],
    }


def _refuse_foreign_folder(out: Path) -> None:
    """Refuse to write where something else lies; an empty folder and an older demo may be filled."""
    stated = out / TRUTH_FILE
    older_demo = stated.is_file() and MARK in stated.read_text(encoding="utf-8", errors="replace")
    empty = out.is_dir() and all(item.name == _ASIDE for item in out.iterdir())
    if out.exists() and not (older_demo or empty):
        raise InputError([Fault(code="demo.not_a_demo", file=str(out), allowed=TRUTH_FILE)])


def _put_in_place(new: Path, out: Path) -> None:
    """Exchange the two members of the demo; whatever else a user keeps in the folder stays."""
    if (out / EXPORTS).exists():
        (out / EXPORTS).rename(new / "retired")
    (new / EXPORTS).rename(out / EXPORTS)
    (new / TRUTH_FILE).replace(out / TRUTH_FILE)
    shutil.rmtree(new)
