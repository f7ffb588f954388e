"""Whole valid packages for the tests: one fixed and rich, and a strategy that makes as many others as one likes.

A package here is rows of CSV cells by table (`Package`), which tests edit as a curator would; `frames` gives the typed
tables. Rows are built to be valid rather than filtered, so that hundreds of examples take a minute.
"""

import copy
import datetime
import hashlib
from collections.abc import Callable
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from schemas.inconsistencies import inconsistencies
from schemas.quantities import VAGUE_TERMS, derive
from schemas.table_schema import column_type, typed_column
from schemas.tables import TABLES
from schemas.vocabularies import VOCABULARIES

Cells = dict[str, str]
Package = dict[str, list[Cells]]

_COLUMNS = {
    table: {name: column_type(column) for name, column in model.to_schema().columns.items()}
    for table, model in TABLES.items()
}


def frame(table: str, rows: list[Cells]) -> pd.DataFrame:
    """A typed frame of rows of cells; a cell that a row lacks is empty."""
    return pd.DataFrame(
        {name: typed_column([row.get(name, "") for row in rows], kind)[0] for name, kind in _COLUMNS[table].items()}
    )


def frames(package: Package) -> dict[str, pd.DataFrame]:
    """The typed tables of a package; a table without rows is left out, as from a package on disk."""
    return {table: frame(table, rows) for table, rows in package.items() if rows}


def with_derived(package: Package) -> Package:
    """The package with `inconsistencies`, `vocabularies` and `vague_terms` as the schemas compute them."""
    pairs = inconsistencies(*(_plain(name, package.get(name, [])) for name in INCONSISTENT))
    return {**package, "inconsistencies": pairs.fillna("").to_dict("records"), **copy.deepcopy(_FIXED_TABLES)}


INCONSISTENT = ("casualty_claims", "claim_relations", "documents")
"""The tables from which `inconsistencies` is derived."""

_READERS: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "date": datetime.date.fromisoformat}


def _plain(table: str, rows: list[Cells]) -> list[dict[str, Any]]:
    """Rows of plain values; quicker than a frame, and the same by a test."""
    columns = [(name, _READERS.get(kind, str)) for name, kind in _COLUMNS[table].items()]
    return [{name: read(row[name]) if row.get(name) else None for name, read in columns} for row in rows]


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


_FIXED_TABLES: Package = {
    "vocabularies": [row for v in VOCABULARIES.values() for row in v.rows()],
    "vague_terms": [
        {"vague_term": term, **{name: _cell(cell) for name, cell in vars(meaning).items()}} for term, meaning in VAGUE_TERMS.items()
    ],
}  # fmt: skip


