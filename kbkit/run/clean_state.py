"""The state in which every report starts, whatever ran in this process before it."""

from __future__ import annotations

import contextlib
import decimal
import locale
import logging
import os
import random
import sys
import warnings
from collections.abc import Iterator
from typing import TextIO

_SEED = 0
"""A report that draws random numbers without a seed of its own draws the same ones on every run."""


@contextlib.contextmanager
def clean_state() -> Iterator[None]:
    """Start from fixed seeds and default settings, and leave environment, folder and settings as they were found.

    What cannot be set back is a module that a notebook has changed; a process that is forked for one report, or is new,
    has none.
    """
    environment, folder = dict(os.environ), os.getcwd()  # noqa: PTH109 - the text that chdir takes back
    path, arguments = list(sys.path), list(sys.argv)
    root, hook, place = logging.getLogger(), sys.excepthook, locale.setlocale(locale.LC_ALL)
    handlers, level, disabled = list(root.handlers), root.level, root.manager.disable
    set_defaults()
    try:
        with warnings.catch_warnings(), decimal.localcontext(decimal.Context()):
            # Entering forgets which warnings were given before, so that each is given again.
            warnings.showwarning = _show_warning
            yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:], sys.argv[:] = path, arguments
        sys.excepthook = hook
        locale.setlocale(locale.LC_ALL, place)
        root.handlers[:], root.manager.disable = handlers, disabled
        root.setLevel(level)


def set_seeds() -> None:
    """Set the seeds of random numbers that every report starts with."""
    random.seed(_SEED)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(_SEED)


def set_defaults() -> None:
    """Set seeds and the defaults of libraries, where they are loaded: one that is not yet has its defaults."""
    set_seeds()
    if numpy := sys.modules.get("numpy"):
        numpy.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
    with warnings.catch_warnings():
        # Options that a library has given up warn when they are set back.
        warnings.simplefilter("ignore")
        if pandas := sys.modules.get("pandas"):
            pandas.reset_option("all")
        if matplotlib := sys.modules.get("matplotlib"):
            matplotlib.rcdefaults()
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Write a warning where Python itself would."""
    (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))
