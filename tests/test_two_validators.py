"""What the descriptor can say, frictionless and pandera find alike, cell by cell; every difference is listed with its reason."""

import re

import pandas as pd
import pandera.errors
import pytest
from frictionless import Schema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.table_schema import LEXICAL_FORM, column_type, table_schema, typed_column
from schemas.tables import TABLES, columns

SCHEMAS = {table: model.to_schema() for table, model in TABLES.items()}
THEIRS = {table: Schema.from_descriptor(table_schema(model)) for table, model in TABLES.items()}
COLUMNS = [(table, column) for table in TABLES for column in columns(table)]

#: Where frictionless is content and we are not: (Table Schema type, cells meant, why). Each only concerns how a value is written,
#: so that the package has one way of writing it and no reader reads it differently.
KNOWN_DIFFERENCES = [
    ("integer", re.compile(r"\s.*|.*\s|\+.*|[-+]?0\d.*|-0", re.DOTALL), "int() forgives blanks, a plus sign and leading zeros"),
    ("integer", re.compile(r".*_.*", re.DOTALL), "int() reads 1_000 as Python source has it"),
    ("integer", re.compile(r"(?=.*[^\x00-\x7f]).*", re.DOTALL), "int() reads the digits of every script"),
    ("integer", re.compile(r"-?\d{19,}"), "a number that fits no 64-bit integer fits a Python one"),
    ("number", re.compile(r"(?=.*[^\x00-\x7f]).*|\s.*|.*\s|\+.*|[-+]?0\d.*|-?\.\d+.*|-?\d+\..*|.*_.*", re.DOTALL), "Decimal() forgives the same, and a bare point"),
    ("number", re.compile(r".*[eE].*|(?i:-?(nan|inf|infinity|snan))\d*"), "Decimal() reads exponents and what is no number"),
    ("number", re.compile(r"-?\d{19,}(\.\d+)?"), "a number that fits no double exactly"),
    ("date", re.compile(r"\d{4}-\d{1,2}-\d{1,2}"), "strptime() forgives missing zeros"),
    ("date", re.compile(r"(?=.*[^\x00-\x7f]).*", re.DOTALL), "strptime() reads the digits of every script"),
]  # fmt: skip


def ours(table: str, column: str, cell: str) -> bool:
    """Whether the column contract accepts the cell."""
    schema = SCHEMAS[table].columns[column]
    series, bad = typed_column([cell], column_type(schema))
    if bad:
        return False
    try:
        schema.validate(pd.DataFrame({column: series}), lazy=True)
    except pandera.errors.SchemaErrors:
        return False
    return True


def theirs(table: str, column: str, cell: str) -> bool:
    """Whether frictionless accepts the cell, by the descriptor alone."""
    _, notes = THEIRS[table].get_field(column).read_cell(cell)
    return not notes


def valid_cells(table: str, column: str) -> st.SearchStrategy[str]:
    """Cells that the column accepts."""
    schema = SCHEMAS[table].columns[column]
    kind = column_type(schema)
    meta = schema.metadata
    if meta["options"]:
        return st.sampled_from(sorted(meta["options"]))
    if meta["pattern"]:
        return st.from_regex(re.compile(meta["pattern"], re.ASCII), fullmatch=True)
    if kind in LEXICAL_FORM and kind != "date":
        return st.from_regex(LEXICAL_FORM[kind][0], fullmatch=True)
    return st.dates().map(str) if kind == "date" else st.text(max_size=20)


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, str, str]:
    """A column and a cell for it: valid, slightly broken, or anything."""
    table, column = draw(st.sampled_from(COLUMNS))
    cell = draw(valid_cells(table, column))
    match draw(st.integers(0, 4)):
        case 0:
            at = draw(st.integers(0, len(cell)))
            cell = (
                cell[:at]
                + draw(st.sampled_from(["", " ", "-", "+", "_", ".", ",", "0", "é", "۵", "\u200b", "\n", "A", "e3"]))
                + cell[at + 1 :]
            )
        case 1:
            cell = draw(
                st.sampled_from(
                    [
                        "",
                        "NA",
                        "nan",
                        "None",
                        "null",
                        "1e3",
                        "2,571",
                        "2.571",
                        "12.5",
                        "True",
                        "yes",
                        "=1",
                        "inf",
                        "2026-02-30",
                        "-1",
                        "200",
                    ]
                )
            )
        case 2:
            cell = draw(st.text(max_size=12))
    return table, column, cell


@settings(max_examples=600)
@given(cells())
@example(("casualty_claims", "value", "007"))
@example(("casualty_claims", "value", "9" * 30))
@example(("casualty_claims", "as_of_date", "2026-1-8"))
@example(("events", "latitude", "nan"))
@example(("evidence", "token_count", "5"))
def test_two_validators_agree_on_a_cell(drawn: tuple[str, str, str]) -> None:
    table, column, cell = drawn
    we, they = ours(table, column, cell), theirs(table, column, cell)
    if we == they:
        return
    kind = column_type(SCHEMAS[table].columns[column])
    assert they and not we, f"{table}.{column}: frictionless refuses {cell!r}, which we accept"
    assert any(kind == known and form.fullmatch(cell) for known, form, _ in KNOWN_DIFFERENCES), (
        f"{table}.{column} ({kind}): only we refuse {cell!r}"
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_required_cell_is_required_by_both(name: str) -> None:
    for column in columns(name):
        assert ours(name, column, "") == theirs(name, column, "") == SCHEMAS[name].columns[column].nullable
