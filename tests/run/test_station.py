"""A station and what comes back from it: nothing of it stays, and what cannot be made or placed is a reason."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from kbkit.dataset.metadata import read_metadata
from kbkit.run import Outcome, RegencyOutcome, finishing, station_process, travel
from kbkit.run.environment import ROOT_VARIABLE
from kbkit.run.inputs import shared_inputs
from kbkit.run.job import Job
from kbkit.run.outcomes import Ending
from kbkit.run.parcel import pack, pack_inputs, unpack
from kbkit.run.plan import regency_job
from kbkit.run.record import read_build, write_build
from kbkit.run.station import Answer, Order, Station, StationLost, take_away
from kbkit.run.travel import order_of, place_report
from tests.run.conftest import make_parameters


def job_and_order(folder: Path, *, shared: Path) -> tuple[Job, Order]:
    parameters = make_parameters(folder, formats=("html",))
    job = regency_job(parameters, code="13.77", metadata=read_metadata(parameters.dataset), build=None)
    unpack(pack_inputs(shared_inputs(parameters)), shared)
    return job, order_of(job, parameters=parameters)


@pytest.mark.slow
def test_a_station_makes_a_report_from_what_was_sent_and_ends_without_a_trace(tmp_path: Path) -> None:
    job, order = job_and_order(tmp_path, shared=tmp_path / "shared")
    station = Station(shared=tmp_path / "shared", home=tmp_path / "home")
    answer = station.make(order)
    assert answer.outcome.ending.outcome == Outcome.RENDERED
    assert list((tmp_path / "home").iterdir()) == [], "nothing of the report stays"
    assert not job.folder.exists(), "nothing is made where the batch is"
    assert place_report(job, answer) == answer.outcome
    build = read_build(job.folder)
    assert build is not None
    assert build.outcome.files == answer.outcome.files
    written = {name: (job.folder / name).stat().st_mtime_ns for name in answer.outcome.files}
    assert max(written.values()) == written["build.json"], "no file is taken for one that was changed"
    station.end()
    assert not (tmp_path / "home").exists()
    with pytest.raises(StationLost):
        station.make(order)


def test_a_full_disk_on_the_worker_is_the_reason_of_its_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, "")  # set back at the end

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    job, order = job_and_order(tmp_path, shared=tmp_path / "shared")
    monkeypatch.setattr(station_process, "unpack", refuse)
    maker = station_process.Maker(shared=tmp_path / "shared", home=tmp_path / "home")
    answer = maker.make(order)
    assert (answer.outcome.ending.outcome, answer.report) == (Outcome.FAILED_RENDER, b"")
    assert list((tmp_path / "home").iterdir()) == []
    placed = place_report(job, answer)
    assert placed.ending.diagnostic == "OSError: No space left on device"
    assert placed.files == ("build.json", "failure.txt")
    assert "failed_render" in job.log.read_text(encoding="utf-8")


def test_a_report_of_which_the_worker_could_write_nothing_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, "")  # set back at the end
    killed = Ending(outcome=Outcome.KILLED)

    def run(_: object, job: Job) -> RegencyOutcome:
        job.log.parent.mkdir(parents=True)
        job.log.touch()
        return RegencyOutcome(code=job.code, name=job.name, ending=killed, seconds=1.0)

    job, order = job_and_order(tmp_path, shared=tmp_path / "shared")
    monkeypatch.setattr(station_process.Maker, "_run", run)
    answer = station_process.Maker(shared=tmp_path / "shared", home=tmp_path / "home").make(order)
    placed = place_report(job, answer)
    assert (placed.ending, placed.files) == (killed, ("build.json", "failure.txt"))


def test_a_report_that_cannot_be_placed_leaves_the_older_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, _ = job_and_order(tmp_path, shared=tmp_path / "shared")
    job.folder.mkdir(parents=True)
    (job.folder / "report.html").write_text("old", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    for place in (travel, finishing):
        monkeypatch.setattr(place, "put_in_place", refuse)
    outcome = RegencyOutcome(code=job.code, name=job.name, ending=Ending(outcome=Outcome.RENDERED), seconds=1.0)
    made = tmp_path / "made"
    made.mkdir()
    outcome = write_build(made, outcome=outcome, parts=job.parts)
    placed = place_report(job, Answer(outcome=outcome, report=pack([("build.json", made / "build.json")])))
    assert (placed.ending.outcome, placed.files) == (Outcome.FAILED_RENDER, ())
    assert (job.folder / "report.html").read_text(encoding="utf-8") == "old"
    assert {path.name for path in job.folder.parent.iterdir()} == {"13.77", "logs"}


def test_what_a_cluster_would_log_holds_no_content(tmp_path: Path) -> None:
    _, order = job_and_order(tmp_path, shared=tmp_path / "shared")
    assert repr(order) == "Order()"
    assert "PPKB" in json.dumps(pickle.loads(order.job).parameters), "which the order holds"


def test_a_folder_that_is_still_written_into_goes_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    remove, left = shutil.rmtree, [folder / "late"]

    def interrupted(path: Path, *, ignore_errors: bool) -> None:
        remove(path, ignore_errors=ignore_errors)
        if left:
            path.mkdir()
            left.pop().touch()

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    take_away(folder)
    assert not folder.exists()
