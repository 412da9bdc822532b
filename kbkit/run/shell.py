"""An IPython shell without a kernel: cells run in this process, and what they show becomes outputs of the notebook."""

from __future__ import annotations

import atexit
import builtins
import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from kbkit.run.cell_outputs import CellOutputs, OutputStream

_INLINE: Final = "matplotlib_inline.backend_inline"


class _Publisher(DisplayPublisher):
    """Takes what ``display`` shows."""

    shell: ReportShell

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **_: Any,
    ) -> None:
        display = (transient or {}).get("display_id")
        self.shell.outputs.show(data, metadata, display=display, update=update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait=wait)


class _ResultHook(DisplayHook):
    """Takes the value of a cell's last expression."""

    shell: ReportShell

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None) -> None:
        self.shell.outputs.conclude(format_dict, md_dict, count=self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False

    def flush(self) -> None:
        """Spare the full collection of garbage at the end of a shell that is thrown away."""


class ReportShell(InteractiveShell):
    """IPython as a kernel has it, without the user's profile, history and start-up files."""

    displayhook_class = Type(_ResultHook)
    display_pub_class = Type(_Publisher)
    system = InteractiveShell.system_piped

    def __init__(self, *, outputs: CellOutputs, **options: Any) -> None:
        self.outputs = outputs
        config = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"autoindent": False}})
        super().__init__(config=config, ipython_dir="", **options)  # type: ignore[no-untyped-call]

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Leave the user's profile, and the folder it would be made in, alone."""

    def init_history(self) -> None:
        """Keep no history on the disk."""
        self.history_manager = HistoryManager(shell=self, parent=self, hist_file=":memory:")

    def init_virtualenv(self) -> None:
        """Run in this very Python."""

    def enable_gui(self, gui: Any = None) -> None:
        """Open no windows."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.outputs.fail(name=str(etype.__name__), message=str(evalue), traceback=stb)


@contextlib.contextmanager
def open_shell() -> Iterator[ReportShell]:
    """Yield a new shell, which is the one that ``get_ipython`` and ``display`` find, and take it away again.

    A shell that was there before, because a notebook runs another one, is put aside meanwhile.
    """
    outer = InteractiveShell._instance
    if outer is not None:
        type(outer).clear_instance()
    outputs = CellOutputs()
    asked = builtins.input
    shell = ReportShell.instance(outputs=outputs)
    try:
        connect_figures(shell)
        builtins.input = _refuse_input
        sys.stdin = io.StringIO()
        spoken, warned = OutputStream(outputs, "stdout"), OutputStream(outputs, "stderr")
        with contextlib.redirect_stdout(spoken), contextlib.redirect_stderr(warned):
            yield shell
    finally:
        builtins.input = asked
        shell.restore_sys_module_state()  # type: ignore[no-untyped-call]
        atexit.unregister(shell.atexit_operations)
        shell.atexit_operations()  # type: ignore[no-untyped-call]
        ReportShell.clear_instance()
        if outer is not None:
            for family in type(outer)._walk_mro():
                family._instance = outer


def connect_figures(shell: InteractiveShell) -> None:
    """Make pyplot show its figures here, whenever the notebook loads it.

    Its inline backend connects itself to a shell when it is first loaded. In a process that has loaded it for an
    earlier shell it must be told; else figures would be lost without a word.
    """
    os.environ["MPLBACKEND"] = f"module://{_INLINE}"
    if _INLINE in sys.modules:
        sys.modules["matplotlib_inline.config"].InlineBackend.clear_instance()
        sys.modules[_INLINE].configure_inline_support.current_backend = "unset"
    if "matplotlib.pyplot" in sys.modules:
        shell.enable_matplotlib("inline")  # type: ignore[no-untyped-call]
    elif matplotlib := sys.modules.get("matplotlib"):
        matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]


def _refuse_input(*_: object) -> str:
    raise StdinNotImplementedError("a report asks nobody")
