"""Which claims cannot both hold, and which claim of an assertion stands for it.

Kept apart from the rules because nothing here is a fault of the data: two claims that contradict each other are both
right as records. The build writes the result, a rule compares it, users call it on claims of their own. The tables may
be frames of any kind that Narwhals knows (pandas, Polars, DuckDB, PySpark); from there on it is plain Python.
"""

import datetime
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pandas as pd

from schemas.quantities.model import implied_interval

REPEATS = ("echoes", "restates")
"""Relations by which a claim carries what another claim carries already."""

PARTS = ("part_of", "subset_of")
"""Relations that put a claim within a larger one."""

DEEPEST_PART = 6
"""Parts of parts are followed so far: more than any document nests them, few enough for a hostile chain to cost little."""

EXACT_SCOPE = ("event_id", "casualty_type", "casualty_detail")
"""Parts of a scope that are always stated. An empty detail is the wider group, not an unknown narrower one."""

OPEN_SCOPE = {
    "victim_role": "unspecified",
    "victim_age_group": "unspecified",
    "victim_sex": "unspecified",
    "includes_security_forces": "unknown",
}
"""Parts of a scope that a claim may leave open, and the term that says so."""

OPEN_READINGS = {"victim_role": ("all", "protester")}
"""What an open part may be taken for, where not everything will do: "2,571 people" are all or the protesters, but nobody
says it of bystanders or security forces alone."""

TYPES_THAT_MAY_FALL = ("missing", "facing_execution")
DETAILS_THAT_MAY_FALL = ("held_now",)
"""States that end, so that fewer people later contradict nothing even where a claim calls its figure cumulative."""

COLUMNS = ("claim_id", "other_claim_id", "reason", "assumes")

Row = dict[str, Any]


def inconsistencies(claims: Any, relations: Any, documents: Any) -> pd.DataFrame:
    """Pairs of claims that cannot both hold: `claim_id`, `other_claim_id`, `reason`, `assumes`, sorted, each pair once.

    The arguments are the tables casualty_claims, claim_relations and documents. Only active, cumulative claims with an
    as-of date that are the origin of their assertion take part. `claim_id` is the claim of the earlier as-of date or,
    on the same day, the first by identifier. `assumes` names, blank-separated, the columns of the scope that had to be
    taken as equal because a claim does not say, and `as_of_date` where the order of the two days is not certain: one
    of them is not exact, or that of the ceiling is only bounded by publication.

    A claim that `part_of` or `subset_of` puts within another is of a narrower scope, whatever it leaves unsaid: it is
    never paired with its whole, nor with another part of it that does not say the same of whom it counts.
    """
    rows = rows_of(claims)
    links = rows_of(relations)
    origin = origins(rows, links, documents)
    wholes = _wholes(links, origin)
    growing = [row for row in rows if origin.get(row["claim_id"]) == row["claim_id"] and _can_only_grow(row)]
    found = _contradictions(map(_Commitment.of, growing))
    pairs = [pair.row() for pair in found if not _part_of_each_other(pair, wholes)]
    pairs.sort(key=lambda pair: (pair["claim_id"], pair["other_claim_id"]))
    return pd.DataFrame({name: pd.Series([pair[name] for pair in pairs], dtype="string") for name in COLUMNS})


def origins(claims: Any, relations: Any, documents: Any) -> dict[str, str]:
    """Active claim_id -> claim_id of the origin of its assertion; a claim that nothing repeats is its own origin.

    An assertion is the set of active claims that `echoes` and `restates` connect. Its origin is the claim in the
    claimant's own document, see `is_own_document`. Where there is none, or more than one, it is the claim that repeats
    no other; then the earliest by date of publication, by as-of date, by identifier, a missing date being the latest.
    """
    rows = {row["claim_id"]: row for row in rows_of(claims) if row["record_status"] == "active"}
    of_document = {row["document_id"]: row for row in rows_of(documents)}
    repeats = [
        (row["claim_id"], row["other_claim_id"])
        for row in rows_of(relations)
        if row["relation"] in REPEATS and row["claim_id"] in rows and row["other_claim_id"] in rows
    ]
    repeating = {claim for claim, other in repeats if claim != other}

    def rank(claim_id: str) -> tuple[Any, ...]:
        claim = rows[claim_id]
        document = of_document.get(claim["document_id"], {})
        own = is_own_document(claim["claimant_id"], document)
        dates = (document.get("published_date"), claim["as_of_date"])
        return (not own, claim_id in repeating, *(date or datetime.date.max for date in dates), claim_id)

    result = {}
    for members in assertions(rows, repeats):
        first = min(members, key=rank)
        result.update(dict.fromkeys(members, first))
    return result


