"""The views keep scopes and echoes apart, and never show a number that nobody claimed."""

import datetime
import re

import pandas as pd
import pytest

import views
from schemas.inconsistencies import origins
from schemas.table_schema import table_schema
from schemas.tables import TABLES
from scripts._exports.database import VIEWS
from tests.conftest import ROOT, Project

MONITOR = "example-monitor-2026-01-10-toll"
ECHO = "example-gazette-2026-01-11-echo-c01"
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]", "boolean": "boolean"}


@pytest.fixture
def tables(built: Project) -> dict[str, pd.DataFrame]:
    return views.load(built.root)


@pytest.fixture(scope="module")
def real() -> dict[str, pd.DataFrame]:
    if not (ROOT / "datapackage.json").is_file():
        pytest.skip("the package is not built here")
    return views.load()


def change(tables: dict[str, pd.DataFrame], claim: str, **cells: object) -> dict[str, pd.DataFrame]:
    """The tables with some cells of one claim changed."""
    claims = tables["casualty_claims"].copy()
    for column, cell in cells.items():
        claims.loc[claims["claim_id"] == f"{MONITOR}-{claim}", column] = cell
    return {**tables, "casualty_claims": claims}


def relate(tables: dict[str, pd.DataFrame], claim: str, relation: str, other: str) -> dict[str, pd.DataFrame]:
    """The tables with one more relation."""
    row = {
        "claim_id": f"{MONITOR}-{claim}",
        "relation": relation,
        "other_claim_id": f"{MONITOR}-{other}",
        "notes": None,
    }
    more = pd.DataFrame([row]).astype(tables["claim_relations"].dtypes)
    return {**tables, "claim_relations": pd.concat([tables["claim_relations"], more], ignore_index=True)}


def ids(rows: pd.DataFrame) -> list[str]:
    return [claim.removeprefix(f"{MONITOR}-") for claim in rows["claim_id"]]


def test_loaded_columns_have_the_types_of_the_schemas(tables: dict[str, pd.DataFrame]) -> None:
    for name, frame in tables.items():
        wanted = {field["name"]: PANDAS[field["type"]] for field in table_schema(TABLES[name])["fields"]}
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == wanted


def test_a_view_has_the_types_of_the_tables(tables: dict[str, pd.DataFrame]) -> None:
    claims = tables["casualty_claims"].dtypes
    for rows in (views.series("example-monitor", tables), views.origins(tables), views.inconsistent(tables)):
        assert all(rows[column].dtype == claims[column] for column in rows.columns if column in claims)


def test_a_series_has_one_row_for_each_assertion_and_an_echo_is_none(tables: dict[str, pd.DataFrame]) -> None:
    rows = views.series("example-monitor", tables)
    assert ECHO not in set(rows["claim_id"])
    assert sorted(ids(rows)) == ["c01", "c02", "c03", "c04", "c07"]
    assert rows.set_index("claim_id").loc[f"{MONITOR}-c01", "documents"] == 2


def test_a_series_leaves_out_what_is_no_running_total(tables: dict[str, pd.DataFrame]) -> None:
    assert "c05" not in ids(views.series("example-monitor", tables))
    undated = change(tables, "c02", as_of_date=pd.NaT)
    assert "c02" not in ids(views.series("example-monitor", undated))


@pytest.mark.parametrize("modality", ["denied", "question", "conditional"])
def test_a_series_leaves_out_what_its_claimant_does_not_say(tables: dict[str, pd.DataFrame], modality: str) -> None:
    assert "c02" not in ids(views.series("example-monitor", change(tables, "c02", modality=modality)))
    assert f"{MONITOR}-c02" in set(views.origins(change(tables, "c02", modality=modality))["claim_id"])


def test_a_relays_slip_is_not_in_its_claimants_series(tables: dict[str, pd.DataFrame]) -> None:
    slipped = relate(tables, "c03", "mistranscribes", "c02")
    assert "c03" not in ids(views.series("example-monitor", slipped))
    row = views.origins(slipped).set_index("claim_id").loc[f"{MONITOR}-c03"]
    assert row["slip_of"] == f"{MONITOR}-c02"


