"""The smallest edits of a valid package that break each rule and each column constraint.

Every rule must report its own mutants, and no other rule may, unless the mutant names it in `also` with the reason that the
two cannot be told apart there. Mutants of keys, references and column constraints are made from the table schemas; what the
rules look for is written out here.
"""

import copy
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schemas.table_schema import primary_key, table_schema
from schemas.tables import TABLES
from tests.strategies import (
    BLOG,
    CITED,
    COPY,
    FULL,
    INCONSISTENT,
    LIST,
    REUTERS,
    STATE,
    Cells,
    Package,
    claim,
    document,
    evidence,
    example_package,
    frame,
    relation,
    sha256,
    with_derived,
)  # fmt: skip

Edit = Callable[[Package], None]


@dataclass(frozen=True)
class Mutant:
    """A broken package: the rule that must report it, the edits that break it, and other rules that may report it too."""

    rule: str
    edits: tuple[Edit, ...]
    also: frozenset[str] = frozenset()
    why: str = ""
    derive: bool = True

    def package(self) -> Package:
        """The example package with the edits, its derived tables made anew unless the mutant is about them."""
        package = copy.deepcopy(EXAMPLE)
        for edit in self.edits:
            edit(package)
        touched = any(package[table] != EXAMPLE[table] for table in INCONSISTENT)
        return with_derived(package) if self.derive and touched else package


EXAMPLE = example_package()
MUTANTS: list[Mutant] = []


def mutant(rule: str, *edits: Edit, also: dict[str, str] | None = None, derive: bool = True) -> None:
    """Register a mutant of a rule. `also` maps other rules that report it to the reason why they must."""
    also = also or {}
    MUTANTS.append(Mutant(rule, edits, frozenset(also), "; ".join(also.values()), derive))


# Edits. A row is named by its key, as findings name it.


def row_at(package: Package, table: str, key: str) -> Cells:
    """The row with that key."""
    names = primary_key(TABLES[table])
    return next(row for row in package[table] if ", ".join(row[name] for name in names) == key)


def set_cell(table: str, key: str, **cells: str) -> Edit:
    """Put other texts into cells of one row."""

    def edit(package: Package) -> None:
        row_at(package, table, key).update(cells)

    return edit


def add_row(table: str, row: Cells) -> Edit:
    """Add a row."""
    return lambda package: package[table].append(dict(row))


def drop_row(table: str, key: str) -> Edit:
    """Take a row away."""
    return lambda package: package[table].remove(row_at(package, table, key))


def on_claim(key: str, **cells: str) -> Edit:
    """Edit a claim."""
    return set_cell("casualty_claims", key, **cells)


def on_document(key: str, **cells: str) -> Edit:
    """Edit a document."""
    return set_cell("documents", key, **cells)


def on_event(key: str, **cells: str) -> Edit:
    """Edit an event."""
    return set_cell("events", key, **cells)


def add_relation(claim_id: str, name: str, other: str) -> Edit:
    """Relate two claims."""
    return add_row("claim_relations", relation(claim_id, name, other))


def add_claim(claim_id: str, *figure: Any, **cells: str) -> Edit:
    """Add a claim with its evidence."""

    def edit(package: Package) -> None:
        package["casualty_claims"].append(claim(claim_id, *figure, **cells))
        package["evidence"].append(evidence(f"{claim_id}-e1"))

    return edit


def notes(text: str) -> Edit:
    """Put a text into the notes of an event whose notes no other rule reads."""
    return on_event("rasht-strike-2026-01-06", notes=text)


KEPT = "The identifier was kept when the date was corrected."
C = {name: f"{FULL}-{name}" for name in (f"c{n:02}" for n in range(1, 15))}
R1, R2, R3, R4 = (f"{REUTERS}-c0{n}" for n in range(1, 5))
S1, S2, S3, S4 = (f"{STATE}-c0{n}" for n in range(1, 5))
B1, B2, B3 = (f"{BLOG}-c0{n}" for n in range(1, 4))
L1, L2, L3 = (f"{LIST}-c0{n}" for n in range(1, 4))
O1 = f"{COPY}-c01"
ECHO = f"{O1}, echoes, {R1}"

# Keys and references, from the table schemas.

_ROW_TWICE = {"number_mentions": "ledger-without-overlap"}
_ALSO_OF_REFERENCE: dict[tuple[str, str], dict[str, str]] = {}


def _slug(*names: str) -> str:
    return "-".join(names).replace("_", "-")


def _twice(table: str) -> Edit:
    return lambda package: package[table].append(dict(package[table][0]))


for _table in TABLES:
    _also = {_ROW_TWICE[_table]: "a number listed twice overlaps itself"} if _table in _ROW_TWICE else {}
    mutant(f"key-{_slug(_table)}", _twice(_table), also=_also, derive=False)

