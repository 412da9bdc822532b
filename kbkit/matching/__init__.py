"""From the names in a source to codes of the national register, with a record of every decision."""

from kbkit.matching.register import REGISTER_NAME, REGISTER_VINTAGE, Register, load_register
from kbkit.matching.tables import Matched, match_extract

__all__ = ["REGISTER_NAME", "REGISTER_VINTAGE", "Matched", "Register", "load_register", "match_extract"]
