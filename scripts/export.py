"""Write the package in other forms: Parquet, DuckDB, Excel, Croissant, HXL and JSON-LD."""

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scripts._exports.croissant import croissant_files
from scripts._exports.database import database_files
from scripts._exports.hxl import hxl_files
from scripts._exports.json_ld import dataset_json_ld
from scripts._exports.package import Package, open_package
from scripts._exports.parquet import parquet_files
from scripts._exports.workbook import workbook_files
from scripts._files import write_files
from scripts._problems import Unreadable, main

JSON_LD = "dataset.jsonld"


def json_ld_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes."""
    return {JSON_LD: (json.dumps(dataset_json_ld(package.descriptor), ensure_ascii=False, indent=2) + "\n").encode()}


class Format(StrEnum):
    """What `export` can write."""

    PARQUET = "parquet"
    DUCKDB = "duckdb"
    EXCEL = "excel"
    CROISSANT = "croissant"
    HXL = "hxl"
    JSONLD = "jsonld"


WRITERS: dict[Format, Callable[[Package], dict[str, bytes]]] = {
    Format.PARQUET: parquet_files,
    Format.DUCKDB: database_files,
    Format.EXCEL: workbook_files,
    Format.CROISSANT: croissant_files,
    Format.HXL: hxl_files,
    Format.JSONLD: json_ld_files,
}


def export_package(folder: Path, formats: Iterable[Format]) -> dict[str, bytes]:
    """Every file of those formats (path -> bytes). Raises Unreadable if the package cannot be read."""
    package = open_package(folder)
    files: dict[str, bytes] = {}
    for one in dict.fromkeys(formats):
        files |= WRITERS[one](package)
    return files


def export(
    formats: Annotated[
        list[Format] | None, typer.Argument(metavar="FORMAT", help="All of them if none is named.")
    ] = None,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the files go.")] = Path("exports"),
    package: Annotated[
        Path, typer.Option("--package", metavar="DIR", help="The folder that holds datapackage.json.")
    ] = Path(),
) -> None:
    """Write the package as parquet, duckdb, excel, croissant, hxl or jsonld.

    The same bytes each time, but for duckdb, which puts an identifier of its own into each file.
    """
    files = export_package(package, formats or list(Format))
    try:
        to.mkdir(parents=True, exist_ok=True)
        write_files(to, files)
    except OSError as error:
        raise Unreadable(f"{to}: cannot be written ({error.strerror or error})") from None
    for name, content in sorted(files.items()):
        typer.echo(f"{to / name}  {len(content):,} bytes")


if __name__ == "__main__":
    main(export)
