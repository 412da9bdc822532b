"""Seconds until the first cell of a real kernel has ended: the provisioner ``kbkit-fork`` beside the stock one.

Interleaved rounds in one run, a kernel each way a round; the ratio is the median of those of the rounds. Two first
cells: an empty one, and one that imports what most notebooks import. The server of ``kbkit-fork`` is started before the
first round, and its own start is told apart.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Final

from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from kbkit.run.provisioner import NAME, ForkProvisioner

STOCK: Final = "local-provisioner"
CELLS: Final = {"empty": "pass", "imports": "import numpy, pandas, matplotlib.pyplot"}
OUT: Final = Path(__file__).resolve().parents[2] / "outputs" / "bench" / "kernels.json"


def first_cell(provisioner: str, code: str) -> float:
    """Return the seconds from asking for a kernel to the end of its first cell."""
    KernelProvisionerFactory.instance().default_provisioner_name = provisioner
    began = time.perf_counter()
    manager, client = start_new_kernel()
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda _message: None)
    took = time.perf_counter() - began
    assert reply["content"]["status"] == "ok"
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return took


def main() -> int:
    """Measure, print a table, and write the numbers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    record: dict[str, object] = {"server_and_first_kernel": first_cell(NAME, "pass"), "rounds": rounds}
    print(f"{'first cell':<10} {'stock s':>8} {'fork s':>8} {'stock / fork':>13}")
    for name, code in CELLS.items():
        pairs = [(first_cell(STOCK, code), first_cell(NAME, code)) for _ in range(rounds)]
        stock, forked = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(each[0] / each[1] for each in pairs)
        record[name] = {"stock": stock, "fork": forked, "ratio": ratio}
        print(f"{name:<10} {stock:>8.2f} {forked:>8.2f} {ratio:>13.1f}")
    for server in ForkProvisioner.servers.values():
        server.close()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