mutant("reference-documents-derived-from-document-id", on_document(COPY, derived_from_document_id="nowhere"))
mutant("reference-events-parent-event-id", on_event("rasht-strike-2026-01-06", parent_event_id="nowhere"))
mutant("reference-casualty-claims-document-id", drop_row("documents", COPY), also={
    "reference-evidence-document-id": "evidence refers to the document as well",
    "reference-excluded-documents-document-id": "so does the page that duplicates it"})  # fmt: skip
mutant(
    "reference-casualty-claims-claimant-id",
    on_claim(B3, claimant_id="nobody"),
    also={"use-every-claimant": "it was this claimant's only claim"},
)
mutant(
    "reference-casualty-claims-event-id",
    on_claim(B3, event_id="nowhere"),
    also={"use-every-event": "it was this event's only claim"},
)
mutant(
    "reference-casualty-claims-vague-term",
    on_claim(C["c08"], vague_term="gazillions"),
    also={"figure-reads-as-coded": "the words say dozens"},
)
mutant("reference-claimants-parent-claimant-id", set_cell("claimants", "bbc-persian", parent_claimant_id="nobody"))
mutant(
    "reference-relays-claim-id",
    add_row("relays", {"claim_id": f"{CITED}-c01", "hop": "1", "claimant_id": "afp", "role": "cited_by"}),
)
mutant("reference-relays-claimant-id", set_cell("relays", f"{S1}, 1", claimant_id="nobody"))
mutant("reference-relays-document-id", set_cell("relays", f"{S1}, 1", document_id="nowhere"))
mutant("reference-claim-relations-claim-id", add_relation(f"{CITED}-c01", "disputes", S1))
mutant("reference-claim-relations-other-claim-id", add_relation(B1, "disputes", f"{CITED}-c01"))
mutant("reference-evidence-document-id", drop_row("documents", CITED), add_row("evidence", evidence(
    f"{CITED}-raid-e1", document_id=CITED, event_id="hospital-raid-2026-01-04")), also={
    "reference-relays-document-id": "a relay refers to the document as well"})  # fmt: skip
mutant("reference-evidence-claim-id", add_row("evidence", evidence(f"{REUTERS}-c09-e1")))
mutant("reference-evidence-event-id", set_cell("evidence", f"{FULL}-hospital-raid-2026-01-04-e1", event_id="nowhere"),
       also={"use-every-event": "it was the only evidence for this event"})  # fmt: skip
mutant("reference-number-mentions-document-id", add_row("number_mentions", {
    "document_id": "nowhere", "start": "1", "end": "3", "text": "26", "category": "date"}))  # fmt: skip
mutant("reference-number-mentions-claim-id", set_cell("number_mentions", f"{FULL}, 1520", claim_id=f"{FULL}-c99"))
_NO_PAIR = {"derived-inconsistencies": "no pair is made of claims that are not there"}
mutant("reference-inconsistencies-claim-id", add_row("inconsistencies", {
    "claim_id": f"{CITED}-c01", "other_claim_id": S1, "reason": "at least 9 by 2026-01-01, but at most 8 by 2026-01-01"}), also=_NO_PAIR, derive=False)  # fmt: skip
mutant("reference-inconsistencies-other-claim-id", add_row("inconsistencies", {
    "claim_id": S1, "other_claim_id": f"{CITED}-c01", "reason": "at least 9 by 2026-01-01, but at most 8 by 2026-01-01"}), also=_NO_PAIR, derive=False)  # fmt: skip
mutant(
    "reference-excluded-documents-document-id",
    set_cell("excluded_documents", "https://example.org/toll-again", document_id="nowhere"),
)
mutant("reference-expected-reports-document-id", set_cell("expected_reports", "hrana-daily, 2026-01-26", document_id="nowhere"),
       also={"time-collected-report-is-of-its-day": "a document that is not there has no claim of that day"})  # fmt: skip

# Provenance.

