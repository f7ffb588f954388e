"""Parquet: one file for each table, with the types of the schemas and each column's title and description as metadata."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from scripts._exports.package import Package, Table

_ARROW_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def parquet_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes; the same bytes each time with the same version of pyarrow."""
    about = {key: package.text(key) for key in ("name", "title", "description", "version")} | {
        "license": package.licence_url
    }
    return {f"parquet/{name}.parquet": _parquet_bytes(table, about) for name, table in package.tables.items()}


def _parquet_bytes(table: Table, about: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    said = {"package": json.dumps(about, ensure_ascii=False), "title": table.title, "description": table.description}
    arrow = arrow_table(table.frame, table.fields)
    # pandas' own metadata stays, so that pandas reads a column with missing numbers as Int64, not as float.
    pa.parquet.write_table(
        arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **said}), file, compression="zstd"
    )
    return file.getvalue()


def arrow_table(frame: pd.DataFrame, fields: Sequence[Mapping[str, Any]]) -> pa.Table:
    """A typed frame as an Arrow table whose fields carry title, description and example."""
    schema = pa.schema([_arrow_field(field) for field in fields])
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)


def _arrow_field(field: Mapping[str, Any]) -> pa.Field:
    required = bool(field.get("constraints", {}).get("required"))
    said = {key: str(field[key]) for key in ("title", "description", "example") if key in field}
    if "categories" in field:
        said["categories"] = json.dumps(field["categories"], ensure_ascii=False)
    return pa.field(field["name"], _ARROW_TYPES[field["type"]], nullable=not required, metadata=said)
