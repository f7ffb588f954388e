"""Curated records -> the rows of every table. Nothing is typed twice: what can be derived is derived here.

Input are validated records as plain dicts (see `schemas.records`); output are rows of plain values (text, int, float, bool,
datetime.date or None), sorted by key, so that the order of the input makes no difference.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any

import pandas as pd

from schemas.inconsistencies import inconsistencies
from schemas.quantities import VAGUE_TERMS, read_quantity
from schemas.table_schema import column_type, primary_key, typed_column
from schemas.tables import TABLES, columns
from schemas.vocabularies import VOCABULARIES

Row = dict[str, Any]
Rows = dict[str, list[Row]]

#: Time frames of a total, as against what was new on one day or is held at one moment.
TOTALS = ("cumulative", "period")


@dataclass
class Curated:
    """What people edit, read and checked."""

    documents: list[Row] = field(default_factory=list)
    claimants: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    excluded: list[Row] = field(default_factory=list)
    series: list[Row] = field(default_factory=list)


def full_claim_id(document_id: str, claim_id: str) -> str:
    """`c02` within a document -> its claim_id in the package; a whole claim_id stays."""
    return claim_id if "-" in claim_id else f"{document_id}-{claim_id}"


def assemble(curated: Curated) -> Rows:
    """Rows of every table, sorted by primary key; a table without rows has an empty list.

    Raises UnreadableFigure if a figure cannot be read; records are expected to have been checked before.
    """
    rows: Rows = {name: [] for name in TABLES}
    rows["claimants"] = [_pick("claimants", claimant) for claimant in curated.claimants]
    rows["events"] = [_pick("events", event) for event in curated.events]
    rows["excluded_documents"] = [_pick("excluded_documents", page) for page in curated.excluded]
    for document in curated.documents:
        for table, row in _document_rows(document):
            rows[table].append(row)
    rows["expected_reports"] = list(expected_reports(curated.series, rows["casualty_claims"]))
    rows.update(derived_rows(rows))
    return {table: sort_rows(table, table_rows) for table, table_rows in rows.items()}


def derived_rows(rows: Rows) -> Rows:
    """Rows of the tables that follow from the others and from the schemas."""
    frames = {name: frame(name, rows[name]) for name in ("casualty_claims", "claim_relations", "documents", "events")}
    pairs = inconsistencies(frames["casualty_claims"], frames["claim_relations"], frames["documents"])
    return {
        "inconsistencies": [{str(name): value for name, value in pair.items()} for pair in pairs.to_dict("records")],
        "vague_terms": vague_term_rows(),
        "vocabularies": vocabulary_rows(),
    }


def vocabulary_rows() -> list[Row]:
    """Rows of the resource `vocabularies`."""
    return [row for vocabulary in VOCABULARIES.values() for row in vocabulary.rows()]


def vague_term_rows() -> list[Row]:
    """Rows of the resource `vague_terms`."""
    return [{"vague_term": term, **asdict(readings)} for term, readings in VAGUE_TERMS.items()]


def sort_rows(table: str, rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of their primary key."""
    key = primary_key(TABLES[table])
    return sorted(rows, key=lambda row: tuple(row[name] for name in key))


def _pick(table: str, record: Mapping[str, Any]) -> Row:
    return {name: record.get(name) for name in columns(table)}


def _document_rows(document: Row) -> Iterator[tuple[str, Row]]:
    document_id = document["document_id"]
    yield "documents", _pick("documents", document)
    for claim in document["claims"]:
        claim_id = full_claim_id(document_id, claim["id"])
        ids = {"document_id": document_id, "claim_id": claim_id}
        yield "casualty_claims", _claim_row(document, claim, ids)
        for hop, relay in enumerate(claim["relays"], 1):
            yield "relays", {**relay, "claim_id": claim_id, "hop": hop}
        for relation in claim["relations"]:
            other = full_claim_id(document_id, relation["claim_id"])
            yield "claim_relations", {**relation, "claim_id": claim_id, "other_claim_id": other}
        for number, anchor in enumerate(claim["evidence"], 1):
            yield "evidence", {"evidence_id": f"{claim_id}-e{number}", **ids, "event_id": None, **anchor}
    for event in document["events"]:
        for number, anchor in enumerate(event["evidence"], 1):
            evidence_id = f"{document_id}-{event['event_id']}-e{number}"
            ids = {"document_id": document_id, "claim_id": None, "event_id": event["event_id"]}
            yield "evidence", {"evidence_id": evidence_id, **ids, **anchor}
    for mention in document["numbers"]:
        claim_id = mention["claim_id"] and full_claim_id(document_id, mention["claim_id"])
        yield "number_mentions", {**mention, "document_id": document_id, "claim_id": claim_id}


def _claim_row(document: Row, claim: Row, ids: Row) -> Row:
    quantity = read_quantity(claim["figure_text"] or "", document["language"], claim["bound"])
    derived = {name: getattr(quantity, name) for name in ("bound", "value", "low", "high", "vague_term")}
    return _pick("casualty_claims", {**claim, **ids, **derived})


def expected_reports(series: Iterable[Row], claims: Iterable[Row]) -> Iterator[Row]:
    """One row for each series and expected day: collected if a document carries a total of that series as of that day."""
    carried: dict[tuple[str, ...], str] = {}
    for claim in sorted(claims, key=lambda claim: claim["claim_id"], reverse=True):
        if (
            claim["record_status"] == "active"
            and claim["time_frame"] in TOTALS
            and claim["as_of_precision"] == "exact_day"
        ):
            scope = (claim["claimant_id"], claim["event_id"], claim["casualty_type"])
            carried[*scope, cell(claim["as_of_date"])] = claim["document_id"]
    for entry in series:
        for day in entry["dates"] or pd.date_range(entry["first"], entry["last"]).date:
            scopes = product(entry["claimant_ids"], entry["event_ids"], [entry["casualty_type"]], [cell(day)])
            found = (carried.get(scope) for scope in scopes)
            document_id = next(filter(None, found), None)
            silent = next((span for span in entry["silent"] if span["first"] <= day <= span["last"]), None)
            yield {
                "series": entry["series"],
                "expected_date": day,
                "status": "collected" if document_id else "publisher_silent" if silent else "expected_not_found",
                "document_id": document_id,
                "notes": silent["notes"] if silent and not document_id else None,
            }


def cell(value: Any) -> str:
    """A plain value as it stands in a CSV."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime | pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def frame(table: str, rows: Iterable[Row]) -> pd.DataFrame:
    """A typed data frame of rows, with every column of the table, also of none."""
    rows = list(rows)
    schema = TABLES[table].to_schema().columns
    return pd.DataFrame(
        {
            name: typed_column([cell(row.get(name)) for row in rows], column_type(column))[0]
            for name, column in schema.items()
        }
    )
