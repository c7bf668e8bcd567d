"""The report as one self-contained accessible page, and its tables as fragments for other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from importlib import resources

from gongkai.annual.forms import FORMS, Cell, Table
from gongkai.annual.report import Report, TableData

from .geometry import Box, Grid, grid
from .outline import NUMERALS, Body, Figures, Heading, Subheading, figure, outline, printed, title_of

# For a cell, an address that its figure links to, or words to print under it; None for neither.
Link = Callable[[Cell], str | None]
Note = Callable[[Cell], str | None]

# Characters of a figure that need smaller type in the narrow columns.
_LONG_FIGURE = 6


def render(report: Report) -> bytes:
    """The report as an HTML page that needs no other file."""
    title = escape(title_of(report))
    body = "\n".join(_part(report, part) for part in outline(report))
    return f"""<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="gongkai">
<title>{title}</title>
<style>
{style()}</style>
</head>
<body class="gk-page">
<main class="gk-report">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
""".encode(errors="xmlcharrefreplace")


@cache
def style() -> str:
    """The style sheet of the page; its rules begin with ``.gk-``, so that other pages can take it over."""
    widths = {share for form in FORMS.values() for table in form.tables.values() for share in grid(table).widths}
    rules = "".join(f".{_width(share)} {{ width: {share * 100:.4g}%; }}\n" for share in sorted(widths))
    return resources.files(__package__).joinpath("report.css").read_text("utf-8") + rules


def table_html(report: Report, table: Table, link: Link | None = None, note: Note | None = None) -> str:
    """One table of the report as an HTML fragment, without inline styles (:func:`style` has what it needs).

    Each figure stands in ``<td id="cell-3.total.total" data-cell="3.total.total">`` and names its heads. Where
    ``link`` gives an address for a cell, the figure is a link to it; where ``note`` gives words, they stand
    under the figure and the cell is marked. A table that the report does not have is ''.
    """
    data = report.tables.get(table.number)
    if data is None:
        return ""
    shape = grid(table)
    identity = f"gk-t{table.number}"
    caption = escape(f"表{NUMERALS[int(table.number) - 1]} {table.title}")
    columns = "".join(f'<col class="{_width(share)}">' for share in shape.widths)
    return (
        f'<div class="gk-scroll" role="region" tabindex="0" aria-labelledby="{identity}">\n'
        f'<table class="gk-table gk-table-{table.number}">\n<caption id="{identity}">{caption}</caption>\n'
        f"<colgroup>{columns}</colgroup>\n"
        + "".join(_row_groups(report, data, shape, identity, link, note))
        + "</table>\n</div>"
    )


def _part(report: Report, part: Heading | Subheading | Body | Figures) -> str:
    match part:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Subheading(text):
            return f"<h3>{escape(text)}</h3>"
        case Body(text, lead):
            head = f'<span class="gk-lead">{escape(text[:lead])}</span>' if lead else ""
            return f"<p>{head}{escape(text[lead:])}</p>"
        case Figures(table):
            return table_html(report, table)


def _row_groups(
    report: Report, data: TableData, shape: Grid, identity: str, link: Link | None, note: Note | None
) -> Iterator[str]:
    """A ``thead`` for the one head of a table that has one; a ``tbody`` for each part otherwise."""
    rows = [
        "<tr>" + "".join(_box(report, data, shape, box, identity, link, note) for box in boxes) + "</tr>\n"
        for boxes in shape.rows()
    ]
    single = len(shape.parts) == 1
    for part, heads in zip(shape.parts, shape.heads, strict=True):
        split = part.start + heads if single else part.start
        if single:
            yield "<thead>\n" + "".join(rows[part.start : split]) + "</thead>\n"
        yield "<tbody>\n" + "".join(rows[split : part.stop]) + "</tbody>\n"


def _box(
    report: Report, data: TableData, shape: Grid, box: Box, identity: str, link: Link | None, note: Note | None
) -> str:
    spans = (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "") + (
        f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    )
    if box.cell is not None:
        names = " ".join(_identity(identity, name) for name in shape.names_of(box))
        text = escape(printed(*figure(report, data, box.cell)))
        address = link(box.cell) if link else None
        content = text if address is None else f'<a href="{escape(address)}">{text}</a>'
        words = note(box.cell) if note else None
        if words:
            content += f'<span class="gk-note">{escape(words)}</span>'
        classes = " ".join(["gk-long"] * (len(text) > _LONG_FIGURE) + ["gk-noted"] * bool(words))
        kind = f' class="{classes}"' if classes else ""
        code = escape(str(box.cell))
        return f'<td{spans}{kind} id="cell-{code}" data-cell="{code}" headers="{names}">{content}</td>'
    if box.kind == "corner":
        return f'<td{spans} class="gk-corner">{escape(box.text)}</td>'
    scope = {
        "caption": "rowgroup",
        "head": "colgroup" if box.colspan > 1 and box.bottom < shape.heads[0] else "col",
        "group": "rowgroup",
        "label": "row",
    }[box.kind]
    kind = "vertical" if box.vertical else box.kind
    lines = "<wbr>".join(map(escape, shape.lines_of(box)))
    text = f"<span>{lines}</span>" if box.vertical else lines
    return f'<th{spans} id="{_identity(identity, box)}" scope="{scope}" class="gk-{kind}">{text}</th>'


def _width(share: float) -> str:
    """The class of a column that takes this share of its table."""
    return f"gk-w{share * 10000:.0f}"


def _identity(table: str, box: Box) -> str:
    return f"{table}-{box.row}-{box.column}"
