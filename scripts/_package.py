"""Reading a package in this shape, from anyone: nothing outside its folder is opened, nothing is fetched, memory is bounded."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from scripts._problems import Problem, Unreadable

DESCRIPTOR = "datapackage.json"
MAX_DESCRIPTOR_BYTES = 32 * 2**20
MAX_TABLE_BYTES = 2 * 2**30
MAX_CELL = 1 << 20
MAX_COLUMNS = 1000


def read_descriptor(folder: Path) -> dict[str, Any]:
    """`datapackage.json` of a folder, as a mapping. Raises Unreadable."""
    path = folder / DESCRIPTOR
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder; name the folder that holds {DESCRIPTOR}")
    if not path.is_file():
        raise Unreadable(f"{path}: is missing; `make build` writes it")
    try:
        if path.stat().st_size > MAX_DESCRIPTOR_BYTES:
            raise Unreadable(f"{path}: larger than {MAX_DESCRIPTOR_BYTES // 2**20} MB; no descriptor is")
        package = json.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not UTF-8 (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"{path}:{error.lineno}: not JSON: {error.msg}") from None
    except (RecursionError, ValueError):
        raise Unreadable(f"{path}: nested too deeply, or a number too long, to be a descriptor") from None
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror})") from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise Unreadable(f"{path}: not a Data Package: it must be an object with a list of resources")
    return package


def table_path(folder: Path, resource: dict[str, Any]) -> Path:
    """Where a resource's CSV stands. Raises Unreadable for a path that is not a plain one inside the folder."""
    path = resource.get("path")
    named = f"{folder / DESCRIPTOR}: resource {resource.get('name')!r}"
    if not isinstance(path, str) or not path:
        raise Unreadable(f"{named}: its path must be one file name, such as data/documents.csv")
    if (
        "://" in path
        or "\\" in path
        or "\0" in path
        or PurePosixPath(path).is_absolute()
        or ".." in PurePosixPath(path).parts
    ):
        raise Unreadable(
            f"{named}: path {path[:80]!r} leads out of the package; write a path inside it, such as data/documents.csv"
        )
    root = folder.resolve()
    try:
        whole = (folder / path).resolve()
        outside = not whole.is_relative_to(root)
        present = whole.is_file()
    except (OSError, RuntimeError):
        raise Unreadable(f"{named}: path {path[:80]!r} cannot be followed") from None
    if outside:
        raise Unreadable(f"{named}: path {path!r} is a link that leads out of the package")
    if not present:
        raise Unreadable(f"{named}: there is no file {path!r}")
    return whole


def read_csv(path: Path, table: str) -> tuple[list[str], list[list[str]], list[Problem]]:
    """Header, rows and findings of a CSV: every cell as text, every row as long as the header.

    Raises Unreadable for a file that is not UTF-8 text or is too large to be a table.
    """
    try:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise Unreadable(f"{path}: larger than {MAX_TABLE_BYTES // 2**30} GB")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror})") from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{path}: UTF-16; save it as UTF-8")
    if not content.strip():
        raise Unreadable(f"{path}: empty; a table has at least a header")
    if b"\0" in content:
        raise Unreadable(f"{path}: has a NUL byte (byte {content.index(0)}); it is not a CSV")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from None
    problems = list(_form_problems(path, text, table))
    csv.field_size_limit(MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        header = next(reader, [])
        if len(header) > MAX_COLUMNS:
            raise Unreadable(f"{path}: {len(header):,} columns; no table here has more than {MAX_COLUMNS}")
        rows = list(reader)
    except csv.Error as error:
        raise Unreadable(f"{path}: not a CSV: {error}") from None
    ragged = [i for i, row in enumerate(rows) if len(row) != len(header)]
    for i in ragged[:20]:
        problems.append(
            Problem(
                "csv-row-length",
                table,
                f"row {i + 2}",
                "",
                f"has {len(rows[i])} cells where the header has {len(header)}",
            )
        )
    if len(ragged) > 20:
        problems.append(
            Problem(
                "csv-row-length", table, "", "", f"{len(ragged) - 20} more rows have another length than the header"
            )
        )
    width = len(header)
    return header, [(row + [""] * width)[:width] for row in rows], problems


def _form_problems(path: Path, text: str, table: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(
            "csv-no-bom", table, "", "", f"{path.name} begins with a byte order mark; save it as UTF-8 without one"
        )
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        yield Problem(
            "csv-line-end", table, f"row {line}", "", f"{path.name} has a carriage return; lines end with LF alone"
        )


def read_rows(folder: Path, tables: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Rows of some tables as text, for commands that need no types; a table that the package lacks has none."""
    resources = {r.get("name"): r for r in read_descriptor(folder)["resources"] if isinstance(r, dict)}
    rows: dict[str, list[dict[str, str]]] = {}
    for table in tables:
        rows[table] = []
        if table in resources:
            header, cells, _ = read_csv(table_path(folder, resources[table]), table)
            rows[table] = [dict(zip(header, row, strict=True)) for row in cells]
    return rows


__all__ = ["DESCRIPTOR", "read_csv", "read_descriptor", "read_rows", "table_path"]
