"""Propose which claims echo which, and put what has been decided into the records.

A proposal is a group of claims that give the same figure of the same claimant for the same kind of casualty, each in another document,
with the one that looks like the origin first. Nobody can decide from that alone whether a page repeats another: each proposal is looked at on the
pages, and only what is marked is written into a record.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from schemas.inconsistencies import is_own_document
from schemas.vocabularies import RELATION
from scripts._curated import CURATED, read_document
from scripts._files import write_files
from scripts._package import read_rows
from scripts._problems import Findings, Unreadable, main
from scripts._yaml import dump_yaml, read_yaml
from scripts.seal import record_text

Row = dict[str, str]

#: What claims must have in common to be proposed as one assertion; parts of the scope that a page leaves open may differ.
SAME = ("claimant_id", "casualty_type", "casualty_detail", "value", "low", "high", "event_id")
_LATEST = date.max.isoformat()


def groups(rows: dict[str, list[Row]], days: int) -> Iterator[list[Row]]:
    """Groups of claims that may be one assertion, origin first, those with most documents first.

    Repeats within a document, claims that have a relation to another document already, and figures without a number are left out.
    """
    documents = {row["document_id"]: row for row in rows["documents"]}
    decided = {
        row["claim_id"]
        for row in rows["claim_relations"]
        if row["relation"] in ("restates", "echoes", "mistranscribes")
    }
    alike: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for claim in rows["casualty_claims"]:
        if (
            claim["record_status"] == "active"
            and claim["claim_id"] not in decided
            and (claim["low"] or claim["high"] or claim["value"])
        ):
            alike[tuple(claim[name] for name in SAME)].append(claim)
    found = []
    for claims in alike.values():
        claims.sort(key=lambda claim: _nearness_to_origin(claim, documents[claim["document_id"]]))
        for group in _close_in_time(claims, days):
            one_each = list({claim["document_id"]: claim for claim in reversed(group)}.values())[::-1]
            if len(one_each) > 1:
                found.append(one_each)
    return iter(sorted(found, key=lambda group: (-len(group), group[0]["claim_id"])))


def _nearness_to_origin(claim: Row, document: Row) -> tuple[Any, ...]:
    """The claimant's own document first, then copies of it, then the earliest."""
    copied = document["copy_status"] in ("repost", "translation") and document["document_type"] in (
        "daily_update",
        "report",
    )
    own = is_own_document(claim["claimant_id"], document)
    published = document["published_date"] if document["published_precision"] == "exact_day" else _LATEST
    return (not own, not copied, published or _LATEST, claim["claim_id"])


def _close_in_time(claims: list[Row], days: int) -> Iterator[list[Row]]:
    """Cut a list where firm as-of dates are further than `days` apart; a claim without one joins the first group."""
    left = list(claims)
    while left:
        anchor = next(filter(None, map(_firm_date, left)), "")
        near = [claim for claim in left if _apart(anchor, _firm_date(claim)) <= days]
        yield near
        left = [claim for claim in left if claim not in near]


def _firm_date(claim: Row) -> str:
    """The as-of date if the document gives it, not if it was only bounded by publication or inferred."""
    return claim["as_of_date"] if claim["as_of_basis"] in ("stated", "day_number", "calendar_converted") else ""


def _apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) if one and other else 0


def proposal(group: list[Row], documents: dict[str, Row]) -> dict[str, Any]:
    """A group as a person decides on it."""

    def shown(claim: Row) -> str:
        document = documents[claim["document_id"]]
        facts = (
            claim["victim_role"],
            claim["victim_age_group"],
            claim["victim_sex"],
            claim["claimant_status"],
            claim["modality"],
        )
        dates = f"as of {claim['as_of_date'] or '?'} ({claim['as_of_basis']}), published {document['published_date'] or '?'}"
        return f"{claim['figure_text']} | {claim['bound']} | {' '.join(facts)} | {dates} | {document['publisher']} {document['copy_status']} | {claim['notes']}"

    first, *others = group
    return {
        "claimant": first["claimant_id"],
        "type": f"{first['casualty_type']} {first['casualty_detail']}".strip(),
        "origin": first["claim_id"],
        "origin_says": shown(first),
        "candidates": [
            {"claim_id": claim["claim_id"], "says": shown(claim), "relation": "undecided"} for claim in others
        ],
    }


def apply(decisions: Iterable[dict[str, Any]], folder: Path) -> dict[str, bytes]:
    """Records (path -> bytes) with the decided relations added. Raises Findings for an unknown claim or relation."""
    by_document: defaultdict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    faults = []
    for decision in decisions:
        for candidate in decision["candidates"]:
            relation = candidate["relation"]
            if relation in ("undecided", "none"):
                continue
            if relation not in RELATION.names:
                faults.append(
                    f"{candidate['claim_id']}: {relation!r} is not a relation; write one of {', '.join(RELATION.names)} or none"
                )
            document_id, _, claim = candidate["claim_id"].rpartition("-")
            note = {"notes": candidate["notes"]} if candidate.get("notes") else {}
            by_document[document_id].append(
                (claim, {"relation": relation, "claim_id": candidate.get("origin", decision["origin"]), **note})
            )
    files = {}
    for document_id, added in sorted(by_document.items()):
        path = folder / "documents" / f"{document_id}.yaml"
        source, messages = read_document(path)
        if source is None:
            faults += messages
            continue
        claims = {claim["id"]: claim for claim in source.data["claims"]}
        for claim_id, entry in added:
            if claim_id not in claims:
                faults.append(f"{path}: there is no claim {claim_id!r}")
            elif entry["claim_id"] not in {r["claim_id"] for r in claims[claim_id]["relations"]}:
                claims[claim_id]["relations"].append(entry)
        files[str(path)] = record_text(source.data).encode()
    if faults:
        raise Findings(faults)
    return files


def echoes(
    decisions: Annotated[
        Path | None,
        typer.Option("--apply", help="A list of proposals in which relations are decided: put them into the records."),
    ] = None,
    days: Annotated[int, typer.Option(help="How far apart as-of dates of one assertion may be.")] = 3,
    claimant: Annotated[str | None, typer.Option(help="Only this claimant's figures.")] = None,
) -> None:
    """Print proposals as YAML or, with --apply, write what was decided."""
    if decisions:
        data, _ = read_yaml(decisions)
        if not isinstance(data, list):
            raise Unreadable(f"{decisions}: must be a list of proposals, as this command prints them")
        files = apply(data, CURATED)
        write_files(Path(), files)
        typer.echo(f"{len(files)} records changed.")
        return
    rows = read_rows(Path(), ("documents", "casualty_claims", "claim_relations"))
    documents = {row["document_id"]: row for row in rows["documents"]}
    proposals = [
        proposal(group, documents) for group in groups(rows, days) if claimant in (None, group[0]["claimant_id"])
    ]
    typer.echo(dump_yaml(proposals), nl=False)


if __name__ == "__main__":
    main(echoes)
