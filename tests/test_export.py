"""Every exported file says what the tables say, with types, and is accepted by a reader that is not ours."""

import csv
import dataclasses
import datetime
import hashlib
import io
import json
import os
import re
import socket
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest

from schemas.inconsistencies import origins, rows_of
from schemas.table_schema import column_type, primary_key, table_schema
from schemas.tables import TABLES, columns
from scripts._exports import workbook
from scripts._exports.croissant import CROISSANT, croissant_files
from scripts._exports.database import DATABASE, SCOPE, VIEWS, database_files, load_order
from scripts._exports.hxl import HASHTAGS, HXL
from scripts._exports.json_ld import dataset_json_ld
from scripts._exports.package import Package, Table, open_package
from scripts._exports.workbook import READ_ME, WORKBOOK, workbook_files
from scripts._problems import Unreadable
from scripts.export import JSON_LD, Format, export_package
from tests.conftest import Project, one_line

DETERMINISTIC = [one for one in Format if one is not Format.DUCKDB]


@pytest.fixture(scope="module")
def package(_built: Project) -> Package:
    return open_package(_built.root)


@pytest.fixture(scope="module")
def files(_built: Project) -> dict[str, bytes]:
    return export_package(_built.root, list(Format))


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def claims_alone(package: Package, **cells: object) -> Package:
    """A package of claims only, the first one changed."""
    return Package(
        package.descriptor, {"casualty_claims": replaced(package, "casualty_claims", **cells).tables["casualty_claims"]}
    )


def replaced(package: Package, table: str, **cells: object) -> Package:
    """The package with the first row of a table changed."""
    frame = package.tables[table].frame.copy()
    for column, cell in cells.items():
        frame.loc[0, column] = cell
    return Package(
        package.descriptor, {**package.tables, table: dataclasses.replace(package.tables[table], frame=frame)}
    )


# Parquet


def test_parquet_gives_pandas_the_same_table(files: dict[str, bytes], package: Package) -> None:
    for name, table in package.tables.items():
        read = pd.read_parquet(io.BytesIO(files[f"parquet/{name}.parquet"]))
        assert rows_of(read) == rows_of(table.frame)
        for column, kind in table.frame.dtypes.items():
            assert read[column].dtype == kind or str(kind).startswith("datetime64")


def test_parquet_has_types_titles_and_descriptions(files: dict[str, bytes], package: Package) -> None:
    arrow = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
    for name, table in package.tables.items():
        schema = pyarrow.parquet.read_schema(io.BytesIO(files[f"parquet/{name}.parquet"]))
        assert schema.metadata[b"description"].decode() == table.description
        for field in table.fields:
            column = schema.field(field["name"])
            assert str(column.type) == arrow[field["type"]]
            assert column.nullable != field.get("constraints", {}).get("required", False)
            assert column.metadata[b"title"].decode() == field["title"]
            assert column.metadata[b"description"].decode() == field["description"]


# DuckDB


@pytest.fixture
def database(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / DATABASE), read_only=True)


def test_duckdb_gives_the_same_tables(database: duckdb.DuckDBPyConnection, package: Package) -> None:
    for name in TABLES:
        key = ", ".join(primary_key(TABLES[name]))
        read = database.sql(f"SELECT * FROM {name} ORDER BY {key}").to_arrow_table().to_pylist()
        assert read == (rows_of(package.tables[name].frame) if name in package.tables else [])


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_has_every_key_that_the_schemas_have(database: duckdb.DuckDBPyConnection, name: str) -> None:
    found = database.execute(
        "SELECT constraint_type, constraint_column_names, referenced_table FROM duckdb_constraints() WHERE table_name = ?",
        [name],
    ).fetchall()
    assert [names for kind, names, _ in found if kind == "PRIMARY KEY"] == [primary_key(TABLES[name])]
    wanted = {
        (key["fields"][0], key["reference"]["resource"] or name)
        for key in table_schema(TABLES[name]).get("foreignKeys", [])
    }
    assert {(names[0], other) for kind, names, other in found if kind == "FOREIGN KEY"} == wanted


def test_duckdb_says_what_each_column_means(database: duckdb.DuckDBPyConnection) -> None:
    said = {
        (table, column): comment
        for table, column, comment in database.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns()"
        ).fetchall()
    }
    for name in TABLES:
        for field in table_schema(TABLES[name])["fields"]:
            comment = said[name, field["name"]]
            assert field["description"] in comment
            assert all(option["label"] in comment for option in field.get("categories", []))


