"""The README's recipes load the tables with right types and real missing values, as they stand there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from examples import compare_tolls
from schemas.inconsistencies import rows_of
from schemas.table_schema import table_schema
from schemas.tables import TABLES
from scripts._exports.package import open_package
from scripts.export import Format
from tests.conftest import ROOT, Project

README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPES = {
    name: (kind, code) for name, kind, code in re.findall(r"<!-- recipe: (\S+) -->\n```(\w+)\n(.*?)```", README, re.S)
}
FIELDS = {field["name"]: field["type"] for field in table_schema(TABLES["casualty_claims"])["fields"]}

TYPES = {
    "pandas": {
        "string": {"string"},
        "integer": {"Int64"},
        "date": {"datetime64[s]", "datetime64[us]", "datetime64[ns]"},
    },
    "polars": {"string": {"String"}, "integer": {"Int64"}, "date": {"Date"}},
    "duckdb": {"string": {"VARCHAR"}, "integer": {"BIGINT"}, "date": {"DATE"}},
    "readr": {"string": {"character"}, "integer": {"integer"}, "date": {"Date"}},
}

#: What a recipe is asked afterwards: name -> type and name -> number of missing cells, as JSON on the last line.
ASK_PANDAS = "print(json.dumps([{n: str(t) for n, t in claims.dtypes.items()}, claims.isna().sum().to_dict()]))"
ASK_POLARS = (
    "print(json.dumps([{n: str(t) for n, t in claims.schema.items()}, claims.null_count().row(0, named=True)]))"
)
ASK_R = """
pairs <- function(x) paste0('{', paste0('"', names(x), '": ', x, collapse = ', '), '}')
cat(sprintf('[%s, %s]', pairs(sapply(claims, function(x) dQuote(class(x)[1], FALSE))), pairs(sapply(claims, function(x) sum(is.na(x))))))
"""


@pytest.fixture
def tricky(built: Project) -> Project:
    """A package in which words stand that readers take for missing values."""
    path = built.root / "data/casualty_claims.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, word in ((1, "NA"), (2, "None"), (3, "nan"), (4, "null")):
        lines[number] += word
    path.write_text("\n".join(lines), encoding="utf-8")
    return built


@pytest.fixture
def missing(tricky: Project) -> dict[str, int]:
    """Column -> how many cells the document does not fill."""
    frame = open_package(tricky.root).tables["casualty_claims"].frame
    return {name: int(count) for name, count in frame.isna().sum().items()}


def run(command: list[str], folder: Path) -> str:
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip().split("\n")[-1]


def check(name: str, answer: str, missing: dict[str, int]) -> None:
    types, empty = json.loads(answer)
    assert {column: kind in TYPES[name][FIELDS[column]] for column, kind in types.items()} == dict.fromkeys(
        FIELDS, True
    )
    assert empty == missing


def test_every_recipe_is_there() -> None:
    assert set(RECIPES) == {"pandas", "polars", "duckdb", "readr", "frictionless-r", "excel", "datasette", "views"}


@pytest.mark.parametrize("name", [name for name in RECIPES if name != "views"])
def test_a_recipe_is_short(name: str) -> None:
    assert len(RECIPES[name][1].splitlines()) <= 16


@pytest.mark.parametrize(("name", "ask"), [("pandas", ASK_PANDAS), ("polars", ASK_POLARS)])
def test_a_python_recipe_gives_right_types_and_nulls(
    tricky: Project, missing: dict[str, int], name: str, ask: str
) -> None:
    answer = run([sys.executable, "-c", f"{RECIPES[name][1]}\n{ask}"], tricky.root)
    check(name, answer, missing)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_python_recipe_loads_every_table(built: Project, name: str) -> None:
    tables = sorted(open_package(built.root).tables)
    ask = f"print(json.dumps({{t: len(load(t)) for t in {tables}}}))"
    rows = json.loads(run([sys.executable, "-c", f"{RECIPES[name][1]}\n{ask}"], built.root))
    assert rows == {table: len(open_package(built.root).tables[table].frame) for table in tables}


def test_the_duckdb_recipe_gives_right_types_and_nulls(
    tricky: Project, missing: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tricky.root)
    with duckdb.connect() as connection:
        connection.execute(RECIPES["duckdb"][1])
        claims = connection.sql("SELECT * FROM claims")
        types = {name: str(kind) for name, kind in zip(claims.columns, claims.types, strict=True)}
        counts = connection.execute(
            f"SELECT {', '.join(f'count(*) - count({name})' for name in claims.columns)} FROM claims"
        ).fetchone()
    check("duckdb", json.dumps([types, dict(zip(types, counts or (), strict=True))]), missing)


def test_the_readr_recipe_gives_right_types_and_nulls(tricky: Project, missing: dict[str, int]) -> None:
    if (
        not shutil.which("Rscript")
        or subprocess.run(["Rscript", "-e", "library(readr)"], capture_output=True).returncode
    ):
        if os.environ.get("CI"):
            pytest.fail("R with readr is missing: apt-get install r-base-core r-cran-readr")
        pytest.skip("R with readr is not installed")
    script = tricky.root / "recipe.R"
    script.write_text(RECIPES["readr"][1] + ASK_R, encoding="utf-8")
    check("readr", run(["Rscript", "--vanilla", str(script)], tricky.root), missing)


def test_the_views_recipe_runs(built: Project) -> None:
    code = RECIPES["views"][1].replace("views.load()", "views.load('.')").replace('"hrana"', '"example-monitor"')
    assert run([sys.executable, "-c", f"{code}\nprint(len(hrana), len(repeated))"], built.root) == "5 7"


def test_a_shell_recipe_names_commands_and_formats_that_exist() -> None:
    called = re.findall(r"-m scripts\.(\w+)((?: \w+)*)", RECIPES["excel"][1])
    assert called and all((ROOT / f"scripts/{name}.py").is_file() for name, _ in called)
    assert {word for _, words in called for word in words.split()} <= {one.value for one in Format}
    for name in re.findall(r"scripts\.(\w+)", README):
        assert (ROOT / f"scripts/{name}.py").is_file() or name in {"report", "agreement", "bench", "numbers"}


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert "examples/compare_tolls.svg" in links
    built_later = {"data/README.md"}
    assert [link for link in links if not (ROOT / link).exists() and link not in built_later] == []


# The worked example


@pytest.fixture(scope="module")
def claims() -> tuple[dict, object]:
    if not (ROOT / "datapackage.json").is_file():
        pytest.skip("the package is not built here")
    tables = compare_tolls.views.load()
    return tables, compare_tolls.comparable(tables)


def test_every_mark_of_the_picture_is_a_figure_of_its_claimant(claims: tuple) -> None:
    tables, rows = claims
    names = {row["claimant_id"]: row["name"] for row in rows_of(tables["claimants"])}
    claimed = {
        (names[row["claimant_id"]], str(row["as_of_date"]), number)
        for row in rows_of(tables["casualty_claims"])
        for number in (row["value"], row["low"], row["high"])
        if row["casualty_type"] == "killed" and number is not None
    }
    drawn = compare_tolls.chart(rows).to_dict()["datasets"].values()
    marks = [mark for data in drawn for mark in data]
    assert marks
    for mark in marks:
        for column in ("value", "low", "high"):
            assert column not in mark or (mark["claimant_name"], mark["day"], mark[column]) in claimed


def test_the_picture_is_drawn_from_these_data(claims: tuple) -> None:
    """Catch a picture that is older than the data: `.venv/bin/python examples/compare_tolls.py` draws it anew."""
    assert compare_tolls.PICTURE.read_text(encoding="utf-8") == compare_tolls.svg(claims[1])


def test_the_answer_names_figures_up_to_the_day_only(claims: tuple) -> None:
    said = compare_tolls.said_by(claims[1], compare_tolls.DAY)
    assert said["as_of_date"].max() <= compare_tolls.pd.Timestamp(compare_tolls.DAY)
    assert {"hrana", "iran-government"} <= set(said["claimant_id"])