mutant("claim-has-evidence", drop_row("evidence", f"{B2}-e1"))
mutant("evidence-of-one-thing", set_cell("evidence", f"{B2}-e1", event_id="rasht-strike-2026-01-06"))
mutant("evidence-of-one-thing", add_row("evidence", evidence(f"{REUTERS}-x-e1", document_id=REUTERS, event_id="")))
mutant(
    "evidence-in-the-claims-document",
    add_row("evidence", evidence(f"{REUTERS}-x-e1", document_id=REUTERS, claim_id=B2)),
)
mutant("evidence-named-after-its-document", set_cell("evidence", f"{B2}-e1", evidence_id="another-name-e1"))
mutant("evidence-once", add_row("evidence", {**evidence(f"{B2}-e2"), "token_sha256": sha256(f"{B2}-e1")}))
mutant("evidence-of-full-text-has-offsets", set_cell("evidence", f"{C['c10']}-e1", start=""))
mutant("evidence-of-full-text-has-offsets", set_cell("evidence", f"{C['c10']}-e1", end=""))
mutant("evidence-offsets-of-full-text-only", set_cell("evidence", f"{B2}-e1", start="10", end="60"))
mutant("evidence-within-the-text", set_cell("evidence", f"{C['c10']}-e1", end="2001"))
mutant("evidence-within-the-text", set_cell("evidence", f"{C['c10']}-e1", start="980"))
mutant("claim-named-after-its-document", add_claim("another-outlet-c01", "55", value=55, document_id=REUTERS, as_of_date="2026-01-14"), set_cell(
    "evidence", "another-outlet-c01-e1", document_id=REUTERS, evidence_id=f"{REUTERS}-c77-e1"))  # fmt: skip
mutant("relay-hops-without-gap", set_cell("relays", f"{O1}, 2", hop="3"))
mutant("relay-hops-without-gap", set_cell("relays", f"{S1}, 1", hop="2"))
mutant("relay-chain-without-cycle", set_cell("relays", f"{O1}, 2", claimant_id="reuters"), add_row(
    "relays", {"claim_id": B1, "hop": "2", "claimant_id": "afp", "role": "cited_by"}))  # fmt: skip
mutant("relay-chain-without-cycle", set_cell("relays", f"{S1}, 1", claimant_id="iran-martyrs-foundation"))
mutant("relay-in-another-document", set_cell("relays", f"{S1}, 1", document_id=STATE))
mutant(
    "document-derivation-without-cycle",
    on_document(REUTERS, derived_from_document_id=COPY, copy_status="unknown", published_date="2026-01-15", notes=KEPT),
)
mutant("document-derivation-without-cycle", on_document(CITED, derived_from_document_id=CITED, copy_status="unknown"))
mutant("document-copy-is-no-original", on_document(COPY, copy_status="original"))
mutant("full-text-has-hash-and-length", on_document(FULL, text_sha256=""))
mutant("full-text-has-hash-and-length", on_document(FULL, text_characters=""))
mutant("hash-and-length-of-full-text-only", on_document(REUTERS, text_sha256=sha256("x")))
mutant("hash-and-length-of-full-text-only", on_document(REUTERS, text_characters="100"))
mutant("full-text-held-once", on_document(REUTERS, text_sha256=sha256(FULL)), also={
    "hash-and-length-of-full-text-only": "a second text held in full would need a ledger of its own in the example"})  # fmt: skip
mutant("full-text-has-ledger", on_document(CITED, text_access="full_text", text_sha256=sha256("x"), text_characters="9", retrieved_date="2026-11-20"),
       add_row("evidence", evidence(f"{CITED}-x-e1", document_id=CITED, event_id="rasht-strike-2026-01-06", start="1", end="8")))  # fmt: skip
mutant(
    "ledger-of-full-text-only",
    add_row("number_mentions", {"document_id": REUTERS, "start": "1", "end": "3", "text": "26", "category": "date"}),
)
mutant(
    "unread-document-has-no-claims",
    add_row("casualty_claims", claim(f"{CITED}-c01", "5", value=5, as_of_date="2026-01-09")),
)
mutant(
    "unread-document-has-no-evidence",
    add_row("evidence", evidence(f"{CITED}-x-e1", document_id=CITED, event_id="rasht-strike-2026-01-06")),
)
mutant("read-document-has-date-retrieved", on_document(REUTERS, retrieved_date=""))
mutant("read-document-carries-something", on_document(CITED, text_access="excerpt", retrieved_date="2026-11-20"))
mutant("read-document-has-address", on_document(BLOG, notes=""))
mutant("document-address-once", on_document(CITED, source_url=f"http://www.example.org/{COPY}/?utm_source=x#top"))
mutant("document-not-twice", add_row("documents", document("example-again", title=f"Toll rises, says {CITED}", published_date="2026-01-10",
       source_url="", text_access="not_read", retrieved_date="")))  # fmt: skip
mutant("archive-is-another-address", on_document(REUTERS, archive_url=f"https://example.org/{REUTERS}"))
mutant("withdrawn-document-says-why", on_document("example-outlet-2026-01-16-merged", notes=""))
mutant("withdrawn-claim-says-why", on_claim(L3, notes=""))
mutant("withdrawn-event-says-why", on_event("merged-event", notes=""))
mutant("active-claim-in-active-document", on_document(STATE, record_status="superseded", notes="Replaced."))
mutant(
    "active-claim-of-active-event", on_event("geneva-session-2026-01-23", record_status="superseded", notes="Replaced.")
)
mutant(
    "excluded-page-is-no-document",
    set_cell("excluded_documents", "https://example.org/another-year", source_url=f"https://example.org/{COPY}"),
)
mutant(
    "excluded-duplicate-names-its-document",
    set_cell("excluded_documents", "https://example.org/toll-again", document_id=""),
)
mutant(
    "excluded-duplicate-names-its-document",
    set_cell("excluded_documents", "https://example.org/another-year", document_id=COPY),
)

