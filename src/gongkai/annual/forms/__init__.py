"""The official forms of the annual report, declared once for readers, checks and writers."""

from .model import Block, Cell, Column, Form, Identity, Row, SectionHead, Table
from .official import FORM_2019, FORM_2021, FORM_2021_WITH_23_ROWS, FORMS, form_of_year

__all__ = [
    "FORMS",
    "FORM_2019",
    "FORM_2021",
    "FORM_2021_WITH_23_ROWS",
    "Block",
    "Cell",
    "Column",
    "Form",
    "Identity",
    "Row",
    "SectionHead",
    "Table",
    "form_of_year",
]
