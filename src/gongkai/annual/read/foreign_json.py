"""The JSON that another checker of annual reports keeps its parses in, under names of its own.

Reports reach us in that form, so its names are laid beside the codes of our forms here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..report import Number, Paragraph, Section
from . import encoding, text
from .recognise.heads import head_number, plain
from .recognise.prose import paragraphs
from .source import Line

Cells = dict[str, dict[str, dict[str, Number | None]]]

_COLUMNS = {
    ("naturalPerson",): "natural_person",
    ("legalPerson", "commercial"): "business",
    ("legalPerson", "research"): "research",
    ("legalPerson", "social"): "public_welfare",
    ("legalPerson", "legal"): "legal_service",
    ("legalPerson", "other"): "other_organization",
    ("total",): "total",
}
_ROWS = {
    ("newReceived",): "received",
    ("carriedOver",): "carried_in",
    ("results", "granted"): "granted",
    ("results", "partialGrant"): "granted_in_part",
    ("results", "denied", "stateSecret"): "denied.state_secret",
    ("results", "denied", "lawForbidden"): "denied.prohibited_by_law",
    ("results", "denied", "safetyStability"): "denied.security_and_stability",
    ("results", "denied", "thirdPartyRights"): "denied.third_party_rights",
    ("results", "denied", "internalAffairs"): "denied.internal_affairs",
    ("results", "denied", "processInfo"): "denied.process_information",
    ("results", "denied", "enforcementCase"): "denied.enforcement_file",
    ("results", "denied", "adminQuery"): "denied.administrative_inquiry",
    ("results", "unableToProvide", "noInfo"): "unavailable.not_held",
    ("results", "unableToProvide", "needCreation"): "unavailable.must_be_created",
    ("results", "unableToProvide", "unclear"): "unavailable.unclear_after_correction",
    ("results", "notProcessed", "complaint"): "not_processed.complaint",
    ("results", "notProcessed", "repeat"): "not_processed.repeat",
    ("results", "notProcessed", "publication"): "not_processed.published_material",
    ("results", "notProcessed", "massiveRequests"): "not_processed.abusive",
    ("results", "notProcessed", "confirmInfo"): "not_processed.confirmation",
    ("results", "other", "overdueCorrection"): "other.not_corrected_in_time",
    ("results", "other", "overdueFee"): "other.fee_unpaid",
    ("results", "other", "otherReasons"): "other.other",
    ("results", "totalProcessed"): "total",
    ("results", "carriedForward"): "carried_out",
}
_DISCLOSURE = {
    ("regulations", "made"): ("rules", "made"),
    ("regulations", "repealed"): ("rules", "repealed"),
    ("regulations", "valid"): ("rules", "in_force"),
    ("normativeDocuments", "made"): ("normative_documents", "made"),
    ("normativeDocuments", "repealed"): ("normative_documents", "repealed"),
    ("normativeDocuments", "valid"): ("normative_documents", "in_force"),
    ("licensing", "processed"): ("permits", "decisions"),
    ("punishment", "processed"): ("penalties", "decisions"),
    ("coercion", "processed"): ("coercion", "decisions"),
    ("fees", "amount"): ("fees", "amount_wan"),
}
_DISPUTES = {"review": "review", "litigationDirect": "suit_direct", "litigationPostReview": "suit_after_review"}
_RESULTS = {"maintain": "upheld", "correct": "corrected", "other": "other", "unfinished": "pending", "total": "total"}
_PARTS = ("activeDisclosureData", "tableData", "reviewLitigationData")


def is_parser_output(content: Mapping[str, Any]) -> bool:
    """Whether the JSON is such a parse (wherever in it the sections stand)."""
    return any(part in section for section in _sections(content) for part in _PARTS)


def _sections(content: Any, depth: int = 0) -> list[Mapping[str, Any]]:
    if depth > 8:
        return []
    if isinstance(content, Mapping):
        sections = content.get("sections")
        if isinstance(sections, list) and sections and all(isinstance(section, Mapping) for section in sections):
            return sections
        for value in content.values():
            if found := _sections(value, depth + 1):
                return found
    return []


def cells_of_parser(content: Mapping[str, Any]) -> tuple[Cells, list[str]]:
    """The cells of each table that the parse holds, and the names in it that are unknown here."""
    cells: Cells = {}
    unknown: list[str] = []
    for section in _sections(content):
        for path, value in _leaves(section.get("activeDisclosureData")):
            if path in _DISCLOSURE:
                row, column = _DISCLOSURE[path]
                cells.setdefault("2", {}).setdefault(row, {})[column] = _number(value)
            elif value is not None:
                unknown.append(".".join(path))
        for path, value in _leaves(section.get("tableData")):
            found = next((name for name in _COLUMNS if path[: len(name)] == name), None)
            row_code = _ROWS.get(path[len(found) :]) if found else None
            if found and row_code:
                cells.setdefault("3", {}).setdefault(row_code, {})[_COLUMNS[found]] = _number(value)
            elif value is not None:
                unknown.append(".".join(path))
        for path, value in _leaves(section.get("reviewLitigationData")):
            if len(path) == 2 and path[0] in _DISPUTES and path[1] in _RESULTS:
                cells.setdefault("4", {}).setdefault(_DISPUTES[path[0]], {})[_RESULTS[path[1]]] = _number(value)
            elif value is not None:
                unknown.append(".".join(path))
    return cells, unknown


def _leaves(content: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(content, Mapping):
        if len(path) < 6:
            for key, value in content.items():
                yield from _leaves(value, (*path, str(key)))
    elif content is not None or path:
        yield path, content


def _number(value: Any) -> Number | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return None


def identity_of_parser(content: Mapping[str, Any]) -> tuple[str, int | None, str]:
    """Agency, year and title, from whichever keys give them; names that are all question marks are lost."""
    agency, year, title = "", None, ""
    for key, value in _leaves_named(
        content, ("unit_name", "organization_name", "agency", "year", "report_year", "report_title")
    ):
        if key in ("year", "report_year") and isinstance(value, int):
            year = year or value
        elif key == "report_title" and isinstance(value, str):
            title = title or value
        elif isinstance(value, str) and value.strip("?？ □"):
            agency = agency or encoding.simplify(value)[0]
    return agency, year, title


def _leaves_named(content: Mapping[str, Any], names: tuple[str, ...], depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if key in names:
            yield key, value
        elif isinstance(value, Mapping) and depth < 4:
            yield from _leaves_named(value, names, depth + 1)


def prose_of_parser(content: Mapping[str, Any]) -> tuple[tuple[Section, ...], tuple[Paragraph, ...]]:
    """The text of the parse's sections, under the parts of the report."""
    found: list[Section] = []
    preamble: tuple[Paragraph, ...] = ()
    for position, section in enumerate(_sections(content), 1):
        title = str(section.get("title") or "")
        lines = [item for item in text.items_of(str(section.get("content") or "")) if isinstance(item, Line)]
        number = head_number(title) or (position if "?" in title or "□" in title else 0)
        if number:
            name = plain(title).split("、", 1)[-1]
            found.append(Section(number, name, paragraphs(lines)))
        elif not found:
            preamble = paragraphs(lines)
    return tuple(found), preamble