# Quantities. A number that is not that of the words is reported as such, too.

_READ = {"figure-reads-as-coded": "the numbers are no longer those of the words"}
mutant("quantity-exact", on_claim(B2, low="499"), also=_READ)
mutant("quantity-exact", on_claim(B2, high=""), also=_READ)
mutant("quantity-exact", on_claim(B2, value=""), also=_READ)
mutant("quantity-at-least", on_claim(B1, low="4999"), also=_READ)
mutant("quantity-at-least", on_claim(B1, high="5000"), also=_READ)
mutant("quantity-more-than", on_claim(C["c11"], low="41000"), also=_READ)
mutant("quantity-at-most", on_claim(R3, high="19999"), also=_READ)
mutant("quantity-at-most", on_claim(R3, low="1"), also=_READ)
mutant("quantity-less-than", on_claim(R2, high="10"), also=_READ)
mutant("quantity-approximate", on_claim(C["c12"], low="9000"), also=_READ)
mutant("quantity-approximate", on_claim(C["c12"], value=""), also=_READ)
mutant("quantity-range", on_claim(R4, value="16000"), also=_READ)
mutant("quantity-range", on_claim(R4, low=""), also=_READ)
mutant("quantity-vague", on_claim(C["c08"], value="24"), also=_READ)
mutant("quantity-share", on_claim(C["c09"], value="51"))
mutant("quantity-unquantified", on_claim(C["c10"], low="1"))
mutant("quantity-low-not-above-high", on_claim(R4, low="20000", high="12000"), also=_READ)
mutant("vague-term-of-vague-only", on_claim(B2, vague_term="hundreds"), also=_READ)
mutant("vague-term-of-vague-only", on_claim(C["c08"], vague_term=""), also=_READ)
mutant("figure-as-printed", on_claim(B2, figure_text=""))
mutant("figure-as-printed", on_claim(C["c10"], figure_text="children"))
mutant("figure-is-short", on_claim(C["c09"], figure_text="by far the greater part of all those killed there"))
mutant("figure-reads-as-coded", on_claim(B2, figure_text="5000"))
mutant("figure-reads-as-coded", on_claim(B2, value="50", low="50", high="50"))
mutant("figure-reads-as-coded", on_claim(R4, low="2000"))
mutant("figure-bound-as-worded", on_claim(B1, figure_text="more than 5,000"))
mutant("figure-bound-as-worded", on_claim(R3, bound="exact", low="20000"))
mutant("detail-of-its-type", on_claim(S4, casualty_detail="eye"))
mutant("detail-of-its-type", on_claim(B2, casualty_detail="severe"))
mutant("label-is-short", on_claim(S2, victim_label="those who fell for their country"))

# Time.

mutant("time-period-order", on_claim(R2, period_end="2026-01-07"))
mutant("time-period-before-as-of", on_claim(R2, period_end="2026-01-14"))
mutant("time-as-of-before-publication", on_claim(S4, as_of_date="2026-01-22"))
mutant(
    "time-period-before-publication",
    on_claim(R2, period_end="2026-01-15", as_of_date="", as_of_precision="unknown", as_of_basis="inferred"),
)
mutant("time-published-before-retrieval", on_document(CITED, retrieved_date="2026-01-09"))
mutant("time-claim-before-retrieval", on_claim(B3, as_of_date="2026-11-21"))
mutant("time-claim-before-retrieval", on_claim(B2, period_end="2026-11-21"))
mutant("time-event-before-retrieval", on_event("rasht-strike-2026-01-06", start_date="2026-11-21", notes=KEPT))
mutant("time-event-order", on_event("killings-2026-01-08-09", end_date="2026-01-07"))
mutant("time-event-order", on_event("shutdown-undated", end_date="2026-01-20"))
mutant("time-event-within-parent", on_event("rasht-strike-2026-01-06", start_date="2025-12-27", notes=KEPT))
mutant("time-claim-after-event-start", on_claim(B3, as_of_date="2026-01-22"))
mutant("time-claim-after-event-start", on_claim(R2, event_id="geneva-session-2026-01-23", as_of_date="", as_of_precision="unknown",
       as_of_basis="inferred"))  # fmt: skip
