"""The data that the page embeds: every claim, document and claimant once, everything else by their place in these lists."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from schemas.quantities.model import implied_interval
from scripts._report.consistency import Contradiction
from scripts._report.echoes import Figure, slips
from scripts._report.ladder import SHAPES, Ladder, hollow
from scripts._report.package import Package, Row
from scripts._report.sentences import basis, date_label, done, period, sentence, short_name, whom, words

EPOCH = datetime.date(1970, 1, 1)
FORCES = {"yes": "in", "no": "out", "unknown": ""}


def embedded(
    package: Package,
    charts: list[Ladder],
    coloured: list[str],
    figures: list[Figure],
    found: list[Contradiction],
    coverage: list[Row],
) -> Row:
    """What the page's script reads."""
    documents, claimants = list(package.documents), list(package.claimants)
    at_document = {key: i for i, key in enumerate(documents)}
    at_claimant = {key: i for i, key in enumerate(claimants)}
    at = {key: i for i, key in enumerate(package.claims)}
    titles = {entry["series"]: entry["title"] for entry in coverage}
    return {
        "documents": _documents(package),
        "claimants": {
            "name": [row["name"] for row in package.claimants.values()],
            "short": [short_name(row["name"]) for row in package.claimants.values()],
        },
        "claims": _claims(package, at, at_document, at_claimant),
        "coloured": [at_claimant[key] for key in coloured],
        "charts": [_chart(ladder, at, at_claimant) for ladder in charts],
        "figures": [
            [f.documents, [[at[claim] for claim in members] for members in f.origins.values()]] for f in figures
        ],
        "pairs": _pairs(found, at),
        "days": [
            [titles[row["series"]], number(row["expected_date"]), row["status"], _at(at_document, row["document_id"])]
            for entry in coverage
            for row in entry["rows"]
        ],
    }


def number(date: datetime.date | None) -> int | None:
    """A day as its number since 1970-01-01."""
    return None if date is None else (date - EPOCH).days


def web(url: str | None) -> str | None:
    """An address that a link may lead to; nothing but http and https."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _at(places: dict[str, int], key: str | None) -> int | None:
    return None if key is None else places[key]


def _documents(package: Package) -> Row:
    rows = list(package.documents.values())
    return {
        "id": [row["document_id"] for row in rows],
        "title": [row["title"] for row in rows],
        "publisher": packed([row["publisher"] for row in rows]),
        "language": packed([row["language"] for row in rows]),
        "url": [web(row["source_url"]) for row in rows],
        "published": packed([date_label(row["published_date"], row["published_precision"]) for row in rows]),
    }


def _claims(package: Package, at: dict[str, int], at_document: dict[str, int], at_claimant: dict[str, int]) -> Row:
    claims = list(package.claims.values())
    said = [sentence(package, claim) for claim in claims]
    slip = slips(package)
    columns: dict[str, Sequence[Any]] = {
        "id": [claim["claim_id"].removeprefix(claim["document_id"] + "-") for claim in claims],
        "document": [at_document[claim["document_id"]] for claim in claims],
        "who": [at_claimant[claim["claimant_id"]] for claim in claims],
        "type": [words(claim["casualty_type"]) for claim in claims],
        "whom": [whom(claim) for claim in claims],
        "done": [done(claim) for claim in claims],
        "figure": [claim["figure_text"] or "" for claim in claims],
        "value": [claim["value"] for claim in claims],
        "low": [claim["low"] for claim in claims],
        "high": [claim["high"] for claim in claims],
        "vague": [claim["vague_term"] and words(claim["vague_term"]) for claim in claims],
        "shape": ["denied" if claim["modality"] == "denied" else SHAPES.get(claim["bound"], "") for claim in claims],
        "hollow": [int(hollow(claim)) for claim in claims],
        "faint": [int(claim["modality"] != "asserted") for claim in claims],
        "basis": [basis(claim) for claim in claims],
        "period": [period(package, claim) for claim in claims],
        "start": [number(claim["period_start"]) for claim in claims],
        "asof": [number(claim["as_of_date"]) for claim in claims],
        "day": [
            date_label(claim["as_of_date"], claim["as_of_precision"], claim["as_of_basis"] == "publication_bound")
            for claim in claims
        ],
        "forces": [FORCES.get(claim["includes_security_forces"], "") for claim in claims],
        "origin": [at[package.origin[key]] for key in package.claims],
        "first": [number(package.first_seen(key)) for key in package.claims],
        "slip": [_at(at, slip.get(key)) for key in package.claims],
        "before": [s.before for s in said],
        "after": [s.after for s in said],
    }
    return {name: packed(column) for name, column in columns.items()}


def packed(column: Sequence[Any]) -> Any:
    """A column as it is or, if that is shorter, as its different cells and the place of each."""
    at = {cell: i for i, cell in enumerate(dict.fromkeys(column))}
    folded = {"cells": list(at), "at": [at[cell] for cell in column]}
    plain = list(column)
    return plain if len(compact(plain)) <= len(compact(folded)) else folded


def _chart(ladder: Ladder, at: dict[str, int], at_claimant: dict[str, int]) -> Row:
    return {
        "key": ladder.scope.key,
        "marks": [[at[claim] for claim in mark.same] for mark in ladder.marks],
        "lines": [[at_claimant[key], [at[row["claim_id"]] for row in rows]] for key, rows in ladder.lines.items()],
    }


def _pairs(found: list[Contradiction], at: dict[str, int]) -> Row:
    """Columns: the claim with the floor, the one with the ceiling, pairs folded into it, what is assumed."""
    assumptions = [", ".join(map(assumption, c.assumes)) for c in found]
    ends = [(c.claim, c.other) if is_floor(c.claim, c.other) else (c.other, c.claim) for c in found]
    return {
        "floor": [at[floor["claim_id"]] for floor, _ in ends],
        "ceiling": [at[ceiling["claim_id"]] for _, ceiling in ends],
        "pairs": [c.pairs for c in found],
        "assumes": packed(assumptions),
    }


def is_floor(claim: Row, other: Row) -> bool:
    """Whether it is this claim's floor that lies above the other's ceiling."""
    low, high = implied_interval(claim)[0], implied_interval(other)[1]
    return low is not None and high is not None and low > high and claim["as_of_date"] <= other["as_of_date"]


def assumption(column: str) -> str:
    """A column of the scope that had to be taken as equal, in words."""
    said = {
        "victim_role": "who the victims were",
        "victim_age_group": "their age",
        "victim_sex": "their sex",
        "includes_security_forces": "whether security forces are counted",
        "as_of_date": "the exact day",
    }
    return said.get(column, words(column))


def compact(data: Any) -> str:
    """JSON without blanks."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
