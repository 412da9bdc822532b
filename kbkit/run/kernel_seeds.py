"""The seeds with which every report starts, in a kernel.

What a kernel does before its first cell, as finding names for its sockets, draws from the same random numbers.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

from IPython.core.getipython import get_ipython

from kbkit.run.clean_state import set_defaults, set_seeds

_EVENT: Final = "pre_run_cell"


def seed_first_cell() -> None:
    """Set the defaults of libraries now, and the seeds when the first cell begins. To be called in the kernel."""
    importlib.import_module("numpy")  # it is given a seed only where it is loaded
    set_defaults()
    shell: Any = get_ipython()

    def seed(*_: object) -> None:
        shell.events.unregister(_EVENT, seed)
        set_seeds()

    shell.events.register(_EVENT, seed)
