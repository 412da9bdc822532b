"""Files and folders appear whole or not at all."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from kbkit.run import placement
from kbkit.run.placement import list_files, put_in_place, relative_path, staging_folder, start_folder, write_whole


def fill(folder: Path, text: str) -> None:
    (folder / "a").mkdir()
    write_whole(folder / "a" / "b.txt", text)


def test_a_folder_replaces_the_older_one_whole(tmp_path: Path) -> None:
    final = tmp_path / "33.16"
    final.mkdir()
    (final / "old.txt").write_text("old", encoding="utf-8")
    fill(start_folder(final), "new")
    assert list_files(final) == ("old.txt",), "the older one stays until the newer is whole"
    put_in_place(final)
    assert list_files(final) == ("a/b.txt",)
    assert [path.name for path in tmp_path.iterdir()] == ["33.16"]


def test_a_run_killed_between_the_renames_loses_nothing(tmp_path: Path) -> None:
    final = tmp_path / "33.16"
    (tmp_path / ".33.16.old").mkdir()
    fill(tmp_path / ".33.16.old", "old")
    (tmp_path / ".33.16.partial").mkdir()
    fill(tmp_path / ".33.16.partial", "half")
    staging = start_folder(final)
    assert list_files(final) == ("a/b.txt",)
    assert list_files(staging) == ()


def test_a_folder_in_use_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename a folder in which a document is open."""
    final = tmp_path / "33.16"
    final.mkdir()
    fill(final, "old")
    fill(start_folder(final), "new")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == final:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(placement, "_PATIENCE", (0.0,))
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        put_in_place(final)
    assert (final / "a" / "b.txt").read_text(encoding="utf-8") == "old"


def test_the_older_folder_comes_back_where_the_newer_cannot_be_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    final = tmp_path / "33.16"
    final.mkdir()
    fill(final, "old")
    fill(start_folder(final), "new")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == staging_folder(final):
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(placement, "_PATIENCE", (0.0,))
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        put_in_place(final)
    assert (final / "a" / "b.txt").read_text(encoding="utf-8") == "old"


def test_a_name_is_held_only_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner lets go after a while."""
    final = tmp_path / "33.16"
    fill(start_folder(final), "new")
    rename, refusals = Path.rename, [PermissionError(13, "in use")]

    def refuse_once(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return rename(self, target)

    monkeypatch.setattr(placement, "_PATIENCE", (0.0, 0.0))
    monkeypatch.setattr(Path, "rename", refuse_once)
    put_in_place(final)
    assert list_files(final) == ("a/b.txt",)


def test_a_path_means_the_same_in_the_staging_folder_and_in_the_final_one(tmp_path: Path) -> None:
    final = tmp_path / "outputs" / "coba" / "33.16"
    target = tmp_path / "data set" / "riau"
    relative = relative_path(target, start=final)
    assert relative == "../../../data set/riau"
    assert relative_path(target, start=staging_folder(final)) == relative


def test_only_another_drive_makes_a_path_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", other_drive)
    assert relative_path(tmp_path, start=Path("elsewhere")) == tmp_path.as_posix()
    assert PureWindowsPath("D:\\data").as_posix() == "D:/data"