mutant("time-published-date-known-or-not", on_document(CITED, published_date=""))
mutant("time-published-date-known-or-not", on_document(BLOG, published_date="2026-02-01"))
mutant("time-published-date-known-or-not", on_document(BLOG, published_basis="stated"))
mutant("time-as-of-date-known-or-not", on_claim(B2, as_of_date="2026-01-20"))
mutant("time-as-of-date-known-or-not", on_claim(S4, as_of_date=""))
mutant("time-start-date-known-or-not", on_event("shutdown-undated", date_basis="stated"))
mutant("time-bounded-by-publication", on_claim(S4, as_of_date="2026-01-20", as_of_basis="publication_bound"))
mutant("time-bounded-by-publication", on_claim(B1, as_of_basis="publication_bound"))
mutant("time-increment-of-one-day", on_claim(C["c14"], period_start="2026-01-25"))
mutant(
    "time-derived-after-original",
    on_document(COPY, published_date="2026-01-13", notes=KEPT),
    on_claim(O1, as_of_date="2026-01-13"),
    drop_row("claim_relations", ECHO),
)
mutant("time-gregorian-documents", on_document(CITED, published_date="1404-10-20", notes=KEPT))
mutant("time-gregorian-documents", on_document(BLOG, retrieved_date="1405-08-29"), also={
    "time-claim-before-retrieval": "every date of ours lies after the year 1405"})  # fmt: skip
mutant("time-gregorian-events", on_event("geneva-session-2026-01-23", start_date="1404-11-03", notes=KEPT))
mutant("time-gregorian-casualty-claims", on_claim(R2, period_start="1404-10-18"))
mutant(
    "time-gregorian-expected-reports",
    add_row("expected_reports", {"series": "another", "expected_date": "1404-11-06", "status": "expected_not_found"}),
)
mutant("time-day-number", on_claim(C["c05"], as_of_date="2026-01-25"))
mutant("time-day-number", on_document(FULL, title="Protests, 29th day"))
mutant(
    "time-day-number-since-day-one",
    on_claim(R3, as_of_date="2026-01-12", as_of_basis="day_number", as_of_precision="days_2_6"),
)
mutant("time-day-number-since-day-one", on_claim(B1, as_of_basis="day_number", as_of_precision="week"))
mutant("time-jalali-published-date", on_document(LIST, notes="Dated 5 Dey 1404."))
mutant("time-jalali-as-of-date", on_claim(L1, notes="As of 2 Bahman 1404."))
mutant("time-jalali-start-date", on_event("rasht-bazaar-2026-01-08", notes="The document gives ۱۹ دی ۱۴۰۴."))
mutant(
    "time-series-without-gap",
    add_row(
        "expected_reports", {"series": "hrana-daily", "expected_date": "2026-01-29", "status": "expected_not_found"}
    ),
)
mutant(
    "time-collected-report-is-of-its-day", set_cell("expected_reports", "hrana-daily, 2026-01-26", document_id=REUTERS)
)

mutant("time-date-in-document-id", on_document(CITED, published_date="2026-01-11"))
mutant("time-date-in-event-id", on_event("geneva-session-2026-01-23", start_date="2026-01-22"))
mutant("time-date-in-address", on_document(STATE, source_url="https://example.org/2026/01/12/toll"))

# Place.

RAID, BAZAAR, STRIKE = "hospital-raid-2026-01-04", "rasht-bazaar-2026-01-08", "rasht-strike-2026-01-06"
POINT = {"latitude": "37.2808", "longitude": "49.5832", "coordinate_role": "representative"}
mutant("place-point-is-whole", on_event(BAZAAR, longitude=""))
mutant("place-point-at-locality-or-finer", on_event("rasht-killings-2026-01", **POINT))
mutant("place-point-of-a-named-place", on_event("geneva-session-2026-01-23", place_name=""))
mutant("place-point-in-iran", on_event(BAZAAR, latitude="49.5832", longitude="37.2808"))
mutant("place-point-in-iran", on_event(BAZAAR, longitude="64"))
mutant("place-no-default-point", on_event(BAZAAR, latitude="35.6892", longitude="51.3890"))
mutant("place-no-default-point", on_event(BAZAAR, latitude="32", longitude="53"))
mutant("place-point-has-a-role", on_event(BAZAAR, coordinate_role=""))
mutant("place-point-has-a-role", on_event(STRIKE, coordinate_role="representative"))
mutant("place-exact-point-of-a-site", on_event(BAZAAR, coordinate_role="exact"))
mutant("place-province-exists", on_event(RAID, admin1_code="IR-99"))
mutant("place-province-exists", on_event(RAID, admin1_code="IQ-BG"))
mutant("place-country-exists-events", on_event("geneva-session-2026-01-23", country_code="XX"))
mutant("place-country-exists-claimants", set_cell("claimants", "hrana", country_code="UK"))
mutant("place-province-by-precision", on_event(RAID, admin1_code=""))
mutant("place-province-by-precision", on_event("killings-2026-01-08-09", admin1_code="IR-23"))
mutant("place-named-by-precision", on_event(STRIKE, place_name=""))
mutant("place-abroad-is-another-country", on_event("geneva-session-2026-01-23", country_code="IR"))
mutant("place-abroad-is-another-country", on_event("killings-2026-01-08-09", country_code="IQ"))
mutant("place-within-parent", on_event(STRIKE, parent_event_id=RAID))
mutant(
    "place-name-in-one-province",
    on_event("rasht-protest-2026-01-05", place_name="Lahijan"),
    on_event(STRIKE, place_name="Lahijan", admin1_code="IR-07"),
)