def test_a_series_runs_by_scope_and_day_with_deaths_under_review_last(tables: dict[str, pd.DataFrame]) -> None:
    later = change(
        tables, "c02", victim_role="all", includes_security_forces="yes", as_of_date=pd.Timestamp(2026, 1, 9)
    )
    later = change(later, "c04", includes_security_forces="yes", as_of_date=pd.Timestamp(2026, 1, 8))
    killed_all = views.series("example-monitor", later).query("casualty_type == 'killed' and victim_role == 'all'")
    assert ids(killed_all) == ["c02", "c01", "c04"]


def test_an_unknown_claimant_is_told_with_what_is_near(tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(KeyError, match="did you mean example-monitor"):
        views.series("exampel-monitor", tables)


def test_origins_are_what_the_schemas_say(tables: dict[str, pd.DataFrame]) -> None:
    wanted = origins(tables["casualty_claims"], tables["claim_relations"], tables["documents"])
    rows = views.origins(tables).set_index("claim_id")
    assert set(rows.index) == set(wanted.values())
    for origin in rows.index:
        members = [claim for claim, of in wanted.items() if of == origin]
        assert rows.loc[origin, "claims"] == len(members)
    assert rows.loc[f"{MONITOR}-c01", "document_ids"].split() == ["example-gazette-2026-01-11-echo", MONITOR]


def test_a_withdrawn_row_is_in_no_view(tables: dict[str, pd.DataFrame]) -> None:
    withdrawn = change(tables, "c06", record_status="withheld")
    assert f"{MONITOR}-c06" not in set(views.origins(withdrawn)["claim_id"])
    assert views.inconsistent(withdrawn).empty


def test_inconsistent_pairs_are_those_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    rows = views.inconsistent(tables)
    assert rows[["claim_id", "other_claim_id", "reason", "assumes"]].equals(tables["inconsistencies"])
    assert rows["claimant_name"].tolist() == ["Example Monitor"] and rows["other_claimant_name"].tolist() == [
        "Example Ministry"
    ]


def test_a_package_without_relations_or_relays_has_views_too(tables: dict[str, pd.DataFrame]) -> None:
    few = {name: tables[name] for name in ("documents", "events", "claimants", "casualty_claims", "vague_terms")}
    assert len(views.origins(few)) == len(few["casualty_claims"])


@pytest.mark.parametrize("name", VIEWS)
def test_no_view_works_out_a_figure(name: str) -> None:
    """Catch an aggregate over figures: only documents and claims may be counted, and identifiers strung together."""
    calls = re.findall(r"\b(\w+)\(", VIEWS[name][1])
    assert set(calls) <= {"count", "string_agg", "min", "IN", "JOIN"}
    assert re.findall(r"\bmin\((\w+)\)", VIEWS[name][1]) in ([], ["other_claim_id"])
    assert not re.search(r"\b(value|low|high)\s*[-+*/]", VIEWS[name][1])


def test_every_figure_in_a_view_is_that_of_its_claim(real: dict[str, pd.DataFrame]) -> None:
    claims = real["casualty_claims"].set_index("claim_id")
    rows = views.origins(real).set_index("claim_id")
    for column in ("value", "low", "high", "figure_text", "as_of_date"):
        assert rows[column].equals(claims.loc[rows.index, column])


def test_every_claim_in_use_has_one_origin(real: dict[str, pd.DataFrame]) -> None:
    in_use = (real["casualty_claims"]["record_status"] == "active").sum()
    assert views.origins(real)["claims"].sum() == in_use


def test_a_series_ends_before_the_day_of_release(real: dict[str, pd.DataFrame]) -> None:
    assert views.series("hrana", real)["as_of_date"].max() < pd.Timestamp(datetime.date(2026, 11, 20))
