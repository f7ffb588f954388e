"""Frictionless Table Schema from pandera models, and typed columns from CSV cells.

Pandera can read a Table Schema but not write one (pandera issue 1826). This module does, for any pandera
`DataFrameModel`; it needs pandera and nothing of this project, and may be lifted out as it is. A column is declared once
with `field(...)`; its name, type, title, description, example, options and every constraint that both sides know are
carried over. The pandas types are the nullable ones, so that an empty cell stays empty.

Table Schema: https://datapackage.org/standard/table-schema/
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa

Text = pd.StringDtype
Integer = pd.Int64Dtype
Number = pd.Float64Dtype
Boolean = pd.BooleanDtype
Date = pa.DateTime

#: How a cell of each Table Schema type is written here: one way only, so that no two readers read it differently.
LEXICAL_FORM: dict[str, tuple[re.Pattern[str], str]] = {
    "integer": (re.compile(r"-?(0|[1-9][0-9]{0,17})"), "digits only, such as 2571"),
    "number": (re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?"), "digits with a decimal point, such as 35.7"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a day that exists, such as 2026-01-08"),
    "boolean": (re.compile(r"true|false"), "true or false"),
}

#: pandera check -> the constraint of the same meaning, and the statistic that holds its value.
_CONSTRAINT_OF_CHECK = {
    "isin": ("enum", "allowed_values"),
    "str_matches": ("pattern", "pattern"),
    "greater_than_or_equal_to": ("minimum", "min_value"),
    "less_than_or_equal_to": ("maximum", "max_value"),
}


class SchemaError(TypeError):
    """A pandera model says something that Table Schema has no words for."""


def field(
    title: str,
    description: str,
    *,
    example: str,
    required: bool = False,
    unique: bool = False,
    pattern: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    options: Mapping[str, str] | None = None,
    allowed: Sequence[int] | None = None,
    references: str | None = None,
) -> Any:
    """Declare a column.

    `example` is a cell as it stands in the CSV. `options` gives a closed list of terms, term -> meaning; `allowed` one of
    numbers. `references` is "table.column" of a foreign key ("" before the dot for the table itself). A pattern must
    match the whole cell.
    """
    return pa.Field(
        nullable=not required,
        unique=unique,
        isin=list(options or allowed or ()) or None,
        str_matches=f"^(?:{pattern})$" if pattern else None,
        ge=minimum,
        le=maximum,
        title=title,
        description=description,
        metadata={"example": example, "options": dict(options or {}), "pattern": pattern, "references": references},
    )


def column_type(column: pa.Column) -> str:
    """The Table Schema type of a pandera column; raises SchemaError for a type that Table Schema lacks."""
    name = str(column.dtype)
    for prefix, kind in (("string", "string"), ("str", "string"), ("Int", "integer"), ("Float", "number"), ("boolean", "boolean"), ("datetime64", "date")):  # fmt: skip
        if name.startswith(prefix):
            return kind
    raise SchemaError(f"column {column.name!r}: no Table Schema type for {name}")


def table_schema(model: type[pa.DataFrameModel]) -> dict[str, Any]:
    """The Table Schema (a JSON-ready dict) of a pandera model.

    `Config.metadata` may hold `primary_key`, a list of column names. Raises SchemaError for a type or check that
    Table Schema cannot express, rather than leave it out.
    """
    schema = model.to_schema()
    result: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field_descriptor(column) for column in schema.columns.values()],
        "missingValues": [""],
    }
    if key := primary_key(model):
        result["primaryKey"] = key
    if keys := [_foreign_key(column) for column in schema.columns.values() if _meta(column).get("references")]:
        result["foreignKeys"] = keys
    return result


def primary_key(model: type[pa.DataFrameModel]) -> list[str]:
    """Names of the columns of the primary key, in order; empty if the model has none."""
    return list((model.Config.metadata or {}).get("primary_key", []))


def _meta(column: pa.Column) -> dict[str, Any]:
    return column.metadata or {}


def _field_descriptor(column: pa.Column) -> dict[str, Any]:
    kind = column_type(column)
    meta = _meta(column)
    descriptor: dict[str, Any] = {
        "name": column.name,
        "type": kind,
        "title": column.title,
        "description": column.description,
    }
    if "example" in meta:
        descriptor["example"] = meta["example"]  # text for every type: the published profile takes no other
    constraints = _constraints(column)
    if constraints:
        descriptor["constraints"] = constraints
    if meta.get("options"):
        descriptor["categories"] = [{"value": term, "label": meaning} for term, meaning in meta["options"].items()]
    return descriptor


def _constraints(column: pa.Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    for check in column.checks:
        if check.name not in _CONSTRAINT_OF_CHECK:
            raise SchemaError(f"column {column.name!r}: no Table Schema constraint for check {check.name!r}")
        name, statistic = _CONSTRAINT_OF_CHECK[check.name]
        value = (check.statistics or {})[statistic]
        # Table Schema anchors a pattern by itself; pandera matches from the start only.
        constraints[name] = _meta(column)["pattern"] if name == "pattern" and _meta(column).get("pattern") else value
    return constraints


def _foreign_key(column: pa.Column) -> dict[str, Any]:
    table, _, other = _meta(column)["references"].partition(".")
    return {"fields": [column.name], "reference": {"resource": table, "fields": [other]}}


def typed_column(cells: Sequence[str], kind: str) -> tuple[pd.Series, list[int]]:
    """CSV cells -> a typed column of the same length, and the positions of cells that are not of that type.

    An empty cell is missing; an unreadable one is missing too, and listed.
    """
    present = [cell if cell != "" else None for cell in cells]
    if kind == "string":
        return pd.Series(present, dtype="string"), []
    form = LEXICAL_FORM[kind][0]
    bad = {i for i, cell in enumerate(present) if cell is not None and not form.fullmatch(cell)}
    readable = [None if i in bad else cell for i, cell in enumerate(present)]
    if kind == "boolean":
        column = pd.Series([None if cell is None else cell == "true" for cell in readable], dtype="boolean")
    elif kind == "integer":
        column = pd.Series([None if cell is None else int(cell) for cell in readable], dtype="Int64")
    elif kind == "number":
        column = pd.Series([None if cell is None else float(cell) for cell in readable], dtype="Float64")
    else:
        column = pd.to_datetime(pd.Series(readable, dtype="string"), format="%Y-%m-%d", errors="coerce").astype(
            "datetime64[s]"
        )
        bad |= {i for i, cell in enumerate(readable) if cell is not None and pd.isna(column.iloc[i])}
    return column, sorted(bad)
