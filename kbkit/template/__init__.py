"""Workbooks to fill in, for what no portal exports: lists of interventions and of funding."""

from kbkit.template.columns import KINDS, TemplateKind
from kbkit.template.places import places_of
from kbkit.template.workbook import Place, write_template

__all__ = ["KINDS", "Place", "TemplateKind", "places_of", "write_template"]
