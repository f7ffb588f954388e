"""Which claims cannot both hold: pairs folded to what two claimants said, and who could be compared with whom at all."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from schemas.inconsistencies import DETAILS_THAT_MAY_FALL, EXACT_SCOPE, OPEN_SCOPE, TYPES_THAT_MAY_FALL, same_or_open
from schemas.quantities.model import implied_interval
from scripts._report.package import Package, Row

MATRIX = 20


@dataclass
class Contradiction:
    """A pair of claims that stands for every pair in which the same two claimants say the same two things."""

    claim: Row
    other: Row
    assumes: tuple[str, ...]
    pairs: int = 0


def contradictions(package: Package) -> list[Contradiction]:
    """Folded pairs, the most pressing first: fewest assumptions, the whole crackdown before a part, the most carried."""
    folded: dict[tuple[Any, ...], Contradiction] = {}
    for row in package.inconsistencies:
        claim, other = package.claims[row["claim_id"]], package.claims[row["other_claim_id"]]
        assumes = tuple((row["assumes"] or "").split())
        found = Contradiction(claim, other, assumes)
        kept = folded.setdefault((_said(claim), _said(other)), found)
        if len(assumes) < len(kept.assumes):
            kept.claim, kept.other, kept.assumes = claim, other, assumes
        kept.pairs += 1
    return sorted(folded.values(), key=lambda found: _pressing(package, found))


def _pressing(package: Package, found: Contradiction) -> tuple[Any, ...]:
    carried = sorted(len(package.assertion[package.origin[side["claim_id"]]]) for side in (found.claim, found.other))
    return (
        len(found.assumes),
        found.claim["event_id"] != package.main_event,
        found.claim["claimant_id"] == found.other["claimant_id"],
        *(-claims for claims in carried),
        found.claim["claim_id"],
        found.other["claim_id"],
    )


def _said(claim: Row) -> tuple[Any, ...]:
    return (claim["claimant_id"], *(claim[c] for c in EXACT_SCOPE), *implied_interval(claim), claim["as_of_date"])


def compared(package: Package) -> set[frozenset[str]]:
    """Pairs of claimants (or one with itself) of whom a floor met a ceiling of the same day or later in one scope."""
    # scope -> open parts -> claimant -> earliest claim with a floor, latest with a ceiling, and how many there are
    scopes: dict[tuple[Any, ...], dict[tuple[Any, ...], dict[str, _Reach]]] = defaultdict(lambda: defaultdict(dict))
    for claim_id, origin in package.origin.items():
        claim = package.claims[claim_id]
        low, high = implied_interval(claim)
        if claim_id != origin or not _can_only_grow(claim) or (low is None and high is None):
            continue
        groups = scopes[tuple(claim[c] for c in EXACT_SCOPE)]
        reach = groups[tuple(claim[c] for c in OPEN_SCOPE)].setdefault(claim["claimant_id"], _Reach())
        reach.add(claim, low, high)
    pairs: set[frozenset[str]] = set()
    for groups in scopes.values():
        for one, other in combinations_with_replacement(sorted(groups), 2):
            if not same_or_open(one, other):
                continue
            for a, reach_a in groups[one].items():
                for b, reach_b in groups[other].items():
                    if reach_a.meets(reach_b) or reach_b.meets(reach_a):
                        pairs.add(frozenset((a, b)))
    return pairs


def _can_only_grow(claim: Row) -> bool:
    return (
        claim["time_frame"] == "cumulative"
        and claim["as_of_date"] is not None
        and claim["casualty_type"] not in TYPES_THAT_MAY_FALL
        and claim["casualty_detail"] not in DETAILS_THAT_MAY_FALL
    )


class _Reach:
    """The earliest floors and latest ceilings of a claimant in one scope; two of each, as no claim meets itself."""

    def __init__(self) -> None:
        self.floors: list[tuple[Any, str]] = []
        self.ceilings: list[tuple[Any, str]] = []

    def add(self, claim: Row, low: int | None, high: int | None) -> None:
        key = (claim["as_of_date"], claim["claim_id"])
        if low is not None:
            self.floors = sorted([*self.floors, key])[:2]
        if high is not None:
            self.ceilings = sorted([*self.ceilings, key])[-2:]

    def meets(self, other: "_Reach") -> bool:
        """Whether a floor of this one is of the day of one of the other's ceilings, or earlier."""
        return any(f[0] <= c[0] and f[1] != c[1] for f in self.floors for c in other.ceilings)


def matrix(package: Package, found: list[Contradiction]) -> Row:
    """Claimant by claimant: `no` (cannot both hold), `if` (cannot unless scopes differ), `yes` (compared, no contradiction), or empty."""
    verdicts: dict[frozenset[str], str] = dict.fromkeys(compared(package), "yes")
    counts: dict[frozenset[str], int] = defaultdict(int)
    for c in found:
        pair = frozenset((c.claim["claimant_id"], c.other["claimant_id"]))
        counts[pair] += 1
        if verdicts.get(pair) != "no":
            verdicts[pair] = "if" if c.assumes else "no"
    rank: dict[str, tuple[int, int, int]] = {}
    for claimant in {claimant for pair in verdicts for claimant in pair}:
        mine = [verdict for pair, verdict in verdicts.items() if claimant in pair]
        rank[claimant] = (-mine.count("no"), -mine.count("if"), -len(mine))
    order = sorted(rank, key=lambda claimant: (rank[claimant], claimant))
    return {"claimants": order[:MATRIX], "left_out": order[MATRIX:], "verdicts": verdicts, "counts": counts}
