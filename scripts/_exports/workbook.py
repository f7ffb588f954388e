"""An Excel workbook: a sheet to read first, then one sheet for each table, with the types that Excel has.

Text stays text, whatever it begins with; dates are dates; Persian and Arabic read from the right. Excel cannot hold every
table: one that is beyond its limits is refused by name, never cut.
"""

import datetime
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from schemas.inconsistencies import rows_of
from scripts._codebook import WARNINGS
from scripts._exports.package import Package, Table
from scripts._problems import Unreadable

WORKBOOK = "iran-protest-casualty-claims.xlsx"

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL = 32_767
#: Excel keeps fifteen digits of a number and turns the rest into zeros.
MAX_EXACT = 10**15

READ_ME = "read me first"
_WIDEST = 60
_NARROWEST = 10
_EPOCH = (1980, 1, 1, 0, 0, 0)

_HEAD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E7E6E6")
_RIGHT_TO_LEFT = Alignment(horizontal="right", readingOrder=2)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def workbook_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes, the same each time. Raises Unreadable for a table that Excel cannot hold."""
    for table in package.tables.values():
        _refuse_what_excel_cannot_hold(table)
    workbook = Workbook(write_only=True)
    _add_read_me(workbook, package)
    for table in package.tables.values():
        _add_table(workbook, table)
    workbook.properties.title = package.text("title")
    workbook.properties.creator = package.creator
    workbook.properties.created = datetime.datetime.fromisoformat(package.released or "1980-01-01")
    file = io.BytesIO()
    workbook.save(file)
    return {WORKBOOK: _without_times(file.getvalue(), package.released or "1980-01-01")}


def _refuse_what_excel_cannot_hold(table: Table) -> None:
    rows, columns = len(table.frame) + 1, len(table.fields)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable(
            f"{table.name}: {rows:,} rows and {columns:,} columns; an Excel sheet holds {MAX_ROWS:,} and "
            f"{MAX_COLUMNS:,}: "
            "take the parquet or duckdb export"
        )
    for field in table.fields:
        if field["type"] != "string":
            continue
        cells = table.frame[field["name"]].dropna()
        if len(cells) and (longest := int(cells.str.len().max())) > MAX_CELL:
            raise Unreadable(
                f"{table.name}: a cell of {field['name']} has {longest:,} characters; an Excel cell holds {MAX_CELL:,}"
            )
        if len(bad := cells[cells.str.contains(ILLEGAL_CHARACTERS_RE)]):
            raise Unreadable(
                f"{table.name}: {field['name']} has a control character in {bad.iloc[0][:80]!r}, which Excel cannot hold"
            )


def _add_read_me(workbook: Workbook, package: Package) -> None:
    sheet = workbook.create_sheet(READ_ME)
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 28
    sheet.column_dimensions["C"].width = 90
    lines: list[tuple[str, ...]] = [
        (package.text("title"),),
        (package.text("description"),),
        ("Version", package.text("version")),
        ("Released", package.released),
        ("Licence", package.licence_url),
        (
            "How to cite",
            f"{package.creator}: {package.text('title')}, version {package.text('version')}. And the document behind each figure.",
        ),
        (),
        ("Before you use a figure",),
        *((head, "", text) for head, text in WARNINGS.items()),
        (),
        ("Sheet", "Column", "Meaning"),
    ]
    for table in package.tables.values():
        lines.append((table.name, "", table.description))
        lines += [(table.name, field["name"], f"{field['title']}. {field['description']}") for field in table.fields]
    for number, line in enumerate(lines):
        cells = [_text(sheet, text) for text in line]
        for cell in cells:
            cell.alignment = _WRAPPED if len(line) == 3 else Alignment(vertical="top")
        if cells and (number in (0, 7) or line[0] == "Sheet"):
            cells[0].font = _HEAD
        sheet.append(cells)


def _add_table(workbook: Workbook, table: Table) -> None:
    sheet = workbook.create_sheet(table.name)
    rows = rows_of(table.frame)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{len(rows) + 1}"
    for number, width in enumerate(_widths(table, rows), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    head = [_text(sheet, field["name"]) for field in table.fields]
    for cell in head:
        cell.font, cell.fill = _HEAD, _HEAD_FILL
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, row[field["name"]]) for field in table.fields])


def _widths(table: Table, rows: Sequence[dict[str, Any]]) -> Iterator[int]:
    for field in table.fields:
        longest = max((len(str(row[field["name"]])) for row in rows if row[field["name"]] is not None), default=0)
        yield min(max(longest, len(field["name"]) + 3, _NARROWEST) + 1, _WIDEST)


def _cell(sheet: Any, value: Any) -> Any:
    """A plain value as a cell: None stays an empty one."""
    if value is None:
        return None
    if isinstance(value, str) or (isinstance(value, int) and abs(value) >= MAX_EXACT):
        return _text(sheet, str(value))
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _text(sheet: Any, text: str) -> Any:
    """A cell that is text and stays text: neither Excel nor a later edit there makes a formula, number or date of it."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in "=+-@\t\r'" and text != ""
    if _runs_from_the_right(text):
        cell.alignment = _RIGHT_TO_LEFT
    return cell


def _runs_from_the_right(text: str) -> bool:
    """Whether the first letter of the text is of a script such as the Persian one."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in strong if direction in ("L", "R", "AL")), "L") != "L"


def _without_times(content: bytes, released: str) -> bytes:
    """The same workbook without the moment at which it was written."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _dated(part, released)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _dated(core: bytes, released: str) -> bytes:
    """`docProps/core.xml` with the day of the release as the day of its last change."""
    head, found, tail = core.partition(b"<dcterms:modified")
    if not found:
        return core
    opening, _, rest = tail.partition(b">")
    return head + found + opening + b">" + f"{released}T00:00:00Z".encode() + rest[rest.index(b"<") :]