mutant("place-province-by-name", on_event("rasht-killings-2026-01", place_name="Mazandaran"))
mutant("place-capital-in-its-province", on_event(STRIKE, place_name="Tabriz"))

# Parts.

mutant(
    "relation-to-another-claim",
    add_relation(R2, "disputes", R2),
    also={"dispute-with-another": "nobody is another to themselves"},
)
mutant("relation-one-of-a-kind", add_relation(C["c13"], "part_of", C["c01"]))
mutant("relation-one-of-a-kind", add_relation(C["c01"], "part_of", C["c06"]))
mutant("part-of-the-same-type", add_relation(C["c12"], "subset_of", C["c01"]))
mutant(
    "part-within-its-whole",
    add_relation(C["c01"], "subset_of", C["c02"]),
    drop_row("claim_relations", f"{C['c02']}, part_of, {C['c01']}"),
)
mutant("part-from-one-hand", add_relation(B2, "subset_of", S1))
mutant(
    "part-without-cycle",
    on_claim(S2, value="690", low="690", high="690", figure_text="690"),
    add_relation(S2, "subset_of", S3),
    add_relation(S3, "subset_of", S2),
)
mutant("part-under-review-apart", on_claim(C["c13"], claimant_status="under_review"))
mutant("part-security-forces-counted", on_claim(C["c01"], includes_security_forces="no"))

# Echoes.

mutant("echo-of-the-same-type", on_claim(O1, casualty_type="missing"))
mutant("echo-of-the-same-figure", on_claim(O1, figure_text="at least 2,517", value="2517", low="2517"))
mutant(
    "echo-of-the-same-figure",
    add_relation(C["c09"], "restates", C["c10"]),
    on_claim(C["c10"], bound="vague", vague_term="many", figure_text="many"),
)
mutant("echo-of-the-same-claimant", on_claim(O1, claimant_id="ihrngo"))
mutant(
    "echo-not-published-before",
    on_document(COPY, published_date="2026-01-13", notes=KEPT, derived_from_document_id=""),
    on_claim(O1, as_of_date="2026-01-13"),
)
mutant("echo-not-as-of-before", on_claim(O1, as_of_date="2026-01-12", as_of_basis="stated"))
mutant("restates-in-one-document", set_cell("claim_relations", ECHO, relation="restates"))
mutant("echoes-in-two-documents", set_cell("claim_relations", f"{C['c06']}, restates, {C['c01']}", relation="echoes"))
mutant("echo-without-cycle", add_relation(C["c01"], "restates", C["c06"]))
mutant("echo-of-one-origin", add_claim(f"{STATE}-c05", "at least 2,571", "at_least", 2571), add_relation(O1, "echoes", f"{STATE}-c05"),
       on_document(COPY, published_date="2026-01-22", notes=KEPT), on_claim(O1, as_of_date="2026-01-22"))  # fmt: skip
mutant("echo-leads-to-the-claimant", add_claim(f"{STATE}-c05", "6,126", value=6126), on_document(STATE, published_date="2026-01-27", notes=KEPT),
       add_relation(C["c01"], "echoes", f"{STATE}-c05"), on_claim(f"{STATE}-c05", as_of_date="2026-01-26"))  # fmt: skip
mutant("slip-differs", add_claim(f"{LIST}-c04", "2,427", value=2427, **{
    name: EXAMPLE["casualty_claims"][[row["claim_id"] for row in EXAMPLE["casualty_claims"]].index(S2)][name]
    for name in ("claimant_id", "claimant_status", "victim_role")}), add_relation(f"{LIST}-c04", "mistranscribes", S2))  # fmt: skip
mutant("revision-of-ones-own", add_relation(B2, "corrects", S1))
mutant("revision-is-later", add_relation(R1, "supersedes", C["c01"]))
mutant("revision-of-the-same-people", add_relation(C["c02"], "supersedes", R1))
mutant("conflict-within-one-document", add_relation(B2, "internal_conflict", S1))
mutant("dispute-with-another", add_relation(C["c01"], "disputes", R1))

# Ledger.

