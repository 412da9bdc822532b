"""From the exports on an analyst's disk to canonical tables that know where every row came from."""

from kbkit.ingest.exports import Exports, Unread, read_exports, take_exports
from kbkit.ingest.extract import Extract, Layout
from kbkit.ingest.joint_plan import count_plan
from kbkit.ingest.layouts import AREAS, LAYOUT_NAMES, LAYOUTS, REGISTER_NAMES, REGISTERS
from kbkit.ingest.mapping import mapping_path, propose_mapping, read_mapping, write_mapping

__all__ = [
    "AREAS",
    "LAYOUTS",
    "LAYOUT_NAMES",
    "REGISTERS",
    "REGISTER_NAMES",
    "Exports",
    "Extract",
    "Layout",
    "Unread",
    "count_plan",
    "mapping_path",
    "propose_mapping",
    "read_exports",
    "read_mapping",
    "take_exports",
    "write_mapping",
]
