"""The package as the page needs it: typed rows, looked up by key, references checked."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from schemas.inconsistencies import is_own_document, origins
from schemas.table_schema import column_type
from schemas.tables import TABLES, columns
from scripts._package import read_descriptor, read_rows
from scripts._problems import Unreadable

Row = dict[str, Any]

NEEDED = ("documents", "events", "casualty_claims", "claimants")
OPTIONAL = ("relays", "claim_relations", "number_mentions", "inconsistencies", "expected_reports")
REFERENCES = (
    ("casualty_claims", "document_id", "documents"),
    ("casualty_claims", "claimant_id", "claimants"),
    ("casualty_claims", "event_id", "events"),
    ("relays", "claim_id", "casualty_claims"),
    ("relays", "claimant_id", "claimants"),
    ("claim_relations", "claim_id", "casualty_claims"),
    ("claim_relations", "other_claim_id", "casualty_claims"),
    ("inconsistencies", "claim_id", "casualty_claims"),
    ("inconsistencies", "other_claim_id", "casualty_claims"),
    ("expected_reports", "document_id", "documents"),
    ("number_mentions", "document_id", "documents"),
)
KEYS = {"documents": "document_id", "events": "event_id", "casualty_claims": "claim_id", "claimants": "claimant_id"}


@dataclass(frozen=True)
class Package:
    """The tables, rows in the order of their files; claims and documents in use only."""

    descriptor: Row
    documents: dict[str, Row]
    events: dict[str, Row]
    claimants: dict[str, Row]
    claims: dict[str, Row]
    relays: dict[str, list[Row]]
    relations: list[Row]
    mentions: list[Row]
    inconsistencies: list[Row]
    expected_reports: list[Row]

    @cached_property
    def origin(self) -> dict[str, str]:
        """claim_id -> claim_id of the origin of its assertion."""
        return origins(list(self.claims.values()), self.relations, list(self.documents.values()))

    @cached_property
    def assertion(self) -> dict[str, list[str]]:
        """claim_id of an origin -> every claim of its assertion, the origin first, then as documents were published."""
        members: dict[str, list[str]] = defaultdict(list)
        for claim, origin in self.origin.items():
            members[origin].append(claim)
        return {
            origin: sorted(group, key=lambda claim: (claim != origin, *self.published(claim)))
            for origin, group in sorted(members.items())
        }

    def published(self, claim_id: str) -> tuple[datetime.date, str]:
        """What orders claims by when their document came out, one without an exact day last."""
        document = self.documents[self.claims[claim_id]["document_id"]]
        exact = document["published_precision"] == "exact_day" and document["published_date"]
        return exact or datetime.date.max, claim_id

    def first_seen(self, claim_id: str) -> datetime.date | None:
        """The first day on which a document carried the same assertion; None if no day is known exactly."""
        first, _ = min(map(self.published, self.assertion[self.origin[claim_id]]))
        return None if first == datetime.date.max else first

    def is_own_document(self, claim: Row) -> bool:
        """Whether the claimant published the document that carries the claim."""
        return is_own_document(claim["claimant_id"], self.documents[claim["document_id"]])

    @cached_property
    def main_event(self) -> str:
        """The event without a parent that most claims are about: the crackdown as a whole."""
        counts: dict[str, int] = defaultdict(int)
        for claim in self.claims.values():
            event = claim["event_id"]
            if not self.events[event]["parent_event_id"]:
                counts[event] += 1
        return min(counts, key=lambda event: (-counts[event], event), default="")

    def within_main_event(self, event_id: str) -> bool:
        """Whether an event is the main one or a part of it."""
        seen = set()
        at: str | None = event_id
        while at and at not in seen:
            if at == self.main_event:
                return True
            seen.add(at)
            at = (self.events.get(at) or {}).get("parent_event_id")
        return False


def load_package(folder: Path) -> Package:
    """Read a package. Raises Unreadable if a table is missing, a cell is of the wrong type or a reference leads nowhere."""
    descriptor = read_descriptor(folder)
    for key in ("name", "title", "description", "version", "created"):
        if not isinstance(descriptor.get(key), str):
            raise Unreadable(f"{folder / 'datapackage.json'}: {key} is missing; `make build` writes it")
    tables = {name: _typed(name, rows) for name, rows in read_rows(folder, (*NEEDED, *OPTIONAL)).items()}
    for name in NEEDED:
        if not tables[name]:
            raise Unreadable(f"{folder / 'datapackage.json'}: table {name} is missing or empty; `make build` makes it")
    keyed = {table: {row[key]: row for row in tables[table]} for table, key in KEYS.items()}
    for table, column, target in REFERENCES:
        for row in tables[table]:
            if row[column] is not None and row[column] not in keyed[target]:
                raise Unreadable(f"data/{table}.csv: {column} {row[column]!r} is not in {target}; run `make validate`")
    claims = {key: row for key, row in keyed["casualty_claims"].items() if row["record_status"] == "active"}
    relays: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(tables["relays"], key=lambda row: (row["claim_id"], row["hop"])):
        relays[row["claim_id"]].append(row)
    both = ("claim_id", "other_claim_id")
    return Package(
        descriptor=descriptor,
        documents=keyed["documents"],
        events=keyed["events"],
        claimants=keyed["claimants"],
        claims=claims,
        relays=dict(relays),
        relations=[row for row in tables["claim_relations"] if all(row[end] in claims for end in both)],
        mentions=tables["number_mentions"],
        inconsistencies=[row for row in tables["inconsistencies"] if all(row[end] in claims for end in both)],
        expected_reports=tables["expected_reports"],
    )


def _typed(table: str, rows: list[dict[str, str]]) -> list[Row]:
    if rows and (missing := [name for name in columns(table) if name not in rows[0]]):
        raise Unreadable(f"data/{table}.csv: lacks {', '.join(missing)}; run `make validate`")
    schema = TABLES[table].to_schema().columns
    kinds = {name: column_type(schema[name]) for name in columns(table)}
    typed = []
    for number, row in enumerate(rows, start=2):
        cells: Row = {}
        for name, kind in kinds.items():
            try:
                cells[name] = _cell(row[name], kind)
            except ValueError:
                raise Unreadable(f"data/{table}.csv: row {number}: {name}: {row[name][:60]!r} is no {kind}") from None
        typed.append(cells)
    return typed


def _cell(text: str, kind: str) -> Any:
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "date":
        return datetime.date.fromisoformat(text)
    return text


__all__ = ["Package", "Row", "load_package"]