M1, M2 = f"{FULL}, 30", f"{FULL}, 130"
mutant("ledger-without-overlap", set_cell("number_mentions", f"{FULL}, 1501", end="1522", text="26 January 2026 to 40"))
mutant("ledger-within-the-text", set_cell("number_mentions", f"{FULL}, 1501", start="1999", end="2001"))
mutant("ledger-within-the-text", set_cell("number_mentions", f"{FULL}, 1501", end="1501"))
mutant("ledger-length-of-the-number", set_cell("number_mentions", f"{FULL}, 1501", end="1504"))
mutant("ledger-casualty-has-a-claim", set_cell("number_mentions", f"{FULL}, 1520", notes=""))
mutant("ledger-claim-has-casualties", set_cell("number_mentions", M1, category="crowd"))
mutant("ledger-claim-in-its-document", set_cell("number_mentions", f"{FULL}, 1520", claim_id=R1, text="71"))
mutant("ledger-number-in-the-figure", set_cell("number_mentions", M1, text="6,162"))
mutant("ledger-number-in-the-evidence", set_cell("evidence", f"{C['c01']}-e1", start="32"))
mutant("ledger-has-every-figure", drop_row("number_mentions", f"{FULL}, {100 * 12 + 30}"))
mutant("ledger-has-every-figure", drop_row("number_mentions", f"{FULL}, {100 * 7 + 30}"))

# Privacy.

mutant("privacy-no-email", notes("Write to somebody@example.org for more."))
mutant("privacy-no-email", on_document(CITED, author="somebody [at] example.org"))
mutant("privacy-no-telephone", notes("Call +98 912 345 6789."))
mutant("privacy-no-telephone", notes("Call ۰۹۱۲ ۳۴۵ ۶۷۸۹."))
mutant("privacy-no-national-id", notes("National number 0499370899."))
mutant("privacy-no-personal-account", notes("Seen at https://x.com/somebody_else/status/1."))
mutant("privacy-no-personal-account", notes("Posted by @somebody_else."))
mutant("privacy-no-personal-account", on_document(CITED, source_url="https://www.instagram.com/somebody/"))
mutant("privacy-witness-without-name", set_cell("claimants", "witness-rasht-1", anonymity="named"))
mutant("privacy-pseudonym-is-marked", set_cell("claimants", "doctor-k", anonymity="unnamed"))
mutant("privacy-unnamed-stays-unknown", set_cell("claimants", "doctor-k", wikidata_id="Q3"))
mutant("privacy-unnamed-stays-unknown", set_cell("claimants", "witness-rasht-1", url="https://witness.example.org"))
mutant("privacy-withheld-claim-is-empty", on_claim(L2, victim_label="rioter"))
mutant("privacy-withheld-claim-has-no-evidence", add_row("evidence", evidence(f"{L2}-e1")))
mutant("privacy-withheld-document-is-empty", on_document("withheld-2026-01-17-one", author="Somebody"))

# Clean cells.

for _beginning in "=+-@":
    mutant("clean-no-formula", notes(f"{_beginning} SUM(A1)"))
mutant("clean-no-outer-space", notes("Two lines "))
mutant("clean-no-outer-space", on_document(CITED, title="\u00a0Toll rises"))
mutant("clean-no-invisible", notes("One\u200bword"))
mutant("clean-no-invisible", notes("Two\nlines"))
mutant("clean-no-invisible", notes("Left\u202eright"))
mutant("clean-no-invisible", notes("Latin\u200cletters"))
mutant("clean-nfc", on_document(CITED, title="Cafe\u0301 attacked"))
mutant("clean-address-scheme", notes("See ftp://example.org/list."))
mutant("clean-address-scheme", notes("See javascript:alert(1)."))
mutant("clean-address-host", on_document(CITED, source_url="https://localhost/page"))
mutant(
    "clean-address-host",
    on_document(CITED, source_url="https://user:secret@example.org/page"),
    also={"privacy-no-email": "a user at a host has the form of an e-mail address"},
)
for _word in ("NA", "None", "null", "n/a", "nan"):
    mutant("clean-no-word-for-missing", notes(_word))
mutant("clean-no-markup", notes("<b>Many</b> died"))
mutant("clean-no-markup", on_document(CITED, title="Shots &amp; arrests"))
mutant("clean-readable", on_document(CITED, title="DÃ©cÃ¨s Ã\u00a0 TÃ©hÃ©ran"))
mutant("clean-readable", on_document(CITED, title="Toll rises \ufffd"))
mutant("clean-one-alphabet-in-a-word", on_document(CITED, title="Irаn toll rises"))

# Use.