def assertions(claim_ids: Iterable[str], repeats: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The claims grouped into what is connected by `repeats`, pairs of claim_ids; every claim is in one group."""
    leader = {claim: claim for claim in claim_ids}

    def lead(claim: str) -> str:
        while leader[claim] != claim:
            leader[claim] = claim = leader[leader[claim]]
        return claim

    for claim, other in repeats:
        leader[lead(claim)] = lead(other)
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in leader:
        groups[lead(claim)].append(claim)
    return list(groups.values())


def is_own_document(claimant_id: str, document: Mapping[str, Any]) -> bool:
    """Whether the claimant published or wrote the document.

    Its identifier tells, which is made from its name: the publisher's or author's name has that form, or it stands at
    the head of the document_id, before the date.
    """
    if re.match(rf"{re.escape(claimant_id)}-(20\d\d|undated)\b", document.get("document_id") or ""):
        return True
    names = (re.sub(r"\([^()]*\)", " ", document.get(column) or "") for column in ("publisher", "author"))
    return claimant_id in map(_slug, names)


def rows_of(table: Any) -> list[Row]:
    """A table as plain rows: missing cells None, dates `datetime.date`. Rows pass through as they are."""
    if isinstance(table, list):
        return table
    frame = nw.from_native(table, pass_through=False)
    collected = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    columns = {name: [plain_cell(cell) for cell in collected[name].to_list()] for name in collected.columns}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def plain_cell(cell: Any) -> Any:
    """A cell as a plain value: None if it is missing, a date as `datetime.date`."""
    if cell is None or cell is pd.NA or cell is pd.NaT or cell != cell:
        return None
    return cell.date() if isinstance(cell, datetime.datetime) else cell


def _slug(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", plain.casefold()))


def _can_only_grow(claim: Row) -> bool:
    return (
        claim["record_status"] == "active"
        and claim["time_frame"] == "cumulative"
        and claim["as_of_date"] is not None
        and claim["casualty_type"] not in TYPES_THAT_MAY_FALL
        and claim["casualty_detail"] not in DETAILS_THAT_MAY_FALL
    )


@dataclass(frozen=True)
class _Commitment:
    """A claim with what it implies: a floor, a ceiling, either or none."""

    claim: Row
    low: int | None
    high: int | None

    @classmethod
    def of(cls, claim: Row) -> "_Commitment":
        return cls(claim, *implied_interval(claim))

    @property
    def key(self) -> str:
        return str(self.claim["claim_id"])

    @property
    def as_of(self) -> datetime.date:
        return self.claim["as_of_date"]

    @property
    def open_scope(self) -> tuple[str, ...]:
        return tuple(self.claim[column] for column in OPEN_SCOPE)


@dataclass(frozen=True)
class _Contradiction:
    """A floor that lies above a ceiling of the same day or later."""

    floor: _Commitment
    ceiling: _Commitment

    def row(self) -> Row:
        parts = [
            (self.floor.as_of, self.floor.key, f"at least {self.floor.low} by {self.floor.as_of}"),
            (self.ceiling.as_of, self.ceiling.key, f"at most {self.ceiling.high} by {self.ceiling.as_of}"),
        ]
        (_, claim, first), (_, other, second) = sorted(parts)
        return {"claim_id": claim, "other_claim_id": other, "reason": f"{first}, but {second}", "assumes": self.assumes}

    @property
    def assumes(self) -> str | None:
        pair = (self.floor.claim, self.ceiling.claim)
        columns = [column for column, term in OPEN_SCOPE.items() if any(claim[column] == term for claim in pair)]
        exact = all(claim["as_of_precision"] == "exact_day" for claim in pair)
        if not exact or self.ceiling.claim["as_of_basis"] == "publication_bound":
            columns.append("as_of_date")
        return " ".join(columns) or None


def _contradictions(commitments: Iterable[_Commitment]) -> Iterator[_Contradiction]:
    """Every pair that cannot both hold. Only claims of one scope meet, and of those only the ones that contradict."""
    floors: dict[tuple[Any, ...], dict[tuple[str, ...], list[_Commitment]]] = defaultdict(lambda: defaultdict(list))
    ceilings: dict[tuple[Any, ...], dict[tuple[str, ...], list[_Commitment]]] = defaultdict(lambda: defaultdict(list))
    for commitment in commitments:
        scope = tuple(commitment.claim[column] for column in EXACT_SCOPE)
        if commitment.low is not None:
            floors[scope][commitment.open_scope].append(commitment)
        if commitment.high is not None:
            ceilings[scope][commitment.open_scope].append(commitment)
    for scope in floors.keys() & ceilings.keys():
        for group, members in floors[scope].items():
            ladder = _Ladder(sorted(members, key=lambda member: member.as_of))
            for other_group, others in ceilings[scope].items():
                if not same_or_open(group, other_group):
                    continue
                for ceiling in others:
                    for floor in ladder.above(_high(ceiling), ceiling.as_of):
                        if floor.key != ceiling.key:
                            yield _Contradiction(floor, ceiling)


def _wholes(relations: Iterable[Row], origin: Mapping[str, str]) -> dict[str, set[str]]:
    """Origin -> the origins of the claims that it is a part of, directly or through others."""
    above: dict[str, set[str]] = defaultdict(set)
    for row in relations:
        if row["relation"] in PARTS and row["claim_id"] in origin and row["other_claim_id"] in origin:
            above[origin[row["claim_id"]]].add(origin[row["other_claim_id"]])
    result = {}
    for claim in above:
        found, seen = {claim}, {claim}
        for _ in range(DEEPEST_PART):
            found = {whole for part in found for whole in above.get(part, ())} - seen
            seen |= found
        result[claim] = seen - {claim}
    return result


def _part_of_each_other(pair: _Contradiction, wholes: Mapping[str, set[str]]) -> bool:
    a, b = pair.floor, pair.ceiling
    if b.key in wholes.get(a.key, ()) or a.key in wholes.get(b.key, ()):
        return True
    return a.open_scope != b.open_scope and bool(wholes.get(a.key, set()) & wholes.get(b.key, set()))


def _high(commitment: _Commitment) -> int:
    assert commitment.high is not None
    return commitment.high


def same_or_open(scope: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two claims' open parts (in the order of OPEN_SCOPE) are equal, or may be taken as equal."""
    return all(_may_be_equal(column, a, b) for column, a, b in zip(OPEN_SCOPE, scope, other, strict=True))


def _may_be_equal(column: str, a: str, b: str) -> bool:
    if a == b:
        return True
    stated = b if a == OPEN_SCOPE[column] else a if b == OPEN_SCOPE[column] else None
    return stated is not None and stated in OPEN_READINGS.get(column, (stated,))


@dataclass
class _Ladder:
    """Floors by as-of date with the greatest floor of every block, so that a search reads only what it finds."""

    floors: Sequence[_Commitment]
    days: list[datetime.date] = field(init=False)
    #: levels[k][i] is the greatest floor among the 2**k ones from i * 2**k on.
    levels: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.days = [floor.as_of for floor in self.floors]
        self.levels = [[floor.low or 0 for floor in self.floors]]
        while len(below := self.levels[-1]) > 1:
            self.levels.append([max(below[i : i + 2]) for i in range(0, len(below), 2)])

    def above(self, high: int, day: datetime.date) -> Iterator[_Commitment]:
        """The floors of that day or earlier that are greater than `high`."""
        end = bisect_right(self.days, day)
        stack = [(len(self.levels) - 1, 0)]
        while stack:
            level, i = stack.pop()
            if i >= len(self.levels[level]) or i << level >= end or self.levels[level][i] <= high:
                continue
            if level == 0:
                yield self.floors[i]
            else:
                stack += [(level - 1, 2 * i + 1), (level - 1, 2 * i)]
