"""How a figure travelled: its origins, and the documents that carry each."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from scripts._report.package import Package, Row


@dataclass(frozen=True)
class Figure:
    """One number (or range, or quantity word) of one type and event, and the assertions that state it."""

    claim: Row
    origins: dict[str, list[str]]
    documents: int


def figures(package: Package) -> list[Figure]:
    """Every figure that more than one document carries, those in most documents first."""
    claims: dict[tuple[Any, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for origin, members in package.assertion.items():
        for claim_id in members:
            claim = package.claims[claim_id]
            number = (
                (claim["value"], None, None, None)
                if claim["value"] is not None
                else (None, claim["low"], claim["high"], claim["vague_term"])
            )
            if any(part is not None for part in number):
                claims[(claim["event_id"], claim["casualty_type"], *number)][origin].append(claim_id)
    found = []
    for by_origin in claims.values():
        carried = {package.claims[claim]["document_id"] for members in by_origin.values() for claim in members}
        if len(carried) > 1:
            ordered = dict(sorted(by_origin.items(), key=lambda item: (-len(item[1]), package.published(item[0]))))
            found.append(Figure(package.claims[next(iter(ordered))], ordered, len(carried)))
    found.sort(key=lambda figure: (-figure.documents, len(figure.origins), figure.claim["claim_id"]))
    return found


def slips(package: Package) -> dict[str, str]:
    """claim_id -> the claim that it carries with a slip."""
    return {row["claim_id"]: row["other_claim_id"] for row in package.relations if row["relation"] == "mistranscribes"}
