"""The report as JSON: everything it holds, tables under the codes of the contract, numbers without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai.annual.report import Number, Paragraph, Report, TableData

from .outline import plain

# The version of this layout; readers refuse what they do not know.
VERSION = 1

Value = str | Number | None | Mapping[str, "Value"] | list["Value"]


def render(report: Report) -> bytes:
    """The report as UTF-8 JSON; every key is always there."""
    # A lone surrogate, which UTF-8 cannot carry, becomes the JSON escape of the same character.
    return (encode(as_json(report)) + "\n").encode(errors="backslashreplace")


def as_json(report: Report) -> dict[str, Value]:
    """The report as plain values; money stays `Decimal`, a figure that is not known stays ``None``."""
    return {
        "gongkai": VERSION,
        "agency": report.agency,
        "year": report.year,
        "form": report.form.code,
        "document": report.form.document,
        "title": report.title,
        "preamble": _paragraphs(report.preamble),
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "line": section.line,
                "paragraphs": _paragraphs(section.paragraphs),
            }
            for section in report.sections
        ],
        "tables": {number: _cells(report, number, data) for number, data in sorted(report.tables.items())},
        "missing": dict(sorted(report.missing.items())),
        "doubts": [
            {
                "message": doubt.message,
                "cells": [str(cell) for cell in doubt.cells],
                "quote": doubt.quote,
                "line": doubt.line,
            }
            for doubt in report.doubts
        ],
    }


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[Value]:
    return [{"text": paragraph.text, "line": paragraph.line} for paragraph in paragraphs]


def _cells(report: Report, number: str, data: TableData) -> dict[str, Value]:
    """Every cell of the form, in its order."""
    return {
        row: {column.code: data.cells.get(row, {}).get(column.code) for column in columns}
        for row, columns in report.form.tables[number].columns_of.items()
    }


def encode(value: Value, indent: int = 0) -> str:
    """JSON text. The standard library would turn a `Decimal` into a string or a binary fraction; this does not.

    What holds no container is put on one line, so that a row of a table is a line of the file.
    """
    match value:
        case Decimal():
            return plain(value)
        case Mapping():
            items = [
                f"{json.dumps(key, ensure_ascii=False)}: {encode(item, indent + 1)}" for key, item in value.items()
            ]
            return _container(items, "{}", indent, nested=any(map(_is_container, value.values())))
        case list():
            return _container(
                [encode(item, indent + 1) for item in value], "[]", indent, nested=any(map(_is_container, value))
            )
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_container(value: Value) -> bool:
    return isinstance(value, Mapping | list)


def _container(items: list[str], brackets: str, indent: int, *, nested: bool) -> str:
    if not nested or not items:
        return f"{brackets[0]}{', '.join(items)}{brackets[1]}"
    space = "  " * (indent + 1)
    return f"{brackets[0]}\n{space}" + f",\n{space}".join(items) + f"\n{'  ' * indent}{brackets[1]}"