def sha256(text: str) -> str:
    """A hash that looks like that of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


# Rows with what most tests do not care about filled in.


def document(document_id: str, **cells: str) -> Cells:
    """A row of documents: an excerpt of a news article that was published on 20 January 2026."""
    return {
        "document_id": document_id, "title": f"Toll rises, says {document_id}", "publisher": "Example Outlet",
        "publisher_type": "news_outlet", "document_type": "news_article", "language": "en",
        "source_url": f"https://example.org/{document_id}", "published_date": "2026-01-20", "published_precision": "exact_day",
        "published_basis": "stated", "retrieved_date": "2026-11-20", "text_access": "excerpt", "copy_status": "original",
        "record_status": "active", **cells,
    }  # fmt: skip


def event(event_id: str, **cells: str) -> Cells:
    """A row of events: something nationwide on 8 January 2026, a part of the crackdown."""
    return {
        "event_id": event_id, "parent_event_id": "crackdown-2025-26", "event_type": "lethal_force", "title": f"What happened in {event_id}",
        "start_date": "2026-01-08", "date_precision": "exact_day", "date_basis": "stated", "country_code": "IR",
        "place_precision": "national", "record_status": "active", **cells,
    }  # fmt: skip


def claimant(claimant_id: str, **cells: str) -> Cells:
    """A row of claimants: a named monitor."""
    return {
        "claimant_id": claimant_id,
        "name": f"The {claimant_id} people",
        "claimant_type": "ngo_monitor",
        "anonymity": "named",
        **cells,
    }


def claim(
    claim_id: str, figure_text: str = "100", bound: str = "exact", value: int | None = None, **cells: str
) -> Cells:
    """A row of casualty_claims: killed in the crackdown, of everyone, cumulative, as of 15 January 2026; numbers are derived."""
    numbers = {name: int(cells.pop(name)) for name in ("low", "high") if name in cells}
    quantity = derive(bound, value, numbers.get("low"), numbers.get("high"), cells.pop("vague_term", None))
    return {
        "claim_id": claim_id, "document_id": claim_id.rpartition("-c")[0], "claimant_id": "hrana", "event_id": "crackdown-2025-26",
        "casualty_type": "killed", "victim_role": "all", "victim_age_group": "all", "victim_sex": "all", "figure_text": figure_text,
        "bound": bound, "value": _cell(quantity.value), "low": _cell(quantity.low), "high": _cell(quantity.high),
        "vague_term": _cell(quantity.vague_term), "modality": "asserted", "claimant_status": "confirmed",
        "counting_basis": "unspecified", "time_frame": "cumulative", "as_of_date": "2026-01-15", "as_of_precision": "exact_day",
        "as_of_basis": "stated", "includes_security_forces": "unknown", "record_status": "active", **cells,
    }  # fmt: skip


def evidence(evidence_id: str, **cells: str) -> Cells:
    """A row of evidence for the claim whose claim_id, or the event whose document_id and event_id, the identifier begins with."""
    if "event_id" not in cells:
        claim_id = evidence_id.rpartition("-e")[0]
        cells = {"claim_id": claim_id, "document_id": claim_id.rpartition("-c")[0], **cells}
    return {"evidence_id": evidence_id, "token_count": "8", "token_sha256": sha256(evidence_id), **cells}


def relation(claim_id: str, name: str, other_claim_id: str) -> Cells:
    """A row of claim_relations."""
    return {"claim_id": claim_id, "relation": name, "other_claim_id": other_claim_id}


# The rich package. Its names and figures are made up.

FULL = "hrana-2026-01-27-day-thirty"
REUTERS = "reuters-2026-01-14-at-least-2571-killed"
COPY = "example-outlet-2026-01-15-toll-rises"
STATE = "pbs-2026-01-21-iran-says-3117"
BLOG = "example-blog-undated-five-thousand"
LIST = "example-agency-2026-01-25-name-list"
CITED = "other-outlet-2026-01-10-cited-only"


def _full_text_rows() -> Package:
    """The document held in full: every claim has its passage of 80 characters, and every number in it a row of the ledger."""
    confirmed = {"as_of_date": "2026-01-26", "as_of_basis": "day_number"}
    open_status = {**confirmed, "claimant_status": "unspecified"}
    claims = [
        claim(f"{FULL}-c01", "6,126", value=6126, includes_security_forces="yes", **confirmed),
        claim(f"{FULL}-c02", "5,777", value=5777, victim_role="protester", includes_security_forces="no", **confirmed),
        claim(f"{FULL}-c03", "214", value=214, victim_role="security_forces", includes_security_forces="yes", **confirmed),
        claim(f"{FULL}-c04", "135", value=135, victim_role="bystander", includes_security_forces="no", **confirmed),
        claim(f"{FULL}-c05", "17,091", value=17091, **{**confirmed, "claimant_status": "under_review"}),
        claim(f"{FULL}-c06", "6,126 deaths", value=6126, includes_security_forces="yes", **confirmed),
        claim(f"{FULL}-c07", "a man", value=1, event_id="rasht-bazaar-2026-01-08", time_frame="single_event", claimant_id="witness-rasht-1",
              victim_role="unspecified", victim_age_group="adult", victim_sex="male", **open_status),
        claim(f"{FULL}-c08", "dozens", "vague", vague_term="dozens", casualty_type="injured", casualty_detail="severe", **open_status),
        claim(f"{FULL}-c09", "the majority", "share", victim_sex="female", **open_status),
        claim(f"{FULL}-c10", "", "unquantified", victim_age_group="child", **open_status),
        claim(f"{FULL}-c11", "more than 41,000", "more_than", 41000, casualty_type="detained", casualty_detail="ever_arrested", **open_status),
        claim(f"{FULL}-c12", "about 10,000", "approximate", 10000, casualty_type="detained", casualty_detail="held_now",
              **{**open_status, "time_frame": "stock_now"}),
        claim(f"{FULL}-c13", "86", value=86, victim_age_group="child", **confirmed),
        claim(f"{FULL}-c14", "31", value=31, **{**confirmed, "time_frame": "daily_increment", "period_start": "2026-01-26", "period_end": "2026-01-26"}),
    ]  # fmt: skip
    numbers = {"c01": "6,126", "c02": "5,777", "c03": "214", "c04": "135", "c05": "17,091", "c06": "6,126", "c08": "dozens", "c11": "41,000",
               "c12": "10,000", "c13": "86", "c14": "31"}  # fmt: skip
    anchors, mentions = [], []
    for i, row in enumerate(claims):
        name, start = row["claim_id"].rpartition("-")[2], 100 * i
        anchors.append(evidence(f"{row['claim_id']}-e1", start=str(start), end=str(start + 80)))
        if number := numbers.get(name):
            mentions.append({"document_id": FULL, "start": str(start + 30), "end": str(start + 30 + len(number)), "text": number,
                             "category": "casualty", "claim_id": row["claim_id"]})  # fmt: skip
    mentions.append({"document_id": FULL, "start": "1501", "end": "1503", "text": "26", "category": "date"})
    mentions.append(
        {
            "document_id": FULL,
            "start": "1520",
            "end": "1522",
            "text": "40",
            "category": "casualty",
            "notes": "Of an earlier year.",
        }
    )
    anchors.append(
        evidence(
            f"{FULL}-hospital-raid-2026-01-04-e1",
            document_id=FULL,
            event_id="hospital-raid-2026-01-04",
            start="1510",
            end="1590",
        )
    )
    return {"casualty_claims": claims, "evidence": anchors, "number_mentions": mentions}


def example_package() -> Package:
    """A package with rows in every table, of every kind of quantity and relation, that breaks no rule. A new copy each time."""
    full = _full_text_rows()
    open_status = {"claimant_status": "unspecified"}
    official = {"claimant_id": "iran-martyrs-foundation", "claimant_status": "official", "as_of_date": "2026-01-21"}
    day_14 = {"as_of_date": "2026-01-13"}
    listed = {
        **official,
        "as_of_date": "2026-01-23",
        "as_of_basis": "calendar_converted",
        "notes": "As of 3 Bahman 1404.",
    }
    claims = [
        *full["casualty_claims"],
        claim(f"{REUTERS}-c01", "at least 2,571", "at_least", 2571, **day_14),
        claim(f"{REUTERS}-c02", "fewer than 10", "less_than", 10, event_id="rasht-bazaar-2026-01-08", claimant_id="reuters",
              **{**open_status, **day_14, "time_frame": "period", "period_start": "2026-01-08", "period_end": "2026-01-09"}),
        claim(f"{REUTERS}-c03", "up to 20,000", "at_most", 20000, claimant_id="reuters", casualty_type="injured", **{**open_status, **day_14}),
        claim(f"{REUTERS}-c04", "between 12,000 and 20,000", "range", low="12000", high="20000", claimant_id="reuters", modality="possible",
              event_id="killings-2026-01-08-09", time_frame="period", **{**open_status, **day_14}),
        claim(f"{COPY}-c01", "at least 2,571", "at_least", 2571, as_of_date="2026-01-15", as_of_basis="publication_bound"),
        claim(f"{STATE}-c01", "3,117", value=3117, includes_security_forces="yes", **official),
        claim(f"{STATE}-c02", "2,427", value=2427, victim_role="mixed", victim_label="martyrs", **official),
        claim(f"{STATE}-c03", "690", value=690, victim_role="unspecified", victim_label="terrorists", **official),
        claim(f"{STATE}-c04", "12", value=12, casualty_type="sentenced", casualty_detail="death_sentence", **official),
        claim(f"{BLOG}-c01", "at least 5,000", "at_least", 5000, claimant_id="doctor-k", victim_role="unspecified",
              claimant_status="estimate", as_of_date="2026-01-18"),
        claim(f"{BLOG}-c02", "500", value=500, claimant_id="example-blog", as_of_date="", as_of_precision="unknown", as_of_basis="inferred",
              claimant_status="alleged"),
        claim(f"{BLOG}-c03", "400", value=400, claimant_id="ihrngo", event_id="geneva-session-2026-01-23", casualty_type="unspecified",
              as_of_date="2026-01-24"),
        claim(f"{LIST}-c01", "2,447", value=2447, victim_role="mixed", victim_label="martyrs", **listed),
        claim(f"{LIST}-c02", "", "unquantified", record_status="withheld", notes="Withheld: one person could be recognised."),
        claim(f"{LIST}-c03", "7", value=7, claimant_id="bbc-persian", event_id="rasht-protest-2026-01-05", record_status="superseded",
              notes="Coded again as another claim.", as_of_date="2026-01-22"),
    ]  # fmt: skip
    rows: Package = {
        "documents": [
            document(FULL, title="Day Thirty of the protests", publisher="HRANA", publisher_type="ngo_monitor", document_type="daily_update",
                     published_date="2026-01-27", text_access="full_text", text_sha256=sha256(FULL), text_characters="2000"),
            document(REUTERS, publisher="Reuters", publisher_type="news_agency", published_date="2026-01-14",
                     archive_url="https://archive.example.org/reuters"),
            document(COPY, published_date="2026-01-15", copy_status="wire_copy", derived_from_document_id=REUTERS),
            document(STATE, publisher="PBS", published_date="2026-01-21", author="Newsroom"),
            document(BLOG, publisher="Example Blog", source_url="", published_date="", published_precision="unknown",
                     published_basis="inferred", notes="Bears no date and no address."),
            document(LIST, publisher="Example Agency", publisher_type="news_agency", language="fa", published_date="2026-01-25",
                     published_basis="calendar_converted", notes="Dated 1404-11-05."),
            document(CITED, text_access="not_read", retrieved_date="", published_date="2026-01-10"),
            document("example-outlet-2026-01-16-merged", published_date="2026-01-16", record_status="merged", notes="The same as another."),
            document("withheld-2026-01-17-one", title="Withheld", source_url="", published_date="2026-01-17", record_status="withheld",
                     notes="Withheld to protect a person."),
        ],
        "events": [
            event("crackdown-2025-26", parent_event_id="", event_type="crackdown", start_date="2025-12-28"),
            event("killings-2026-01-08-09", end_date="2026-01-09"),
            event("rasht-bazaar-2026-01-08", parent_event_id="rasht-killings-2026-01", admin1_code="IR-01", place_name="Rasht",
                  place_precision="locality", latitude="37.2808", longitude="49.5832", coordinate_role="representative",
                  date_basis="calendar_converted", notes="The document gives 18 Dey 1404."),
            event("rasht-killings-2026-01", admin1_code="IR-01", place_name="Gilan", place_precision="province", start_date="2026-01-05"),
            event("rasht-protest-2026-01-05", event_type="protest", start_date="2026-01-05", admin1_code="IR-01", place_name="Rasht",
                  place_precision="locality"),
            event("rasht-strike-2026-01-06", event_type="strike", start_date="2026-01-06", admin1_code="IR-01", place_name="Rasht",
                  place_precision="locality"),
            event("hospital-raid-2026-01-04", event_type="hospital_raid", start_date="2026-01-04", admin1_code="IR-16", place_name="Example Hospital",
                  place_precision="site", latitude="33.6374", longitude="46.4227", coordinate_role="exact"),
            event("geneva-session-2026-01-23", parent_event_id="", event_type="international_action", start_date="2026-01-23",
                  country_code="CH", place_name="Geneva", place_precision="abroad", latitude="46.2266", longitude="6.1404",
                  coordinate_role="representative"),
            event("shutdown-undated", event_type="shutdown", start_date="", date_precision="unknown", date_basis="inferred",
                  notes="Reserved for a document not yet coded."),
            event("merged-event", record_status="merged", notes="The same as killings-2026-01-08-09."),
        ],
        "casualty_claims": claims,
        "claimants": [
            claimant("hrana", name="Human Rights Activists News Agency (HRANA)", country_code="US", wikidata_id="Q1", url="https://t.me/example_monitor"),
            claimant("ihrngo", name="Iran Human Rights (IHRNGO)", country_code="NO", wikidata_id="Q2", url="https://ihr.example.org"),
            claimant("iran-government", claimant_type="state_body", country_code="IR"),
            claimant("iran-martyrs-foundation", claimant_type="state_body", parent_claimant_id="iran-government"),
            claimant("reuters", claimant_type="news_outlet"),
            claimant("afp", claimant_type="news_outlet"),
            claimant("bbc", claimant_type="news_outlet", notes="Reserved for reports of its own."),
            claimant("bbc-persian", claimant_type="news_outlet", parent_claimant_id="bbc"),
            claimant("example-blog", claimant_type="author"),
            claimant("witness-rasht-1", claimant_type="witness", anonymity="unnamed"),
            claimant("doctor-k", claimant_type="medical_worker", anonymity="pseudonym", notes="The name is a pseudonym."),
            claimant("un-mission", claimant_type="un_body", notes="Reserved for its report."),
        ],
        "relays": [
            {"claim_id": f"{COPY}-c01", "hop": "1", "claimant_id": "reuters", "role": "relayed_by", "document_id": REUTERS},
            {"claim_id": f"{COPY}-c01", "hop": "2", "claimant_id": "afp", "role": "translated_by"},
            {"claim_id": f"{STATE}-c01", "hop": "1", "claimant_id": "iran-government", "role": "spokesperson"},
            {"claim_id": f"{BLOG}-c01", "hop": "1", "claimant_id": "bbc-persian", "role": "cited_by", "document_id": CITED},
        ],
        "claim_relations": [
            relation(f"{FULL}-c02", "part_of", f"{FULL}-c01"),
            relation(f"{FULL}-c03", "part_of", f"{FULL}-c01"),
            relation(f"{FULL}-c04", "part_of", f"{FULL}-c01"),
            relation(f"{FULL}-c13", "subset_of", f"{FULL}-c01"),
            relation(f"{FULL}-c06", "restates", f"{FULL}-c01"),
            relation(f"{FULL}-c01", "supersedes", f"{REUTERS}-c01"),
            relation(f"{COPY}-c01", "echoes", f"{REUTERS}-c01"),
            relation(f"{STATE}-c02", "part_of", f"{STATE}-c01"),
            relation(f"{STATE}-c03", "part_of", f"{STATE}-c01"),
            relation(f"{LIST}-c01", "mistranscribes", f"{STATE}-c02"),
            relation(f"{BLOG}-c01", "disputes", f"{STATE}-c01"),
            relation(f"{BLOG}-c02", "internal_conflict", f"{BLOG}-c01"),
        ],
        "evidence": [
            *full["evidence"],
            *(evidence(f"{row['claim_id']}-e1") for row in claims if row["document_id"] != FULL and row["record_status"] != "withheld"),
            evidence(f"{REUTERS}-rasht-strike-e1", document_id=REUTERS, event_id="rasht-strike-2026-01-06"),
        ],
        "number_mentions": full["number_mentions"],
        "excluded_documents": [
            {"source_url": "https://example.org/another-year", "publisher": "Example Outlet", "reason": "out_of_scope", "notes": "About 2022."},
            {"source_url": "https://example.org/toll-again", "reason": "duplicate_of", "document_id": COPY},
        ],
        "expected_reports": [
            {"series": "hrana-daily", "expected_date": "2026-01-25", "status": "expected_not_found"},
            {"series": "hrana-daily", "expected_date": "2026-01-26", "status": "collected", "document_id": FULL},
            {"series": "hrana-daily", "expected_date": "2026-01-27", "status": "publisher_silent", "notes": "It had said so."},
        ],
    }  # fmt: skip
    return with_derived(copy.deepcopy(rows))


# Packages by the hundred. Every choice is made so that the package is valid whatever else was chosen.

CLAIMANTS = ("hrana", "iran-government", "witness-1")
EVENTS = ("crackdown-2025-26", "killings-2026-01-08-09")
_FIRST_DAY = datetime.date(2026, 1, 10)

_KINDS = (
    {"casualty_type": "killed"}, {"casualty_type": "injured"}, {"casualty_type": "injured", "casualty_detail": "eye"},
    {"casualty_type": "detained", "casualty_detail": "ever_arrested"}, {"casualty_type": "missing"},
)  # fmt: skip
_GROUPS = (
    {"victim_role": "all", "includes_security_forces": "yes"}, {"victim_role": "all"}, {"victim_role": "unspecified"},
    {"victim_role": "protester", "includes_security_forces": "no"}, {"victim_role": "protester"},
    {"victim_role": "security_forces", "includes_security_forces": "yes"}, {"victim_role": "mixed", "victim_label": "martyrs"},
)  # fmt: skip
_STATUSES = ("confirmed", "documented", "estimate", "preliminary", "alleged", "unspecified")
_WORDINGS: dict[str, Callable[[int], str]] = {
    "exact": lambda n: f"{n:,}",
    "at_least": lambda n: f"at least {n:,}",
    "more_than": lambda n: f"more than {n:,}",
    "at_most": lambda n: f"up to {n:,}",
    "less_than": lambda n: f"fewer than {n:,}",
    "approximate": lambda n: f"about {n:,}",
}


@st.composite
def figures(draw: st.DrawFn, number: int) -> Cells:
    """The cells of a quantity of any kind; `number` is the number of those that have one."""
    bound = draw(st.sampled_from([*_WORDINGS, "range", "vague", "share", "unquantified"]))
    if bound in _WORDINGS:
        figure, quantity = _WORDINGS[bound](number), derive(bound, number)
    elif bound == "range":
        figure, quantity = f"between {number:,} and {2 * number:,}", derive(bound, low=number, high=2 * number)
    elif bound == "vague":
        word = draw(st.sampled_from(["dozens", "hundreds", "thousands"]))
        figure, quantity = word, derive(bound, vague_term=word)
    else:
        figure, quantity = {"share": "the majority", "unquantified": ""}[bound], derive(bound)
    return {"figure_text": figure, **{name: _cell(cell) for name, cell in vars(quantity).items()}}


@st.composite
def claims_of(draw: st.DrawFn, document_id: str, position: int, published: datetime.date) -> Cells:
    """A claim of a document, distinct in its number from every other."""
    row = claim(f"{document_id}-c{position:02}", "1", value=1)
    number = 1000 * draw(st.integers(2, 9)) + 10 * int(document_id.rpartition("-")[2]) + position
    as_of = published - datetime.timedelta(draw(st.integers(0, 1)))
    row |= draw(figures(number)) | {
        "claimant_id": draw(st.sampled_from(CLAIMANTS)),
        "as_of_date": as_of.isoformat(),
        "claimant_status": draw(st.sampled_from(_STATUSES)),
    }
    if draw(st.booleans()):  # else of the scope that most claims are of: two claims of random scopes hardly ever meet
        row |= draw(st.sampled_from(_KINDS)) | draw(st.sampled_from(_GROUPS))
        row |= {
            "event_id": draw(st.sampled_from(EVENTS)),
            "victim_age_group": draw(st.sampled_from(["all", "child", "unspecified"])),
            "victim_sex": draw(st.sampled_from(["all", "female"])),
            "time_frame": draw(st.sampled_from(["cumulative", "single_event", "unspecified"])),
            "modality": draw(st.sampled_from(["asserted", "reported", "possible"])),
        }
    return row


def _repeat(row: Cells, claim_id: str, as_of: str) -> Cells:
    return {**row, "claim_id": claim_id, "document_id": claim_id.rpartition("-c")[0], "as_of_date": as_of}


@st.composite
def packages(draw: st.DrawFn) -> Package:
    """A whole valid package: up to four documents, read in full, in part or not at all, with claims that repeat each other."""
    rows: Package = {
        name: []
        for name in ("documents", "casualty_claims", "relays", "claim_relations", "evidence", "number_mentions")
    }
    published = _FIRST_DAY
    for i in range(draw(st.integers(1, 4))):
        access = draw(st.sampled_from(["excerpt", "excerpt", "full_text", "not_read"]))
        published += datetime.timedelta(draw(st.integers(0, 3)))
        row = document(f"outlet-{i}", published_date=published.isoformat(), text_access=access)
        if access == "not_read":
            row |= {"retrieved_date": ""}
        if access == "full_text":
            row |= {"text_sha256": sha256(row["document_id"]), "text_characters": "5000"}
        rows["documents"].append(row)
        if access != "not_read":
            _add_claims(draw, rows, row, published)
    rows["claimants"] = [
        claimant("hrana", notes="Reserved."), claimant("iran-government", claimant_type="state_body", notes="Reserved."),
        claimant("witness-1", claimant_type="witness", anonymity="unnamed", notes="Reserved."), claimant("afp", notes="Reserved."),
    ]  # fmt: skip
    rows["events"] = [
        event("crackdown-2025-26", parent_event_id="", start_date="2025-12-28"),
        event("killings-2026-01-08-09", notes="Reserved."),
    ]
    return with_derived(rows)


def _add_claims(draw: st.DrawFn, rows: Package, document_row: Cells, published: datetime.date) -> None:
    document_id = document_row["document_id"]
    earlier = [
        row
        for row in rows["casualty_claims"]
        if not any(r["claim_id"] == row["claim_id"] and r["relation"] == "echoes" for r in rows["claim_relations"])
    ]
    own = [draw(claims_of(document_id, n, published)) for n in range(1, draw(st.integers(1, 3)) + 1)]
    if draw(st.booleans()):
        own.append(_repeat(own[0], f"{document_id}-c08", own[0]["as_of_date"]))
        rows["claim_relations"].append(relation(f"{document_id}-c08", "restates", own[0]["claim_id"]))
    if earlier and draw(st.booleans()):
        origin = draw(st.sampled_from([row for row in earlier if not row["claim_id"].endswith("c08")]))
        echo = _repeat(origin, f"{document_id}-c09", max(origin["as_of_date"], published.isoformat()))
        own.append(echo)
        rows["claim_relations"].append(relation(echo["claim_id"], "echoes", origin["claim_id"]))
        rows["relays"].append(
            {
                "claim_id": echo["claim_id"],
                "hop": "1",
                "claimant_id": "afp",
                "role": "relayed_by",
                "document_id": origin["document_id"],
            }
        )
    for i, row in enumerate(own):
        rows["casualty_claims"].append(row)
        offsets = (
            {"start": str(100 * i), "end": str(100 * i + 90)} if document_row["text_access"] == "full_text" else {}
        )
        rows["evidence"].append(evidence(f"{row['claim_id']}-e1", **offsets))
        if offsets:
            rows["number_mentions"] += _mentions(row, 100 * i)
    if document_row["text_access"] == "full_text":
        rows["number_mentions"].append(
            {"document_id": document_id, "start": "4000", "end": "4002", "text": "26", "category": "date"}
        )


def _mentions(row: Cells, start: int) -> list[Cells]:
    words = [word for word in row["figure_text"].split() if word[0].isdigit() or row["bound"] == "vague"]
    return [
        {"document_id": row["document_id"], "start": str(start + 20 * n), "end": str(start + 20 * n + len(word)), "text": word,
         "category": "casualty", "claim_id": row["claim_id"]}
        for n, word in enumerate(words)
    ]  # fmt: skip
