"""The command line: words, exit codes, and what it prints where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbkit.cli import main
from kbkit.cli.language import find_language
from kbkit.text import LANGUAGES, Catalogue, Language
from tests.run.conftest import make_parameters

COMMANDS = ("demo", "prepare", "review", "check", "run")


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "id"),
        (["check", "a.yaml", "--language", "en"], {}, "en"),
        (["check", "--language=en", "a.yaml"], {}, "en"),
        (["check", "a.yaml"], {"KBKIT_LANGUAGE": "en"}, "en"),
        (["check", "a.yaml", "--language", "id"], {"KBKIT_LANGUAGE": "en"}, "id"),
        (["check", "a.yaml", "--language", "fr"], {}, "id"),
        (["check", "a.yaml", "--language"], {"KBKIT_LANGUAGE": "fr"}, "id"),
    ],
)
def test_the_language_is_known_before_the_arguments_are_read(
    arguments: list[str], environment: dict[str, str], language: Language
) -> None:
    assert find_language(arguments, environment) == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language(command: str, language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help", "--language", language]) == 0
    page = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert Catalogue(language).say(f"cli.help_{command}").split(":")[0] in page
    assert Catalogue(language).say("cli.usage") + ": kbkit" in page
    assert Catalogue(language).say("cli.help_help") in page


def test_no_arguments_show_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    page = capsys.readouterr().out
    assert all(command in page for command in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "“PARAMETERS.yaml” wajib diisi. Lihat: kbkit check --help"),
        (["run", "a.yaml", "--wokers", "3"], "pilihan --wokers tidak dikenal. Mungkin maksud Anda “--workers”?"),
        (["chek", "a.yaml"], "perintah tidak dapat dipakai"),
        (["run", "a.yaml", "--workers", "dua"], "perintah tidak dapat dipakai"),
        (["check", "tidak-ada.yaml"], "tidak-ada.yaml: berkas parameter ini tidak ada."),
        (["run", "tidak-ada.yaml"], "tidak-ada.yaml: berkas parameter ini tidak ada."),
        (["prepare", "tidak-ada", "--out", "d"], "tidak-ada: tidak ada berkas atau folder dengan nama ini."),
        (["prepare", "a", "--out", "d", "--snapshot-date", "2022"], "“2022” bukan tanggal."),
        (["prepare", "a", "--out", "d", "--snapshot-date", "a.xlsx=13-06-2022"], "bukan tanggal."),
    ],
)
def test_what_cannot_be_used_is_a_message_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert printed.out.count("\n") <= 1


def test_a_file_system_that_refuses_is_a_message(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    assert main(["demo", "--out", str(tmp_path / "berkas" / "demo")]) == 2
    assert "sistem menolak" in capsys.readouterr().err


def write_parameters(folder: Path, *codes: str) -> Path:
    batch = make_parameters(folder)
    path = folder / "batch.yaml"
    lines: dict[str, object] = {
        "batch": "coba",
        "dataset": "dataset",
        "regencies": list(codes),
        "notebook": batch.notebook.name,
    }
    lines |= {"out": "outputs", "formats": ["html"], "workers": 2}
    path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in lines.items()), encoding="utf-8")
    return path


def test_check_says_that_nothing_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write_parameters(tmp_path, "13.77")
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: tidak ada kesalahan.\n"


def test_check_lists_every_fault_and_counts_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write_parameters(tmp_path, "13.77")
    path.write_text(path.read_text(encoding="utf-8") + "wrokers: 1\nlevel: 2\n", encoding="utf-8")
    assert main(["check", str(path), "--language", "en"]) == 2
    printed = capsys.readouterr()
    assert [line.split(":")[0].rsplit(", ", 2)[1] for line in printed.err.splitlines()] == ["line 8", "line 9"]
    assert printed.out == "2 faults. Mend them, then check again.\n"


def test_a_regency_outside_the_batch_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = write_parameters(tmp_path, "13.77")
    assert main(["run", str(path), "--regency", "33.16"]) == 2
    assert "kabupaten/kota 33.16 tidak ada dalam daftar" in capsys.readouterr().err


@pytest.mark.slow
def test_run_prints_a_line_a_regency_and_what_to_open(tmp_path: Path) -> None:
    """As a cron job would call it: no terminal, a narrow character set, another folder."""
    path = write_parameters(tmp_path, "13.77", "21.05")
    done = subprocess.run(
        [sys.executable, "-m", "kbkit", "run", path.name, "--formats", "html", "--out", "hasil"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert sum(line.startswith(("[1/2]", "[2/2]")) for line in lines) == 2
    assert "    ZeroDivisionError: division by zero" in lines
    assert lines[-2] == "2 kabupaten/kota dijalankan, 1 gagal."
    assert lines[-1] == f"Buka: {Path('hasil', 'coba', 'index.html')}"
    assert (tmp_path / "hasil" / "coba" / "index.html").is_file()


def test_map_proposes_once_and_never_writes_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "tabel dinas.csv"
    rows = ["Kecamatan;Desa;Jumlah Keluarga;Bulan", "Blora;Kamolan;210;Januari", "Blora;Beran;305;Januari"]
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert main(["map", str(table)]) == 0
    proposal = tmp_path / "tabel dinas.csv.kbkit.yaml"
    written = proposal.read_bytes()
    assert "village" in capsys.readouterr().out
    assert main(["map", str(table)]) == 2
    assert proposal.read_bytes() == written


def test_simulate_inference_prints_every_design(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate-inference", "--data-sets", "10", "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert sum("data sets" in line for line in out.splitlines()) == 6
