"""Build the tables and the descriptor from the curated records.

Everything is read, checked and made in memory first; files are written only if nothing is wrong, and only those that change.
"""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import pandera.errors
import typer

from schemas.assembly import Row, assemble, cell, frame
from schemas.descriptor import csv_path, descriptor, profile_faults
from schemas.records import json_schemas
from schemas.table_schema import primary_key
from schemas.tables import TABLES, columns
from scripts._codebook import CODEBOOK, codebook
from scripts._curated import CURATED, load_curated
from scripts._files import finish_interrupted_write, write_files
from scripts._ledger import ledger_faults
from scripts._problems import Findings, main

DESCRIPTOR = "datapackage.json"


def csv_bytes(table: str, rows: list[Row]) -> bytes:
    """A table as UTF-8 CSV without BOM: LF, comma, quotes only where RFC 4180 needs them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(table))
    writer.writerows([cell(row.get(name)) for name in columns(table)] for row in rows)
    return text.getvalue().encode("utf-8")


def json_bytes(data: object) -> bytes:
    """JSON as it is committed: two blanks, other scripts as they are, a line end at the end."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def table_faults(rows: dict[str, list[Row]]) -> list[str]:
    """What the column contracts and keys say against the rows that would be written."""
    messages = []
    for table, table_rows in rows.items():
        key = primary_key(TABLES[table])
        keys = Counter(" ".join(cell(row[name]) for name in key) for row in table_rows)
        messages += [f"{csv_path(table)}: {', '.join(key)}: {k!r} stands {n} times" for k, n in keys.items() if n > 1]
        try:
            TABLES[table].validate(frame(table, table_rows), lazy=True)
        except pandera.errors.SchemaErrors as error:
            for case in error.failure_cases.itertuples():
                messages.append(
                    f"{csv_path(table)}: row {case.index}: {case.column}: {case.failure_case!r} fails {case.check}"
                )
    return messages


def build_package(root: Path) -> dict[str, bytes]:
    """Every generated file (path relative to root -> bytes). Raises Findings or Unreadable if a record is wrong."""
    curated = load_curated(root / CURATED)
    rows = assemble(curated)
    if faults := table_faults(rows) + ledger_faults(curated.documents, root):
        raise Findings(faults)
    contents = {table: csv_bytes(table, table_rows) for table, table_rows in rows.items() if table_rows}
    package = descriptor(contents)
    if broken := [f"{DESCRIPTOR}: {place}: {message}" for place, message in profile_faults(package)]:
        raise Findings(broken)
    files = {csv_path(table): content for table, content in contents.items()}
    files |= {f"schemas/json/{name}.schema.json": json_bytes(schema) for name, schema in json_schemas().items()}
    files[CODEBOOK] = codebook(rows)
    files[DESCRIPTOR] = json_bytes(package)
    return files


def changes(root: Path, files: dict[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Files that differ from what stands there, and tables that should no longer be there."""
    changed = {name: content for name, content in files.items() if _content(root / name) != content}
    stale = tuple(
        csv_path(table) for table in TABLES if csv_path(table) not in files and (root / csv_path(table)).exists()
    )
    return changed, stale


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def build(
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; only say whether the committed files are what a build gives."),
    ] = False,
) -> None:
    """Make data/*.csv and datapackage.json from data/curated."""
    root = Path()
    if not check:
        finish_interrupted_write(root)
    files = build_package(root)
    changed, stale = changes(root, files)
    if check:
        if changed or stale:
            raise Findings(
                f"{name}: not what a build gives; run `make build` and commit the result"
                for name in sorted([*changed, *stale])
            )
        typer.echo(f"{len(files)} files are what a build gives.")
        return
    if changed or stale:
        write_files(root, changed, stale)
    typer.echo(f"{len(files)} files built, {len(changed)} changed.")


if __name__ == "__main__":
    main(build)
