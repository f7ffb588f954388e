"""Curated records of documents that never were, enough to have every kind of row. The texts are the tests' own."""

from typing import Any

from schemas.anchors import make_anchor

TEXT = """Example Monitor said on 10 January 2026 that at least 1,204 people had been killed, including 1,100 protesters
and 104 members of the security forces. It is looking into 77 more deaths. In Sampletown a man was shot in front of a bakery.
The ministry had spoken of 900 dead in all. Thousands were detained, the monitor added, and twelve of them are children."""


def evidence(quote: str, figure: str | None = None) -> list[dict[str, str]]:
    """An anchor as it stands in a record."""
    anchor, _ = make_anchor(quote, figure)
    return [{"token_count": str(anchor.token_count), "token_sha256": anchor.token_sha256}]


def claim(number: int, figure: str | None, quote: str, **fields: Any) -> dict[str, Any]:
    """A claim of the example monitor, as of 10 January, unless the fields say otherwise."""
    usual = {
        "claimant_id": "example-monitor",
        "event_id": "example-crackdown",
        "casualty_type": "killed",
        "victim_role": "all",
        "time_frame": "cumulative",
        "as_of_date": "2026-01-10",
        "as_of_precision": "exact_day",
        "as_of_basis": "stated",
    }
    figured = {"figure_text": figure} if figure else {}
    return {"id": f"c{number:02d}", **usual, **figured, **fields, "evidence": evidence(quote, figure)}


DOCUMENTS: list[dict[str, Any]] = [
    {
        "document_id": "example-monitor-2026-01-10-toll",
        "title": "Toll of the tenth of January",
        "publisher": "Example Monitor",
        "publisher_type": "ngo_monitor",
        "document_type": "daily_update",
        "language": "en",
        "source_url": "https://example.org/toll-10",
        "published_date": "2026-01-10",
        "published_precision": "exact_day",
        "published_basis": "stated",
        "retrieved_date": "2026-01-20",
        "text_access": "excerpt",
        "copy_status": "original",
        "claims": [
            claim(1, "at least 1,204", "said on 10 January 2026 that at least 1,204 people had been killed", includes_security_forces="yes"),
            claim(2, "1,100", "had been killed, including 1,100 protesters and 104", victim_role="protester", includes_security_forces="no",
                  relations=[{"relation": "part_of", "claim_id": "c01"}]),
            claim(3, "104", "1,100 protesters and 104 members of the security forces", victim_role="security_forces",
                  includes_security_forces="yes", relations=[{"relation": "part_of", "claim_id": "c01"}]),
            claim(4, "77", "It is looking into 77 more deaths", claimant_status="under_review"),
            claim(5, "a man", "In Sampletown a man was shot in front of a bakery", event_id="example-shooting", victim_sex="male",
                  victim_age_group="adult", victim_role="unspecified", time_frame="single_event"),
            claim(6, "900", "The ministry had spoken of 900 dead in all", claimant_id="example-ministry", claimant_status="official",
                  relays=[{"claimant_id": "example-monitor", "role": "cited_by"}]),
            claim(7, "Thousands", "Thousands were detained, the monitor added", casualty_type="detained", casualty_detail="ever_arrested", victim_role="unspecified"),
        ],
        "events": [{"event_id": "example-shooting", "evidence": evidence("In Sampletown a man was shot in front of a bakery")}],
    },
    {
        "document_id": "example-gazette-2026-01-11-echo",
        "title": "Monitor counts the dead",
        "publisher": "Example Gazette",
        "publisher_type": "news_outlet",
        "document_type": "news_article",
        "language": "en",
        "source_url": "https://example.net/echo",
        "published_date": "2026-01-11",
        "published_precision": "exact_day",
        "published_basis": "stated",
        "retrieved_date": "2026-01-20",
        "text_access": "excerpt",
        "copy_status": "rewritten_copy",
        "claims": [
            claim(1, "At least 1,204", "At least 1,204 people are dead, says Example Monitor", relays=[{"claimant_id": "example-agency", "role": "relayed_by"}],
                  relations=[{"relation": "echoes", "claim_id": "example-monitor-2026-01-10-toll-c01"}]),
        ],
    },
]  # fmt: skip

CLAIMANTS = [
    {
        "claimant_id": "example-monitor",
        "name": "Example Monitor",
        "aliases": ["EM"],
        "claimant_type": "ngo_monitor",
        "country_code": "NO",
        "anonymity": "named",
    },
    {
        "claimant_id": "example-ministry",
        "name": "Example Ministry",
        "claimant_type": "state_body",
        "country_code": "IR",
        "anonymity": "named",
    },
    {"claimant_id": "example-agency", "name": "Example Agency", "claimant_type": "news_outlet", "anonymity": "named"},
]

EVENTS = [
    {
        "event_id": "example-crackdown",
        "event_type": "crackdown",
        "title": "The crackdown as a whole",
        "start_date": "2025-12-28",
        "date_precision": "exact_day",
        "date_basis": "stated",
        "country_code": "IR",
        "place_precision": "national",
    },
    {
        "event_id": "example-shooting",
        "parent_event_id": "example-crackdown",
        "event_type": "lethal_force",
        "title": "A shooting",
        "start_date": "2026-01-09",
        "date_precision": "exact_day",
        "date_basis": "inferred",
        "country_code": "IR",
        "admin1_code": "IR-23",
        "place_name": "Sampletown",
        "place_precision": "locality",
    },
]

SERIES = [
    {
        "series": "example-daily",
        "title": "The example monitor's daily toll",
        "claimant_ids": ["example-monitor"],
        "event_ids": ["example-crackdown"],
        "casualty_type": "killed",
        "first": "2026-01-09",
        "last": "2026-01-11",
        "silent": [{"first": "2026-01-11", "last": "2026-01-11", "notes": "It had said that it would not report."}],
    }
]
