"""A fault in words: where, what was found, what is allowed, how to mend it."""

from __future__ import annotations

from typing import Any, Final

from kbkit.errors import Fault
from kbkit.text.catalogue import Catalogue, Language

_YAML: Final = (".yaml", ".yml")


def describe_fault(fault: Fault, *, language: Language) -> str:
    """Return one message: the place, then the sentence of the fault's code.

    Place first, as compilers do, so that a list of faults can be sorted and read: ``file.xlsx, lembar "Worksheet",
    baris 12, kolom "Desa": …``.
    """
    catalogue = Catalogue(language)
    place = ", ".join(
        catalogue.say(f"places.{_kind(name, fault)}", value=value)
        for name in ("file", "sheet", "line", "row", "column")
        if (value := getattr(fault, name)) is not None
    )
    values: dict[str, Any] = {
        name: getattr(fault, name) if getattr(fault, name) is not None else "–"
        for name in ("file", "sheet", "line", "row", "column", "found", "allowed", "nearest")
    }
    sentence = catalogue.say(fault.code, **(values | dict(fault.details)))
    if fault.nearest is not None:
        sentence = f"{sentence} {catalogue.say('places.nearest', nearest=fault.nearest)}"
    return f"{place}: {sentence}" if place else sentence


def _kind(name: str, fault: Fault) -> str:
    """Return what a part of the place is called: what stands in ``column`` may be a key of a YAML file or an option."""
    if name != "column":
        return name
    if (fault.column or "").startswith("--"):
        return "option"
    return "key" if (fault.file or "").endswith(_YAML) else name
