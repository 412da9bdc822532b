"""The stations of one worker of a cluster: kept warm, replaced when they are dead, gone with their batch."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from kbkit.run import cluster_worker
from kbkit.run.cluster_worker import Departure, Stations
from kbkit.run.parcel import pack
from kbkit.run.station import StationLost


class FakeStation:
    """A station without a process."""

    def __init__(self, *, shared: Path, home: Path) -> None:
        assert (shared / "dataset.json").read_text(encoding="utf-8") == "{}"
        home.mkdir()
        self.home = home
        self.is_alive = True

    def end(self) -> None:
        self.is_alive = False


@pytest.fixture
def stations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stations:
    monkeypatch.setattr(cluster_worker, "Station", FakeStation)
    (tmp_path / "dataset.json").write_text("{}", encoding="utf-8")
    stations = Stations(name="kbkit-1", shared=pack([("dataset.json", tmp_path / "dataset.json")]))
    (tmp_path / "worker").mkdir()
    stations.setup(SimpleNamespace(local_directory=str(tmp_path / "worker")))
    return stations


def test_a_station_serves_one_report_after_the_other_and_a_dead_one_is_replaced(stations: Stations) -> None:
    with stations.lend() as first, stations.lend() as beside:
        assert first is not beside
        beside.end()
    with stations.lend() as again:
        assert again is first
    first.end()
    with stations.lend() as fresh:
        assert fresh not in (first, beside)


def test_a_station_that_fails_a_report_and_lives_is_kept(stations: Stations) -> None:
    with pytest.raises(ValueError, match="x"), stations.lend() as first:
        raise ValueError("x")
    with stations.lend() as again:
        assert again is first


def test_nothing_is_left_when_the_batch_has_gone(stations: Stations, tmp_path: Path) -> None:
    assert list((tmp_path / "worker").iterdir()) == [], "who gets no report unpacks nothing"
    with stations.lend() as busy:
        stations.teardown(None)
        assert not busy.is_alive
    assert list((tmp_path / "worker").iterdir()) == []
    with pytest.raises(StationLost), stations.lend():
        pass


def test_the_scheduler_ends_what_is_the_batchs_and_nothing_else() -> None:
    called = []
    scheduler = SimpleNamespace(
        worker_plugins={"kbkit-1": b"", "kbkit-2": b""},
        remove_plugin=lambda name: called.append(name),
        unregister_worker_plugin="unregister",
        loop=SimpleNamespace(add_callback=lambda *arguments: called.append(arguments)),
    )
    plugin = Departure(name="kbkit-1", client="a")
    plugin.remove_client(scheduler, "b")
    assert called == []
    plugin.remove_client(scheduler, "a")
    assert called == ["kbkit-1-departure", ("unregister", None, "kbkit-1")]
    called.clear()
    Departure(name="kbkit-3", client="a").remove_client(scheduler, "a")
    assert called == ["kbkit-3-departure"], "the batch was killed before it had registered anything"
