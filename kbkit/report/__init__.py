"""The report of a regency, composed from its findings; and the methods appendix."""

from kbkit.report.composition import Report, compose_report
from kbkit.report.methods import MethodsAppendix, compose_methods
from kbkit.report.province import ProvinceReport, compose_province
from kbkit.report.section import Section

__all__ = [
    "MethodsAppendix",
    "ProvinceReport",
    "Report",
    "Section",
    "compose_methods",
    "compose_province",
    "compose_report",
]