def test_duckdb_says_what_each_view_is_and_how_it_misleads(database: duckdb.DuckDBPyConnection) -> None:
    said = dict(database.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert said == {name: description for name, (description, _) in VIEWS.items()}


def test_a_table_is_loaded_after_those_it_refers_to() -> None:
    order = load_order()
    assert sorted(order) == sorted(TABLES)
    for name in TABLES:
        for key in table_schema(TABLES[name]).get("foreignKeys", []):
            other = key["reference"]["resource"] or name
            assert order.index(other) <= order.index(name)


def test_the_origins_in_the_database_are_those_of_the_schemas(
    database: duckdb.DuckDBPyConnection, package: Package
) -> None:
    frames = [package.tables[name].frame for name in ("casualty_claims", "claim_relations", "documents")]
    assert dict(database.execute("SELECT claim_id, origin_claim_id FROM claim_origins").fetchall()) == origins(*frames)
    assert (
        database.execute("SELECT count(*) FROM claims_with_context WHERE is_origin").fetchone()
        == database.execute("SELECT count(*) FROM origins").fetchone()
    )


def test_a_series_in_the_database_has_one_row_for_each_claim_of_it(database: duckdb.DuckDBPyConnection) -> None:
    assert database.execute("SELECT count(*) - count(DISTINCT claim_id) FROM series").fetchone() == (0,)
    assert set(SCOPE) <= {name for name, *_ in database.execute("DESCRIBE series").fetchall()}


def test_rows_that_refer_to_rows_of_their_own_table_go_in_whatever_their_order(package: Package) -> None:
    frame = package.tables["events"].frame.iloc[::-1].reset_index(drop=True)
    assert frame.loc[0, "parent_event_id"] == "example-crackdown"
    shuffled = Package(
        package.descriptor, {**package.tables, "events": dataclasses.replace(package.tables["events"], frame=frame)}
    )
    assert database_files(shuffled)[DATABASE]


@pytest.mark.parametrize(
    ("table", "cells", "word"),
    [
        ("events", {"parent_event_id": "example-crackdown"}, "circle"),
        ("events", {"parent_event_id": "no-such-event"}, "nowhere"),
        ("casualty_claims", {"claimant_id": "nobody"}, "nobody"),
        ("claimants", {"claimant_id": "example-monitor"}, "example-monitor"),
    ],
)
def test_a_broken_key_is_told_in_one_line(package: Package, table: str, cells: dict, word: str) -> None:
    with pytest.raises(Unreadable, match=word) as told:
        database_files(replaced(package, table, **cells))
    assert "\n" not in str(told.value)


# Excel


def sheets(files: dict[str, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files[WORKBOOK]))


def test_excel_gives_the_same_tables_with_real_dates_and_numbers(files: dict[str, bytes], package: Package) -> None:
    book = sheets(files)
    assert book.sheetnames == [READ_ME, *package.tables]
    for name, table in package.tables.items():
        head, *lines = book[name].iter_rows(values_only=True)
        assert list(head) == columns(name)
        read = [
            {
                column: cell.date() if isinstance(cell, datetime.datetime) else cell
                for column, cell in zip(head, line, strict=True)
            }
            for line in lines
        ]
        assert read == rows_of(table.frame)


def test_excel_keeps_the_header_in_sight_and_columns_readable(files: dict[str, bytes], package: Package) -> None:
    for name in package.tables:
        sheet = sheets(files)[name]
        assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref
        assert all(8 <= sheet.column_dimensions[cell.column_letter].width <= 70 for cell in sheet[1])


def test_the_first_sheet_names_licence_version_and_every_column(files: dict[str, bytes], package: Package) -> None:
    text = "\n".join(str(cell) for line in sheets(files)[READ_ME].iter_rows(values_only=True) for cell in line if cell)
    for said in (package.text("title"), package.text("version"), package.licence_url, "A row is a claim, not a fact."):
        assert said in text
    assert all(field["description"] in text for table in package.tables.values() for field in table.fields)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("https://example.org")',
        "1e3",
        "2,571",
        "2026-01-08",
        "TRUE",
        "007",
        "\tx",
        "=cmd|' /C calc'!A0",
    ],
)
def test_no_text_becomes_a_formula_number_or_date_in_excel(package: Package, cell: str) -> None:
    content = workbook_files(claims_alone(package, notes=cell))
    found = sheets(content)["casualty_claims"].cell(2, columns("casualty_claims").index("notes") + 1)
    assert (found.data_type, found.value, found.number_format) == ("s", cell, "@")
    assert found.quotePrefix == (cell[0] in "=+-@\t")
    with zipfile.ZipFile(io.BytesIO(content[WORKBOOK])) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("۳۱۱۷ نفر", True),
        ("دست کم ۳۱۱۷", True),
        ("“شهیدان", True),
        ("at least دو", False),
        ("קרא", True),
        ("2,571", False),
    ],
)
def test_persian_and_arabic_read_from_the_right_in_excel(package: Package, text: str, right: bool) -> None:
    content = workbook_files(claims_alone(package, figure_text=text))
    found = sheets(content)["casualty_claims"].cell(2, columns("casualty_claims").index("figure_text") + 1)
    assert found.value == text
    assert (found.alignment.readingOrder == 2) == right


