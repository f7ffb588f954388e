"""A DuckDB database: every table with its keys and comments, and the views by which the data are meant to be read.

The views are defined here, in SQL, and nowhere else; `views.py` asks them from Python. None sums, averages or picks a
figure. What an assertion's origin is comes from `schemas.inconsistencies`, as a table that the views join.
"""

import tempfile
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from schemas.assembly import frame
from schemas.inconsistencies import EXACT_SCOPE, OPEN_SCOPE, origins
from schemas.table_schema import primary_key, table_schema
from schemas.tables import TABLES
from scripts._exports.package import Package
from scripts._exports.parquet import arrow_table
from scripts._problems import Unreadable

DATABASE = "iran-protest-casualty-claims.duckdb"

_SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}

#: What two claims must have in common before their figures may be compared; deaths under review stay apart besides.
SCOPE = (*EXACT_SCOPE, *OPEN_SCOPE)

#: View -> what it is and how it misleads, and its query; each may use those before it.
VIEWS: dict[str, tuple[str, str]] = {
    "claims_with_context": (
        "One row per claim in use, with the names of its claimant, document and event, the hops it came by "
        "(relayed_via), the claim "
        "that it repeats in the end (origin_claim_id; is_origin if it is that one itself) and, if it is a relay's "
        "slip, the claim it "
        "garbles (slip_of). Most rows echo another: do not count rows.",
        """
        SELECT c.* EXCLUDE (record_status),
               o.origin_claim_id, c.claim_id = o.origin_claim_id AS is_origin, slips.slip_of, hops.relayed_via,
               m.name AS claimant_name, m.claimant_type,
               d.title AS document_title, d.publisher, d.publisher_type, d.language, d.published_date, d.source_url, d.text_access,
               e.title AS event_title, e.event_type, e.admin1_code, e.place_name
        FROM casualty_claims c
        JOIN claim_origins o ON o.claim_id = c.claim_id
        JOIN claimants m ON m.claimant_id = c.claimant_id
        JOIN documents d ON d.document_id = c.document_id
        JOIN events e ON e.event_id = c.event_id
        LEFT JOIN (SELECT claim_id, string_agg(claimant_id, ' > ' ORDER BY hop) AS relayed_via
                   FROM relays GROUP BY claim_id) hops ON hops.claim_id = c.claim_id
        LEFT JOIN (SELECT claim_id, min(other_claim_id) AS slip_of
                   FROM claim_relations WHERE relation = 'mistranscribes' GROUP BY claim_id) slips ON slips.claim_id = c.claim_id
        ORDER BY c.claim_id
        """,
    ),
    "origins": (
        "One row per assertion: the claim that stands for it, how many claims and documents carry it, and which "
        "documents "
        "(document_ids, separated by blanks; its own among them). Two origins may still rest on the same people "
        "counted.",
        """
        SELECT c.* EXCLUDE (origin_claim_id, is_origin), carried.claims, carried.documents, carried.document_ids
        FROM claims_with_context c
        JOIN (SELECT origin_claim_id, count(*) AS claims, count(DISTINCT document_id) AS documents,
                     string_agg(DISTINCT document_id, ' ' ORDER BY document_id) AS document_ids
              FROM claims_with_context GROUP BY origin_claim_id) carried ON carried.origin_claim_id = c.claim_id
        ORDER BY c.claim_id
        """,
    ),
    "series": (
        "Running totals with an as-of date, one row per assertion, by claimant, scope and day. Each contains the "
        "earlier ones of its "
        "scope: never add them up. Compare within one scope only, and keep under_review apart. Slips of "
        "relays, denials, "
        "conditions and questions are left out.",
        f"""
        SELECT claimant_id, {", ".join(SCOPE)}, claimant_status, as_of_date, as_of_precision, as_of_basis,
               figure_text, bound, value, low, high, vague_term, modality,
               documents, claim_id, document_id, source_url, claimant_name, event_title
        FROM origins
        WHERE time_frame = 'cumulative' AND as_of_date IS NOT NULL AND slip_of IS NULL
              AND modality IN ('asserted', 'reported', 'possible')
        ORDER BY claimant_id, {", ".join(f"{column} NULLS FIRST" for column in SCOPE)},
                 claimant_status = 'under_review', as_of_date, claim_id
        """,
    ),
    "inconsistent": (
        "Pairs of claims that cannot both hold, with who made each. Neither is thereby wrong: which one is, the data "
        "do not say. "
        "Where assumes is not empty, the pair holds only if what a claim leaves open is what the other says.",
        """
        SELECT i.claim_id, i.other_claim_id, i.reason, i.assumes,
               a.event_id, a.casualty_type, a.casualty_detail,
               a.claimant_id, a.claimant_name, a.figure_text, a.as_of_date, a.source_url,
               b.claimant_id AS other_claimant_id, b.claimant_name AS other_claimant_name,
               b.figure_text AS other_figure_text, b.as_of_date AS other_as_of_date, b.source_url AS other_source_url
        FROM inconsistencies i
        JOIN claims_with_context a ON a.claim_id = i.claim_id
        JOIN claims_with_context b ON b.claim_id = i.other_claim_id
        ORDER BY i.claim_id, i.other_claim_id
        """,
    ),
}


