"""What travels: files whole and at their places, so that a relative path leads to the same file on both machines."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.run.parcel import below_root, pack, pack_inputs, unpack
from kbkit.run.placement import list_files, relative_path


def test_files_arrive_whole_with_their_names_and_in_their_order(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "peta {33.16}.json").write_bytes(bytes(range(256)) * 999)
    (here / "kosong.csv").write_bytes(b"")
    (here / "folder").mkdir()
    names = ("peta {33.16}.json", "tidak ada.toml", "kosong.csv", "folder")
    archive = pack((name, here / name) for name in names)
    unpack(archive, there)
    assert list_files(there) == list_files(here)
    assert (there / "folder").is_dir(), "a folder says that it is there"
    assert all((there / name).read_bytes() == (here / name).read_bytes() for name in list_files(here))
    unpack(pack([("b", here / "kosong.csv"), ("a", here / "kosong.csv")]), tmp_path / "order")
    first, last = ((tmp_path / "order" / name).stat().st_mtime_ns for name in "ba")
    assert first <= last


def test_an_archive_that_was_damaged_on_its_way_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(range(256)))
    archive = bytearray(pack([("a", tmp_path / "a")]))
    archive[100] ^= 1
    with pytest.raises(Exception, match=r"CRC|decompressing"):
        unpack(bytes(archive), tmp_path / "there")


def test_inputs_keep_their_whole_path_and_a_way_around_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kantor").mkdir()
    (tmp_path / "kantor" / "rencana.toml").write_text("a", encoding="utf-8")
    root = tmp_path / "root"
    monkeypatch.chdir(tmp_path)
    given_paths = (tmp_path / "kantor" / ".." / "kantor" / "rencana.toml", Path("kantor/rencana.toml"))
    for path in given_paths:
        unpack(pack_inputs([path]), root)
        assert (root / below_root(path)).read_text(encoding="utf-8") == "a"
        assert below_root(path).parent == below_root(tmp_path) / "kantor"


NAMES = st.lists(st.sampled_from(["srv", "data", "kbkit", "outputs", "a b"]), min_size=1, max_size=5)


@given(folder=NAMES, target=NAMES)
def test_a_relative_path_leads_to_the_same_file_below_another_root(folder: list[str], target: list[str]) -> None:
    report, file, root = Path("/", *folder), Path("/", *target), Path("/scratch/kbkit/root")
    relative = relative_path(file, start=report)
    assert relative_path(root / below_root(file), start=root / below_root(report)) == relative
    assert not PurePosixPath(relative).is_absolute()
