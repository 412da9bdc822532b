"""The villages of a regency, for a workbook that already names them."""

from __future__ import annotations

from kbkit.errors import Fault, InputError
from kbkit.matching import load_register
from kbkit.template.workbook import Place


def places_of(regency: str) -> tuple[Place, ...]:
    """Return the villages of a regency in the order of their codes.

    Args:
        regency: Kemendagri code, ``"33.16"``.

    Raises:
        InputError: the register has no such regency.
    """
    found = load_register().regencies.get(regency)
    if found is None:
        raise InputError([Fault(code="template.no_such_regency", found=regency, allowed="33.16")])
    return tuple(
        Place(code=village.code, regency=found.name, district=district.name, village=village.name)
        for district in found.districts
        for village in district.villages
    )
