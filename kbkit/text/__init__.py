"""Words, numbers and dates of a report, in Indonesian and English, from one set of results."""

from kbkit.text.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Catalogue, Language
from kbkit.text.faults import describe_fault
from kbkit.text.numbers import MISSING, Style

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "MISSING", "Catalogue", "Language", "Style", "describe_fault"]
