"""The report of a regency, composed from its findings; and the methods appendix."""

from kbkit.report.composition import Report, compose_report
from kbkit.report.methods import MethodsAppendix, compose_methods
from kbkit.report.section import Section

__all__ = ["MethodsAppendix", "Report", "Section", "compose_methods", "compose_report"]