def test_a_table_too_large_for_excel_is_refused_by_name(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 5)
    with pytest.raises(Unreadable, match=r"casualty_claims: 9 rows .* parquet"):
        workbook_files(Package(package.descriptor, {"casualty_claims": package.tables["casualty_claims"]}))


@pytest.mark.parametrize(("cell", "word"), [("x" * 40_000, "40,000 characters"), ("a\x0bb", "control character")])
def test_a_cell_that_excel_cannot_hold_is_refused(package: Package, cell: str, word: str) -> None:
    with pytest.raises(Unreadable, match=f"casualty_claims: .*{word}"):
        workbook_files(claims_alone(package, notes=cell))


def test_a_number_that_excel_would_round_becomes_text(package: Package) -> None:
    content = workbook_files(claims_alone(package, value=1_234_567_890_123_456_789))
    assert (
        sheets(content)["casualty_claims"].cell(2, columns("casualty_claims").index("value") + 1).value
        == "1234567890123456789"
    )


# Croissant


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_mlcroissant_accepts_it_and_reads_every_row(folder: Path, package: Package) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(folder / CROISSANT))
    assert not dataset.metadata.ctx.issues.errors
    # Each set once: mlcroissant changes what it has read when it reads it again.
    records = {name: list(dataset.records(name)) for name in package.tables}
    assert {name: len(rows) for name, rows in records.items()} == {
        name: len(t.frame) for name, t in package.tables.items()
    }
    claims = {record["casualty_claims/claim_id"].decode(): record for record in records["casualty_claims"]}
    for row in rows_of(package.tables["casualty_claims"].frame):
        record = claims[row["claim_id"]]
        for column in ("value", "low", "high"):
            assert record[f"casualty_claims/{column}"] == row[column]
        assert (record["casualty_claims/notes"] is None) == (row["notes"] is None)


def test_croissant_describes_the_files_beside_it(files: dict[str, bytes]) -> None:
    data = json.loads(files[CROISSANT])
    assert data["conformsTo"][0] == "http://mlcommons.org/croissant/1.0"
    for entry in data["distribution"]:
        content = files[entry["contentUrl"]]
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["contentSize"] == f"{len(content)} B"


def test_croissant_has_every_column_with_type_and_reference(files: dict[str, bytes], package: Package) -> None:
    data = json.loads(files[CROISSANT])
    types = {
        "string": "sc:Text",
        "integer": "sc:Integer",
        "number": "sc:Float",
        "date": "sc:Date",
        "boolean": "sc:Boolean",
    }
    for record_set in data["recordSet"]:
        table = package.tables[record_set["name"]]
        assert [(field["name"], field["dataType"]) for field in record_set["field"]] == [
            (field["name"], types[field["type"]]) for field in table.fields
        ]
        wanted = {
            key["fields"][0]: f"{key['reference']['resource']}.csv"
            for key in table.schema.get("foreignKeys", [])
            if key["reference"]["resource"] in package.tables
        }
        assert {
            field["name"]: field["references"]["fileObject"]["@id"]
            for field in record_set["field"]
            if "references" in field
        } == wanted


def test_croissant_says_how_the_data_came_about_and_where_they_lean(files: dict[str, bytes]) -> None:
    data = json.loads(files[CROISSANT])
    for name in (
        "dataCollection",
        "dataBiases",
        "dataLimitations",
        "personalSensitiveInformation",
        "dataUseCases",
        "dataAnnotationProtocol",
    ):
        assert data[f"rai:{name}"]
    assert data["rai:dataCollectionTimeFrame"] == ["2026-01-20", "2026-01-20"]


