"""Use: what is defined is used or says why it is kept, and one thing has one name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import narwhals as nw

from schemas.rules.expressions import (
    active,
    differs,
    known,
    none_of,
    on_cycles,
    says,
)
from schemas.rules.registry import Tables, rule

RESERVED = r"(?i)\breserved\b"
"""The word in notes that says why something unused is kept."""


def _unused(tables: Tables, table: str, key: str, uses: Iterable[tuple[str, str]]) -> Any:
    used = nw.concat([tables[other].filter(known(column)).select(_used=nw.col(column)) for other, column in uses])
    idle = tables[table].filter(~says("notes", RESERVED))
    return idle.join(used, left_on=key, right_on="_used", how="anti")


@rule(
    "use-every-claimant",
    "Every claimant asserts or passes on something, or its notes say that it is reserved.",
    table="claimants",
    columns=["claimant_id"],
    message="no claim, relay or other claimant refers to {claimant_id}; use it, or say in notes for what it is reserved",
)
def unused_claimants(tables: Tables) -> Any:
    uses = [("casualty_claims", "claimant_id"), ("relays", "claimant_id"), ("claimants", "parent_claimant_id")]
    return _unused(tables, "claimants", "claimant_id", uses)


@rule(
    "use-every-event",
    "Every event is counted or told of, or its notes say that it is reserved.",
    table="events",
    columns=["event_id"],
    message="no claim, evidence or other event refers to {event_id}; use it, or say in notes for what it is reserved",
)
def unused_events(tables: Tables) -> Any:
    active_events = tables["events"].filter(none_of("record_status", "active")).select("event_id")
    uses = [("casualty_claims", "event_id"), ("evidence", "event_id"), ("events", "parent_event_id")]
    return _unused(tables, "events", "event_id", uses).join(active_events, on="event_id", how="anti")


def _same_name(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


@rule(
    "use-one-name-per-claimant",
    "No two claimants have the same name.",
    table="claimants",
    columns=["name"],
    message="another claimant is called {name} too, but for case and punctuation; one claimant has one identifier",
)
def names_used_twice(tables: Tables) -> Any:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in tables.distinct("claimants", "claimant_id", "name"):
        owners[_same_name(row["name"] or "")].add(row["claimant_id"])
    twice = sorted(owner for name, same in owners.items() if name and len(same) > 1 for owner in same)
    return tables["claimants"].filter(nw.col("claimant_id").is_in(twice))


@rule(
    "use-one-wikidata-item-per-claimant",
    "No two claimants are the same Wikidata item.",
    table="claimants",
    columns=["wikidata_id"],
    message="{first} is {wikidata_id} too; one claimant has one identifier",
)
def items_used_twice(tables: Tables) -> Any:
    listed = tables["claimants"].filter(known("wikidata_id"))
    first = listed.group_by("wikidata_id").agg(first=nw.col("claimant_id").min())
    return listed.join(first, on="wikidata_id", how="inner").filter(differs("claimant_id", "first"))


def _on_circle(tables: Tables, table: str, key: str, parent: str) -> Any:
    circle = on_cycles((row[key], row[parent]) for row in tables.distinct(table, key, parent))
    return tables[table].filter(nw.col(key).is_in(sorted(circle)))


@rule(
    "use-claimant-parents-without-cycle",
    "No claimant belongs to itself, directly or through others.",
    table="claimants",
    columns=["parent_claimant_id"],
    message="the chain of parents from {parent_claimant_id} leads back here",
)
def claimants_in_a_circle(tables: Tables) -> Any:
    return _on_circle(tables, "claimants", "claimant_id", "parent_claimant_id")


@rule(
    "use-event-parents-without-cycle",
    "No event is a part of itself, directly or through others.",
    table="events",
    columns=["parent_event_id"],
    message="the chain of parents from {parent_event_id} leads back here",
)
def events_in_a_circle(tables: Tables) -> Any:
    return _on_circle(tables, "events", "event_id", "parent_event_id")


@rule(
    "use-event-once",
    "No two events of one day have the same title.",
    table="events",
    columns=["title"],
    message="{first} has the same title and day; one happening has one identifier",
)
def events_listed_twice(tables: Tables) -> Any:
    listed = tables["events"].filter(active() & known("title", "start_date"))
    first = listed.group_by("title", "start_date").agg(first=nw.col("event_id").min())
    return listed.join(first, on=["title", "start_date"], how="inner").filter(differs("event_id", "first"))


_SAID = (
    "document_id", "claimant_id", "event_id", "casualty_type", "casualty_detail", "victim_role", "victim_age_group", "victim_sex", "bound",
    "value", "low", "high", "modality", "claimant_status", "time_frame", "includes_security_forces",
)  # fmt: skip
NOT_BY_CHANCE = 20
"""A figure from which on the same figure of the same scope twice in one document is the same claim said again."""


@rule(
    "use-claim-said-again-restates",
    "A claim that says again what its document says already restates it.",
    table="casualty_claims",
    columns=["claim_id"],
    message="{first} says the same in the same document; add a relation restates",
)
def unlinked_repetition(tables: Tables) -> Any:
    figure = nw.max_horizontal(*(nw.col(name) for name in ("value", "low", "high")))
    large = (
        tables["casualty_claims"]
        .filter(active() & known("document_id"))
        .with_columns(figure=figure)
        .filter(nw.col("figure") >= NOT_BY_CHANCE)
    )
    said = nw.concat_str([nw.col(name).cast(nw.String).fill_null("") for name in _SAID], separator="|").alias("said")
    claims = large.with_columns(said).select("claim_id", "said", "as_of_date")
    first = claims.group_by("said").agg(first=nw.col("claim_id").min())
    linked = tables["claim_relations"].select("claim_id")
    again = claims.join(first, on="said", how="inner").filter(differs("claim_id", "first"))
    originals = claims.select(first=nw.col("claim_id"), first_as_of=nw.col("as_of_date"))
    again = again.join(originals, on="first", how="inner").filter(~differs("as_of_date", "first_as_of"))
    return again.join(linked, on="claim_id", how="anti")


def unused_terms(tables: Any) -> list[tuple[str, str]]:
    """Terms of the vocabularies that no cell of the package uses, as (vocabulary, term); for information, not a fault."""
    from schemas.tables import TABLES
    from schemas.vocabularies import VOCABULARIES

    given = tables if isinstance(tables, Tables) else Tables(tables)
    used: dict[frozenset[str], set[str]] = defaultdict(set)
    for table, model in TABLES.items():
        for name, column in model.to_schema().columns.items():
            if options := (column.metadata or {}).get("options"):
                used[frozenset(options)] |= {row[name] for row in given.distinct(table, name) if row[name]}
    return [(v.name, term) for v in VOCABULARIES.values() for term in v.names if term not in used[frozenset(v.names)]]