mutant("use-every-claimant", set_cell("claimants", "un-mission", notes=""))
mutant("use-every-event", on_event("shutdown-undated", notes="A day is not given."))
mutant("use-one-name-per-claimant", set_cell("claimants", "afp", name="the Reuters, people"))
mutant("use-one-wikidata-item-per-claimant", set_cell("claimants", "ihrngo", wikidata_id="Q1"))
mutant("use-claimant-parents-without-cycle", set_cell("claimants", "bbc", parent_claimant_id="bbc-persian"))
mutant(
    "use-event-parents-without-cycle",
    on_event("rasht-killings-2026-01", parent_event_id=BAZAAR, start_date="2026-01-08"),
)
mutant(
    "use-event-once",
    on_event(STRIKE, title="What happened in rasht-protest-2026-01-05", start_date="2026-01-05", notes=KEPT),
)
mutant("use-claim-said-again-restates", drop_row("claim_relations", f"{C['c06']}, restates, {C['c01']}"))

# Coherence.

mutant("role-leaves-security-forces-out", on_claim(C["c02"], includes_security_forces="yes"))
mutant("role-of-security-forces-counts-them", on_claim(C["c03"], includes_security_forces="no"))
mutant("under-review-are-deaths", on_claim(S4, claimant_status="under_review"))
mutant("official-figure-of-a-state", on_claim(B2, claimant_status="official"))
mutant("held-now-is-no-running-total", on_claim(C["c12"], time_frame="cumulative"))
mutant("ever-arrested-is-no-stock", on_claim(C["c11"], time_frame="stock_now"))
mutant("language-exists", on_document(CITED, language="xx"))
mutant("publisher-of-one-type", on_document(COPY, publisher_type="aggregator"))
mutant("collected-report-names-its-document", set_cell("expected_reports", "hrana-daily, 2026-01-26", document_id=""))
mutant("collected-report-names-its-document", set_cell("expected_reports", "hrana-daily, 2026-01-25", document_id=FULL))
mutant("silence-is-explained", set_cell("expected_reports", "hrana-daily, 2026-01-27", notes=""))

# Derived tables.

mutant("derived-inconsistencies", drop_row("inconsistencies", f"{B1}, {S1}"), derive=False)
mutant("derived-inconsistencies", set_cell("inconsistencies", f"{B1}, {S1}", assumes=""), derive=False)
mutant("derived-inconsistencies", add_row("inconsistencies", {
    "claim_id": B1, "other_claim_id": R1, "reason": "at least 5000 by 2026-01-18, but at most 2571 by 2026-01-13"}), derive=False)  # fmt: skip
mutant(
    "derived-inconsistencies", on_claim(S1, figure_text="3,171", value="3171", low="3171", high="3171"), derive=False
)
mutant("derived-vocabularies", lambda package: package["vocabularies"].pop(0) and None, derive=False)
mutant(
    "derived-vocabularies",
    lambda package: package["vocabularies"][0].update(definition="Something else."),
    derive=False,
)
mutant("derived-vague-terms", set_cell("vague_terms", "dozens", acled="24"), derive=False)


# Column constraints, from the table schemas.


@dataclass(frozen=True)
class ConstraintMutant:
    """A frame that breaks one constraint of one column."""

    table: str
    column: str
    constraint: str

    @property
    def id(self) -> str:
        return f"{self.table}.{self.column} {self.constraint}"

    def frame(self) -> pd.DataFrame:
        """The example's table with one cell that the constraint forbids."""
        rows = [dict(row) for row in EXAMPLE[self.table]]
        target = next((row for row in rows if row.get(self.column)), rows[0])
        if self.constraint == "unique":
            other = next(row for row in rows if row is not target)
            other[self.column] = target[self.column]
        else:
            limit = self.limits.get(self.constraint)
            target[self.column] = {
                "required": "",
                "enum": "7" if isinstance(limit, list) and isinstance(limit[0], int) else "no-such-term",
                "pattern": "not! of this form",
                "minimum": str(limit - 1) if isinstance(limit, int | float) else "",
                "maximum": str(limit + 1) if isinstance(limit, int | float) else "",
            }[self.constraint]
        return frame(self.table, rows)

    @property
    def limits(self) -> dict[str, Any]:
        return _constraints(self.table)[self.column]


def _constraints(table: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field.get("constraints", {}) for field in table_schema(TABLES[table])["fields"]}


CONSTRAINT_MUTANTS = [
    ConstraintMutant(table, column, name)
    for table in TABLES
    for column, constraints in _constraints(table).items()
    for name in constraints
]


# The table "rule -> what caught it", printed at the end of a test session.


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print for each rule and constraint how many mutants it caught, and what it said of the first."""
    caught: dict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "caught":
                rule, _, message = value.partition("\t")
                caught[rule].append(message)
    if not caught:
        return
    terminalreporter.section("what caught the mutants")
    width = max(map(len, caught))
    for rule, messages in sorted(caught.items()):
        terminalreporter.write_line(f"{rule:<{width}}  {len(messages)}  {messages[0][:100]}")
