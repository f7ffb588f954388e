"""Identifiers: every key stands once, and every reference leads to a row. The descriptor says the same to frictionless; readers
of the Parquet and DuckDB exports have only these rules."""

from collections.abc import Callable
from typing import Any

import narwhals as nw

from schemas.rules.expressions import known
from schemas.rules.registry import Tables, rule
from schemas.table_schema import primary_key
from schemas.tables import TABLES


def _slug(*names: str) -> str:
    return "-".join(names).replace("_", "-")


def _repeated(table: str, key: list[str]) -> Callable[[Tables], Any]:
    def repeated_keys(tables: Tables) -> Any:
        keys = tables[table].filter(known(*key)).group_by(*key).agg(rows=nw.len())
        return keys.filter(nw.col("rows") > 1)

    return repeated_keys


def _dangling(table: str, column: str, other: str, other_column: str) -> Callable[[Tables], Any]:
    def dangling_references(tables: Tables) -> Any:
        targets = tables[other].select(nw.col(other_column).alias("_target")).filter(known("_target"))
        rows = tables[table].filter(known(column))
        return rows.join(targets, left_on=column, right_on="_target", how="anti")

    return dangling_references


for _table, _model in TABLES.items():
    _key = primary_key(_model)
    rule(
        f"key-{_slug(_table)}",
        f"{' and '.join(_key)} {'identify' if len(_key) > 1 else 'identifies'} one row of {_table}.",
        table=_table,
        columns=_key,
        message="stands on {rows} rows; keep one, or give the other a key of its own",
    )(_repeated(_table, _key))
    for _column, _schema in _model.to_schema().columns.items():
        _target, _, _target_column = ((_schema.metadata or {}).get("references") or "").partition(".")
        if _target_column:
            _other = _target or _table
            rule(
                f"reference-{_slug(_table, _column)}",
                f"{_column} of {_table} is the {_target_column} of a row of {_other}.",
                table=_table,
                columns=[_column],
                message=f"{{{_column}}} is no {_target_column} of {_other}; add the row there or mend the reference",
            )(_dangling(_table, _column, _other, _target_column))
