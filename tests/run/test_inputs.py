"""What is sent to a cluster is what the fingerprint of a report knows: nothing less, and no neighbour's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kbkit.dataset.metadata import read_metadata
from kbkit.errors import InputError
from kbkit.parameters import BatchParameters
from kbkit.run.inputs import own_inputs, shared_inputs
from kbkit.run.job import Job
from kbkit.run.plan import PROVINCE, regency_job, summary_job
from tests.run.conftest import make_parameters


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.name.encode())


def job_of(parameters: BatchParameters, code: str) -> Job:
    return regency_job(parameters, code=code, metadata=read_metadata(parameters.dataset), build=None)


def names(paths: Sequence[Path], *, start: Path) -> set[str]:
    found = [path.relative_to(start).as_posix() for path in paths]
    assert len(set(found)) == len(found)
    return set(found)


def test_a_report_gets_its_own_data_and_every_file_that_its_parameters_name(tmp_path: Path) -> None:
    parameters = make_parameters(
        tmp_path,
        plan=tmp_path / "rencana.toml",
        priorities=tmp_path / "prioritas.toml",
        logo=tmp_path / "logo.png",
        boundaries=tmp_path / "peta",
    )
    maps = [tmp_path / "peta" / name for name in ("1377.shp", "1377.dbf", "1377.prj", "1406.geojson")]
    touch(tmp_path / "rencana.toml", tmp_path / "prioritas.toml", tmp_path / "logo.png", *maps)
    tables = tmp_path / "dataset"
    touch(*(tables / table / "regency_code=13.77" / "part-0.parquet" for table in ("tiers", "stunting")))
    touch(tables / "tiers" / "regency_code=14.06" / "part-0.parquet")
    assert names(shared_inputs(parameters), start=tmp_path) == {
        "small {regency}.ipynb",
        "dataset/dataset.json",
        "rencana.toml",
        "prioritas.toml",
        "logo.png",
        "peta",
    }
    job = job_of(parameters, "13.77")
    assert names(own_inputs(parameters, job), start=tmp_path) == {
        "dataset/tiers/regency_code=13.77/part-0.parquet",
        "dataset/stunting/regency_code=13.77/part-0.parquet",
        "peta/1377.shp",
        "peta/1377.dbf",
        "peta/1377.prj",
    }
    assert {"tiers", "stunting", "boundaries", "boundaries.dbf", "plan", "logo"} <= set(job.parts["data"])
    assert own_inputs(parameters, job_of(parameters, "14.71")) == (), "neither data nor a map of its own"


def test_one_file_of_boundaries_for_all_is_sent_once_a_worker(tmp_path: Path) -> None:
    shapes = [tmp_path / "desa.shp", tmp_path / "desa.dbf", tmp_path / "desa.prj"]
    touch(*shapes)
    parameters = make_parameters(tmp_path, boundaries=shapes[0])
    assert set(shapes) < set(shared_inputs(parameters))
    assert own_inputs(parameters, job_of(parameters, "13.77")) == ()


def test_a_summary_gets_the_findings_that_it_is_over(tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path)
    notebook = parameters.notebook.with_name("province_report.ipynb")
    touch(*(parameters.folder / code / "findings.json" for code in ("13.77", "76.02", "76.04")))
    notebook.write_bytes(parameters.notebook.read_bytes())
    metadata = read_metadata(parameters.dataset)
    job = summary_job(parameters, code=PROVINCE, metadata=metadata, members=("13.77", "76.04"))
    assert job is not None
    found = {notebook, parameters.folder / "13.77" / "findings.json", parameters.folder / "76.04" / "findings.json"}
    assert set(own_inputs(parameters, job)) == found
    assert set(own_inputs(parameters, replace(job, code="76"))) == found


def test_files_on_two_drives_are_refused(tmp_path: Path) -> None:
    """A path relative to the report leads from no drive to another one."""
    from kbkit.run.cluster import run_on_cluster

    class OtherDrive(type(tmp_path)):  # type: ignore[misc]
        anchor = "D:\\"

        def absolute(self) -> Path:
            return self

    parameters = make_parameters(tmp_path).model_copy(update={"dataset": OtherDrive(tmp_path / "dataset")})
    with pytest.raises(InputError) as raised:
        list(run_on_cluster([], parameters=parameters, scheduler="tcp://127.0.0.1:1", last=list))
    assert [fault.code for fault in raised.value.faults] == ["cluster.other_drive"]
