"""The engine shows what a kernel shows, and every report starts from the same state."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from kbkit.run.cleaning import clean_notebook
from kbkit.run.journal import read_journal
from kbkit.run.loading import load_for
from tests.run.conftest import code_cell

SHOWING = (
    "import sys, warnings\nprint('satu'); sys.stderr.write('dua\\n'); print('tiga')\n'nilai'",
    "from IPython.display import display, HTML, clear_output, update_display\n"
    "handle = display(HTML('<b>1</b>'), display_id='a')\n"
    "display({'text/plain': 'x', 'application/json': {'c': 1}}, raw=True)",
    "update_display(HTML('<b>2</b>'), display_id='a')",
    "print('lama'); clear_output(wait=True); print('baru')",
    "print('1%', end='\\r'); print('99%', end='\\r'); print('100%'); print('ab\\bc')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('gambar'); 1 + 1;",
    "warnings.warn('peringatan')\n_, In[1][:6], Out[1]",
    "%%time\nx = 3",
    "!echo dari perintah",
    "await __import__('asyncio').sleep(0)\nx",
    "",
    "print('sebelum')\n1 / 0",
    "print('tidak pernah')",
)


def write(path: Path, *sources: str, tags: tuple[str, ...] = ()) -> Path:
    cells = [code_cell(source, name=f"c{place}", tags=tags) for place, source in enumerate(sources)]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def run(path: Path, *, engine: str | None = "kbkit", fails: bool = False, **options: Any) -> NotebookNode:
    """Run a notebook in the folder that it lies in."""
    name = str(path.with_name("out.ipynb"))
    try:
        papermill.execute_notebook(
            str(path), name, engine_name=engine, progress_bar=False, cwd=path.parent, kernel_name="python3", **options
        )
    except PapermillExecutionError:
        assert fails
    source: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    notebook: NotebookNode = nbformat.read(name, as_version=4)  # type: ignore[no-untyped-call]
    return clean_notebook(notebook, source=source)


def outputs(notebook: NotebookNode) -> list[Any]:
    return [(cell.execution_count, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.slow
def test_cells_show_what_they_show_in_a_kernel(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", *SHOWING)
    kernel = run(path, engine=None, fails=True, language="python", coalesce_streams=True)
    here = run(path, fails=True, language="python")
    for number, (wanted, found) in enumerate(zip(outputs(kernel), outputs(here), strict=True)):
        if "%%time" in SHOWING[min(number, len(SHOWING) - 1)]:
            continue
        assert plain(found[1]) == plain(wanted[1]), number
        assert found[0] == wanted[0]


def plain(shown: list[Any]) -> str:
    """Return outputs as text without colours, which follow the theme."""
    return re.sub(r"\\u001b\[[0-9;]*m", "", json.dumps(shown))


DIRT = (
    "import os, random, sys, warnings, decimal, logging, numpy, pandas, matplotlib\n"
    "os.environ['KBKIT_DIRT'] = '1'; os.chdir('/'); sys.path.insert(0, 'x'); sys.argv.append('y')\n"
    "random.seed(7); numpy.random.seed(7); numpy.seterr(all='raise'); decimal.getcontext().prec = 3\n"
    "pandas.set_option('display.max_rows', 3); matplotlib.rcParams['font.size'] = 40\n"
    "warnings.simplefilter('ignore'); logging.disable(); logging.getLogger().setLevel(1); left = 1\n"
    "import matplotlib.pyplot as plt; plt.figure(); plt.plot([1]); sys.excepthook = print"
)
STATE = (
    "import decimal, locale, logging, os, random, sys, warnings, matplotlib, numpy, pandas\n"
    "import matplotlib.pyplot as plt\n"
    "print(random.random(), numpy.random.random(), numpy.geterr(), decimal.getcontext().prec, sys.excepthook)\n"
    "print(os.environ.get('KBKIT_DIRT'), os.getcwd(), 'x' in sys.path, sys.argv[-1] == 'y', 'left' in globals())\n"
    "print(pandas.get_option('display.max_rows'), matplotlib.rcParams['font.size'], plt.get_fignums())\n"
    "print(logging.root.level, logging.root.manager.disable, warnings.filters[0])",
    "warnings.warn('sekali')\nlogging.warning('catatan')",
    "plt.plot([1, 2]); plt.title('gambar')\nNone",
)


def test_a_notebook_finds_the_same_state_before_and_after_another_one_made_a_mess(tmp_path: Path) -> None:
    clean = write(tmp_path / "clean.ipynb", *STATE)
    before = run(clean, language="python")
    place = Path.cwd()
    run(write(tmp_path / "dirt.ipynb", DIRT), language="python")
    assert Path.cwd() == place
    assert "KBKIT_DIRT" not in os.environ
    after = run(clean, language="python")
    assert after.cells == before.cells
    shown = str(outputs(after))
    assert "sekali" in shown, "a warning is not swallowed because it was given before"
    assert "image/png" in shown, "a figure is not lost because pyplot was loaded before"


def test_a_cell_may_not_ask_and_the_shell_is_gone_afterwards(tmp_path: Path) -> None:
    outer = InteractiveShell._instance
    found = run(write(tmp_path / "a.ipynb", "input('nama?')"), fails=True, language="python")
    (output,) = [each for cell in found.cells for each in cell.get("outputs", []) if each.output_type == "error"]
    assert output.ename == "StdinNotImplementedError"
    assert InteractiveShell._instance is outer
    assert not isinstance(sys.stdout, type(None))


def test_a_cell_tagged_as_one_that_may_fail_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "1 / 0", "print('sampai sini')", tags=("raises-exception",))
    assert "sampai sini" in str(run(path, fails=True, language="python").cells)


def test_the_journal_holds_what_was_shown_up_to_the_cell_that_stopped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ipynb", "print(1)", "1 / 0", "print(3)")
    run(path, fails=True, language="python", journal=tmp_path / "journal")
    lines = (tmp_path / "journal").read_text(encoding="utf-8").splitlines()
    executed = read_journal(tmp_path / "journal")
    assert executed is not None
    assert executed.last == 1
    assert [len(cell.outputs) for cell in executed.notebook.cells] == [1, 1, 0]
    # A process that is killed may leave half a line.
    (tmp_path / "journal").write_text("\n".join([*lines[:4], lines[4][:20]]), encoding="utf-8")
    cut = read_journal(tmp_path / "journal")
    assert cut is not None
    assert cut.last == 1
    assert [len(cell.outputs) for cell in cut.notebook.cells] == [1, 0, 0]
    (tmp_path / "journal").write_text(lines[0][:50], encoding="utf-8")
    assert read_journal(tmp_path / "journal") is None


def test_what_a_notebook_imports_is_loaded_and_what_cannot_be_is_left_to_it(tmp_path: Path) -> None:
    sys.modules.pop("this", None)
    load_for(
        write(
            tmp_path / "a.ipynb", "import tidak_ada, antigravity_x\nfrom wave import open", "%magic", "import sndhdr_x"
        )
    )
    assert "wave" in sys.modules
    load_for(tmp_path / "tidak-ada.ipynb")


def test_loading_rehearses_a_shell_and_takes_it_away(tmp_path: Path) -> None:
    before, shown = dict(os.environ), sys.displayhook
    load_for(write(tmp_path / "a.ipynb", "x = 1"))
    assert "IPython.core.completer" in sys.modules, "the first cell loads it, and each fork would"
    assert InteractiveShell._instance is None
    assert (dict(os.environ), sys.displayhook) == (before, shown)