# HXL


def test_hxl_has_a_hashtag_for_every_column_in_the_second_row(files: dict[str, bytes], package: Package) -> None:
    head, tags, *lines = csv.reader(io.StringIO(files[HXL].decode()))
    assert head == columns("casualty_claims") == list(HASHTAGS)
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in tags)
    assert len(set(tags)) == len(tags)
    assert len(lines) == len(package.tables["casualty_claims"].frame)


def test_hxl_tags_numbers_and_days_as_its_readers_check_them() -> None:
    kinds = {name: column_type(column) for name, column in TABLES["casualty_claims"].to_schema().columns.items()}
    assert {name for name, tag in HASHTAGS.items() if tag.startswith("#affected")} == {
        name for name in kinds if kinds[name] == "integer"
    }
    assert {name for name, tag in HASHTAGS.items() if tag.startswith("#date")} == {
        name for name in kinds if kinds[name] == "date"
    }


# JSON-LD


def test_json_ld_is_a_schema_org_dataset(files: dict[str, bytes], package: Package) -> None:
    data = json.loads(files[JSON_LD])
    assert data == dataset_json_ld(package.descriptor)
    assert (data["@context"], data["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(data["description"]) <= 5000  # what Google's dataset search takes
    for name in (
        "name",
        "version",
        "license",
        "creator",
        "keywords",
        "temporalCoverage",
        "spatialCoverage",
        "datePublished",
    ):
        assert data[name]
    assert [variable["name"] for variable in data["variableMeasured"]] == columns("casualty_claims")
    assert {entry["sha256"] for entry in data["distribution"]} == {table.sha256 for table in package.tables.values()}


# The command


@pytest.mark.parametrize("one", DETERMINISTIC)
def test_exporting_twice_gives_the_same_bytes(
    built: Project, files: dict[str, bytes], one: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tehran")
    again = export_package(built.root, [one])
    assert again == {name: files[name] for name in again} and again


def test_the_command_writes_what_it_is_asked_for_and_says_so(built: Project) -> None:
    result = built.run("export", "hxl", "jsonld")
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in (built.root / "exports").iterdir()) == sorted([HXL, JSON_LD])
    assert f"exports/{HXL}" in result.stdout


def test_a_package_that_is_not_built_is_told_in_one_line(project: Project) -> None:
    said = one_line(project.run("export"), 2)
    assert "make build" in said and said.count("\n") == 1


def test_wrong_use_exits_2(built: Project) -> None:
    assert "parquet" in one_line(built.run("export", "stata"), 2)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("data/casualty_claims.csv", ",1204,", ',"1,204",', ["casualty_claims.csv", "value", "'1,204'", "2571"]),
        ("data/casualty_claims.csv", "2026-01-10,", "10.01.2026,", ["as_of_date", "2026-01-08"]),
        ("data/claimants.csv", "claimant_id,name", "claimant,name", ["claimants.csv", "claimant_id"]),
        ("datapackage.json", "data/claimants.csv", "../claimants.csv", ["leads out of the package"]),
    ],
)
def test_a_package_that_cannot_be_read_is_told_in_one_line(
    built: Project, name: str, old: str, new: str, words: list[str]
) -> None:
    edit(built.root / name, old, new)
    with pytest.raises(Unreadable) as told:
        export_package(built.root, [Format.HXL])
    assert all(word in str(told.value) for word in words) and "\n" not in str(told.value)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(built: Project) -> None:
    (built.root / "taken").write_text("", encoding="utf-8")
    said = one_line(built.run("export", "hxl", "--to", "taken"), 2)
    assert "taken" in said and said.count("\n") == 1


def test_a_package_without_claims_has_no_hxl(package: Package) -> None:
    from scripts._exports.hxl import hxl_files

    few = Package(package.descriptor, {"claimants": package.tables["claimants"]})
    with pytest.raises(Unreadable, match="no claims"):
        hxl_files(few)
    assert croissant_files(few) and workbook_files(few) and database_files(few)


def test_a_table_knows_its_columns_from_the_schemas(package: Package) -> None:
    table = package.tables["relays"]
    assert isinstance(table, Table) and [field["name"] for field in table.fields] == columns("relays")
    assert os.linesep not in table.description
