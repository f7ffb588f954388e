"""A column is declared once, and everything else about it follows."""

import pandas as pd
import pandera.pandas as pa
import pytest

from schemas.records import json_schemas
from schemas.table_schema import Integer, SchemaError, Text, field, primary_key, table_schema, typed_column
from schemas.tables import TABLES, columns
from schemas.vocabularies import UNMAPPED, VOCABULARIES

COLUMNS = [(table, column) for table in TABLES for column in columns(table)]
IDS = [f"{table}.{column}" for table, column in COLUMNS]


def declared(table: str, column: str) -> dict:
    return next(f for f in table_schema(TABLES[table])["fields"] if f["name"] == column)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_a_column_has_a_title_a_meaning_and_an_example(table: str, column: str) -> None:
    said = declared(table, column)
    assert said["title"] and said["description"].endswith(".") and said["example"] not in ("", None)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_the_example_of_a_column_is_a_cell_that_it_accepts(table: str, column: str) -> None:
    said = declared(table, column)
    series, bad = typed_column([said["example"]], said["type"])
    assert not bad
    TABLES[table].to_schema().columns[column].validate(pd.DataFrame({column: series}))


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_an_option_of_a_column_is_a_term_with_the_same_definition(table: str, column: str) -> None:
    said = declared(table, column)
    terms = {term.name: term.definition for vocabulary in VOCABULARIES.values() for term in vocabulary.terms}
    if said["type"] == "string" and "enum" in said.get("constraints", {}):
        vocabulary = [v for v in VOCABULARIES.values() if v.names == said["constraints"]["enum"]]
        assert vocabulary and said["categories"] == [
            {"value": t.name, "label": t.definition} for t in vocabulary[0].terms
        ]
        assert set(said["constraints"]["enum"]) <= set(terms)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_has_a_one_line_definition_and_a_mapping(name: str) -> None:
    for term in VOCABULARIES[name].terms:
        assert term.definition and "\n" not in term.definition and term.definition.endswith(".")
        assert all(mapping == UNMAPPED or ": " in mapping for mapping in term.mappings) and term.mappings
    assert len(set(VOCABULARIES[name].names)) == len(VOCABULARIES[name].names)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_key_whose_columns_are_required(table: str) -> None:
    key = primary_key(TABLES[table])
    assert key
    for column in key:
        assert declared(table, column)["constraints"]["required"] is True


@pytest.mark.parametrize("table", TABLES)
def test_every_reference_leads_to_a_key(table: str) -> None:
    for key in table_schema(TABLES[table]).get("foreignKeys", []):
        other = key["reference"]["resource"] or table
        assert primary_key(TABLES[other]) == key["reference"]["fields"]


def test_no_column_claims_to_be_the_truth() -> None:
    assert not {column for _, column in COLUMNS} & {"best", "true", "actual", "best_estimate", "real"}


def test_every_vocabulary_is_used_by_a_column() -> None:
    used = {tuple(declared(t, c).get("constraints", {}).get("enum", ())) for t, c in COLUMNS}
    assert {v.name for v in VOCABULARIES.values() if tuple(v.names) not in used} == set()


@pytest.mark.parametrize(
    ("kind", "cells", "bad"),
    [
        ("integer", ["1", "", "0", "-5"], []),
        ("integer", ["1e3", "2,571", "۲۵۷۱", "12.5", "NA", " 7", "+7", "007", "9" * 30], list(range(9))),
        ("date", ["2026-01-08", ""], []),
        ("date", ["2026-02-30", "2026-1-8", "08.01.2026", "2026-01-08T00:00", "1404-10-18x"], list(range(5))),
        ("boolean", ["true", "false", ""], []),
        ("boolean", ["True", "yes", "1"], [0, 1, 2]),
        ("number", ["35.7", "-51", ""], []),
        ("number", ["35,7", "1e1", "nan", "inf", ".5"], list(range(5))),
    ],
)
def test_a_cell_is_written_in_one_way_only(kind: str, cells: list[str], bad: list[int]) -> None:
    column, found = typed_column(cells, kind)
    assert found == bad and len(column) == len(cells)
    assert all(pd.isna(column.iloc[i]) for i in found)


@pytest.mark.parametrize("cell", ["NA", "None", "null", "n/a", "nan", "no", "NO"])
def test_a_word_that_other_readers_take_for_missing_stays_a_word(cell: str) -> None:
    assert typed_column([cell], "string")[0].tolist() == [cell]


def test_a_model_from_elsewhere_is_exported_too() -> None:
    class Shops(pa.DataFrameModel):
        """Shops."""

        shop_id: Text = field("Shop", "Its number.", example="a", required=True, unique=True, pattern="[a-z]+")
        kind: Text = field("Kind", "What it sells.", example="fruit", options={"fruit": "Fruit.", "bread": "Bread."})
        size: Integer = field("Size", "Square metres.", example="12", minimum=1, maximum=99)
        owner: Text = field("Owner", "Another shop.", example="b", references=".shop_id")

        class Config:
            metadata = {"primary_key": ["shop_id"]}

    assert table_schema(Shops) == {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": "shop_id", "type": "string", "title": "Shop", "description": "Its number.", "example": "a",
             "constraints": {"required": True, "unique": True, "pattern": "[a-z]+"}},
            {"name": "kind", "type": "string", "title": "Kind", "description": "What it sells.", "example": "fruit",
             "constraints": {"enum": ["fruit", "bread"]}, "categories": [{"value": "fruit", "label": "Fruit."}, {"value": "bread", "label": "Bread."}]},
            {"name": "size", "type": "integer", "title": "Size", "description": "Square metres.", "example": "12", "constraints": {"minimum": 1, "maximum": 99}},
            {"name": "owner", "type": "string", "title": "Owner", "description": "Another shop.", "example": "b"},
        ],
        "missingValues": [""],
        "primaryKey": ["shop_id"],
        "foreignKeys": [{"fields": ["owner"], "reference": {"resource": "", "fields": ["shop_id"]}}],
    }  # fmt: skip


def test_a_check_that_table_schema_has_no_words_for_is_refused() -> None:
    class Odd(pa.DataFrameModel):
        """Odd."""

        number: Integer = pa.Field(ne=3)

    with pytest.raises(SchemaError, match="not_equal_to"):
        table_schema(Odd)


def test_the_record_schema_tells_editors_what_the_tables_say() -> None:
    schema = json_schemas()["document"]
    claim = schema["$defs"]["ClaimRecord"]["properties"]
    assert claim["casualty_type"]["enum"] == VOCABULARIES["casualty_type"].names
    assert claim["as_of_date"]["description"] == declared("casualty_claims", "as_of_date")["description"]
    assert not {"value", "low", "high", "claim_id"} & set(claim)
