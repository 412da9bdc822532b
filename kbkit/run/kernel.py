"""Kernels for reports: in this very Python, apart from the user's own settings, quiet, and the same on every run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

KERNEL_NAME: Final = "python3"

_ENVIRONMENT: Final = {
    # Several threads add numbers in an order that changes from run to run, and workers already fill the processors.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    # The order of a set of texts follows the hash.
    "PYTHONHASHSEED": "0",
}


class _ThisPython(KernelSpecManager):
    """Knows one kernel, whatever the name: this Python.

    A user's own ``python3`` kernel may belong to another installation, which has no kbkit.
    """

    def __init__(self, *, private: Path) -> None:
        super().__init__()
        self._private = private

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = get_kernel_dict()
        # Start-up files and settings of the user's IPython would run inside every report.
        environment = _ENVIRONMENT | {"IPYTHONDIR": str(self._private)}
        return KernelSpec(resource_dir=str(RESOURCES), **spec | {"env": environment})


class ReportKernelManager(AsyncKernelManager):
    """Starts and ends the kernel of one report.

    Where the system has them, sockets in a private folder replace TCP ports: no race for a port, and nobody else on
    the machine can listen.
    """

    def __init__(self, **options: Any) -> None:
        self._private = Path(tempfile.mkdtemp(prefix="kbkit-"))
        if os.name == "posix":
            options |= {"transport": "ipc", "connection_file": str(self._private / "kernel.json")}
        super().__init__(**options)

    @default("kernel_spec_manager")
    def _this_python(self) -> KernelSpecManager:
        return _ThisPython(private=self._private)

    async def _async_start_kernel(self, **options: Any) -> None:
        # A kernel remarks on its debugger, its ports and its own end. What cells print comes another way.
        await super()._async_start_kernel(**options | {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL})

    start_kernel = _async_start_kernel

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._private, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
