"""The report of a regency, composed from its findings; and the methods appendix."""

from kbkit.report.composition import Report, compose_report
from kbkit.report.methods import MethodsAppendix, compose_methods
from kbkit.report.province import ProvinceReport, compose_province
from kbkit.report.section import Section
from kbkit.report.simulation import SimulationReport, compose_simulation

__all__ = [
    "MethodsAppendix",
    "ProvinceReport",
    "Report",
    "Section",
    "SimulationReport",
    "compose_methods",
    "compose_province",
    "compose_report",
    "compose_simulation",
]
