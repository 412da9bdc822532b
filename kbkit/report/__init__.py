"""The report of a regency, composed from its findings."""

from kbkit.report.composition import Report, Section, compose_report

__all__ = ["Report", "Section", "compose_report"]
