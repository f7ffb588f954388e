"""The codebook says of every column, option and wording what the schemas say, and is as fresh as the tables."""

import random
import re
from pathlib import Path

import pytest

from schemas.assembly import assemble
from schemas.quantities import BOUNDS, VAGUE_TERMS, read_quantity
from schemas.table_schema import table_schema
from schemas.tables import TABLES
from schemas.vocabularies import VOCABULARIES
from scripts._codebook import CODEBOOK, WARNINGS, codebook
from scripts._curated import load_curated
from tests.conftest import ROOT, Project, write_project

COLUMNS = [(table, field) for table in TABLES for field in table_schema(TABLES[table])["fields"]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict:
    project = write_project(tmp_path_factory.mktemp("codebook") / "project")
    return assemble(load_curated(project.root / "data/curated"))


@pytest.fixture(scope="module")
def text(rows: dict) -> str:
    return codebook(rows).decode()


def section(text: str, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.M | re.S)
    assert found, f"no section {heading}"
    return found.group(1)


@pytest.mark.parametrize(("table", "field"), COLUMNS, ids=[f"{table}.{field['name']}" for table, field in COLUMNS])
def test_every_column_has_its_line(text: str, table: str, field: dict) -> None:
    line = next(line for line in section(text, table).splitlines() if line.startswith(f"| `{field['name']}` |"))
    said = [part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]
    assert said[3] == f"**{field['title']}.** {field['description']}"
    assert (said[2] == "yes") == field.get("constraints", {}).get("required", False)
    assert said[5] == f"`{field['example']}`"
    for option in field.get("constraints", {}).get("enum", []):
        assert f"`{option}`" in said[4]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_has_its_meaning_and_mappings(text: str, name: str) -> None:
    said = section(text, f"Vocabulary {name}")
    for term in VOCABULARIES[name].terms:
        assert f"| `{term.name}` | {term.definition} | {'; '.join(term.mappings)} |" in said


def test_every_vocabulary_is_used_by_a_column(text: str) -> None:
    assert all(re.search(r"Used by `", section(text, f"Vocabulary {name}")) for name in VOCABULARIES)


def test_every_reference_leads_to_a_heading(text: str) -> None:
    headings = [heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.*)$", text, re.M)]
    assert len(set(headings)) == len(headings)
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= set(headings)


def test_every_table_of_markdown_is_even(text: str) -> None:
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1, block[:200]


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_wording_is_read_in_the_codebook_as_in_the_data(text: str, bound: str) -> None:
    line = next(
        line for line in section(text, "What a wording means").splitlines() if line.startswith(f"| `{bound}` |")
    )
    _, _, wording, value, low, high, *_ = (part.strip() for part in line.split("|"))
    quantity = read_quantity(wording, "en", bound)
    assert [value, low, high] == ["" if n is None else str(n) for n in (quantity.value, quantity.low, quantity.high)]
    assert quantity.bound == bound


def test_every_vague_word_is_there(text: str) -> None:
    said = section(text, "Vague words")
    assert all(f"| `{name}` | {term.definition} |" in said for name, term in VAGUE_TERMS.items())


def test_every_warning_is_there(text: str) -> None:
    said = section(text, "Before you use a figure")
    assert all(f"**{head}** {warning}" in said for head, warning in WARNINGS.items())


def test_the_worked_example_is_a_claim_of_the_data(text: str, rows: dict) -> None:
    said = section(text, "How to read a claim")
    shown = dict(re.findall(r"^\| `([a-z_]+)` \| `(.*?)` \|", said, re.M))
    claim = next(row for row in rows["casualty_claims"] if row["claim_id"] == shown["claim_id"])
    assert all(shown[name] == str(claim[name]) for name in shown)


def test_without_claims_there_is_no_example() -> None:
    assert "How to read a claim" not in codebook({}).decode()


def test_the_order_of_the_rows_makes_no_difference(text: str, rows: dict) -> None:
    shuffled = {table: random.Random(3).sample(table_rows, len(table_rows)) for table, table_rows in rows.items()}
    assert codebook(shuffled).decode() == text


def test_build_writes_it(built: Project, text: str) -> None:
    assert (built.root / CODEBOOK).read_text(encoding="utf-8") == text


def test_the_committed_codebook_is_of_these_schemas() -> None:
    path = Path(ROOT / CODEBOOK)
    if not path.is_file():
        pytest.skip("the package is not built here; `make build` writes the codebook")
    committed = path.read_text(encoding="utf-8")
    expected = codebook({}).decode()
    assert section(committed, "Tables") == section(expected, "Tables")
    for table in TABLES:
        assert section(committed, table) == section(expected, table)