def database_files(package: Package) -> dict[str, bytes]:
    """File name -> bytes. DuckDB puts an identifier of its own into each file, so the bytes differ from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        with duckdb.connect() as connection:
            # Each key takes blocks of its own: at the usual 256 KiB a small package would be many megabytes.
            connection.execute(f"ATTACH {_quoted(str(path))} AS out (BLOCK_SIZE 16384, STORAGE_VERSION 'v1.2.0')")
            connection.execute("USE out")
            fill(connection, {name: table.frame for name, table in package.tables.items()})
            connection.execute(
                "CREATE TABLE about AS SELECT ? AS title, ? AS description, ? AS version, ? AS license",
                [package.text("title"), package.text("description"), package.text("version"), package.licence_url],
            )
            connection.execute("USE memory")
            connection.execute("DETACH out")
        return {DATABASE: path.read_bytes()}


def fill(connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Make every table, those without rows too, and the views. Raises Unreadable if a key is broken."""
    tables = {name: frames[name] if name in frames else frame(name, []) for name in TABLES}
    try:
        for name in load_order():
            connection.execute(_create_table(name))
            for statement in _comments(name):
                connection.execute(statement)
            for part in _parents_first(name, tables[name]):
                _insert(connection, name, part)
        _add_origins(connection, tables)
    except duckdb.ConstraintException as error:
        raise Unreadable(f"{str(error).splitlines()[0]}; `python -m scripts.validate` says which row") from None
    for view, (description, query) in VIEWS.items():
        connection.execute(f'CREATE VIEW "{view}" AS {query}')
        connection.execute(f'COMMENT ON VIEW "{view}" IS {_quoted(description)}')


def load_order() -> list[str]:
    """The tables, each after those that it refers to."""
    sorter = TopologicalSorter(
        {name: {other for other in _references(name) if other not in ("", name)} for name in TABLES}
    )
    return list(sorter.static_order())


def _references(table: str) -> dict[str, str]:
    """Referred table ("" for the table itself) -> the column that refers to it; several columns may, the last is kept."""
    return {
        key["reference"]["resource"]: key["fields"][0] for key in table_schema(TABLES[table]).get("foreignKeys", [])
    }


def _create_table(table: str) -> str:
    schema = table_schema(TABLES[table])
    parts = []
    for field in schema["fields"]:
        required = " NOT NULL" if field.get("constraints", {}).get("required") else ""
        parts.append(f'"{field["name"]}" {_SQL_TYPES[field["type"]]}{required}')
    parts.append(f"PRIMARY KEY ({', '.join(map(_name, primary_key(TABLES[table])))})")
    for key in schema.get("foreignKeys", []):
        other, columns = key["reference"]["resource"] or table, key["reference"]["fields"]
        parts.append(f"FOREIGN KEY ({_name(key['fields'][0])}) REFERENCES {_name(other)} ({_name(columns[0])})")
    return f"CREATE TABLE {_name(table)} ({', '.join(parts)})"


def _comments(table: str) -> Iterator[str]:
    yield f"COMMENT ON TABLE {_name(table)} IS {_quoted(' '.join((TABLES[table].__doc__ or '').split()))}"
    for field in table_schema(TABLES[table])["fields"]:
        said = f"{field['title']}. {field['description']}"
        if options := field.get("categories"):
            said += " Options: " + " ".join(f"{option['value']}: {option['label']}" for option in options)
        yield f"COMMENT ON COLUMN {_name(table)}.{_name(field['name'])} IS {_quoted(said)}"


def _parents_first(table: str, rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows in parts such that a row that refers to another of its table comes in a later part: DuckDB looks no further.

    Raises Unreadable if the references run in a circle or lead nowhere.
    """
    column = _references(table).get("")
    if column is None:
        yield rows
        return
    key = primary_key(TABLES[table])[0]
    placed: set[Any] = set()
    left = rows
    while len(left):
        ready = left[column].isna() | left[column].isin(placed)
        if not ready.any():
            first = left.iloc[0]
            raise Unreadable(
                f"{table}: {first[key]}: {column} {first[column]} leads in a circle or nowhere; `python -m scripts.validate` lists all"
            )
        yield left[ready]
        placed |= set(left[ready][key])
        left = left[~ready]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    if len(rows):
        connection.register("incoming", arrow_table(rows, table_schema(TABLES[table])["fields"]))
        connection.execute(f"INSERT INTO {_name(table)} SELECT * FROM incoming")
        connection.unregister("incoming")


def _add_origins(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pd.DataFrame]) -> None:
    connection.execute(
        "CREATE TABLE claim_origins (claim_id VARCHAR PRIMARY KEY REFERENCES casualty_claims (claim_id), "
        "origin_claim_id VARCHAR NOT NULL REFERENCES casualty_claims (claim_id))"
    )
    connection.execute(
        "COMMENT ON TABLE claim_origins IS 'The claim that stands for the assertion which a claim carries: derived "
        "from echoes and restates; claims in use only.'"
    )
    found = sorted(origins(tables["casualty_claims"], tables["claim_relations"], tables["documents"]).items())
    if found:
        connection.register("incoming", pd.DataFrame(found, columns=["claim_id", "origin_claim_id"], dtype="string"))
        connection.execute("INSERT INTO claim_origins SELECT * FROM incoming")
        connection.unregister("incoming")


def _name(identifier: str) -> str:
    return f'"{identifier}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
