"""Stated parts against the stated total that they are parts of, and what remains."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from scripts._report.package import Package, Row


@dataclass
class Partition:
    """A total, its parts, and the other totals of the same claimant that say exactly the same."""

    whole: Row
    parts: list[Row]
    same: list[str] = field(default_factory=list)

    @property
    def added(self) -> int | None:
        """What the stated parts come to; None if one of them, or the total, is not one number."""
        values = [part["value"] for part in self.parts]
        return sum(values) if self.whole["value"] is not None and None not in values else None

    @property
    def remainder(self) -> int | None:
        """The stated total less its stated parts; negative if they exceed it."""
        return None if self.added is None else int(self.whole["value"]) - self.added

    @property
    def exact(self) -> bool:
        """Whether the total and every part are stated as the number itself."""
        return all(claim["bound"] == "exact" for claim in (self.whole, *self.parts))


def partitions(package: Package) -> list[Partition]:
    """Every total with parts, each once however many documents carry it: the largest remainders first, then what most documents carry."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for link in package.relations:
        if link["relation"] == "part_of":
            parts[link["other_claim_id"]].append(package.claims[link["claim_id"]])
    folded: dict[tuple[Any, ...], Partition] = {}
    for whole_id in sorted(parts, key=package.published):
        whole = package.claims[whole_id]
        mine = sorted(parts[whole_id], key=lambda part: (-(part["value"] or 0), _said(part)))
        kept = folded.setdefault((_said(whole), *map(_said, mine)), Partition(whole, mine))
        kept.same.append(whole_id)

    def rank(partition: Partition) -> tuple[Any, ...]:
        whole, remainder = partition.whole, partition.remainder
        gap = -abs(remainder) if remainder is not None else 1
        return (gap, -len(partition.same), -(whole["value"] or 0), whole["claim_id"])

    return sorted(folded.values(), key=rank)


def _said(claim: Row) -> tuple[Any, ...]:
    columns = (
        "claimant_id",
        "as_of_date",
        "value",
        "low",
        "high",
        "casualty_type",
        "victim_role",
        "victim_age_group",
        "victim_sex",
    )
    return tuple(str(claim[column]) for column in columns)
