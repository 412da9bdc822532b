"""Words, numbers and dates of a report, in Indonesian and English, from one set of results."""

from kbkit.text.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Catalogue, Language
from kbkit.text.faults import describe_fault
from kbkit.text.numbers import MISSING, Style
from kbkit.text.reasons import describe_reason
from kbkit.text.voice import SUPPRESSED_MARK, Voice

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "MISSING",
    "SUPPRESSED_MARK",
    "Catalogue",
    "Language",
    "Style",
    "Voice",
    "describe_fault",
    "describe_reason",
]
