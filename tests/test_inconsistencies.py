"""What claims imply, which of them cannot both hold, and which claim stands for an assertion."""

import datetime
import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.inconsistencies import assertions, inconsistencies, is_own_document, origins
from schemas.quantities import derive
from tests.strategies import claim, document, example_package, frame, packages, relation

LARGEST = 30
"""Worlds are small enough to try every true number."""

DAYS = [datetime.date(2026, 1, day) for day in (10, 11, 12)]
ROLES = ("all", "protester", "unspecified")
FORCES = ("yes", "no", "unknown")

Claim = dict[str, Any]


def a_claim(claim_id: str, bound: str = "exact", value: int | None = None, **cells: Any) -> Claim:
    """A claim as plain values: killed, of everyone, asserted, without a status, as of 10 January."""
    numbers = {name: cells.pop(name, None) for name in ("low", "high")}
    quantity = derive(bound, value, numbers["low"], numbers["high"], "dozens" if bound == "vague" else None)
    return {
        "claim_id": claim_id, "document_id": claim_id.rpartition("-c")[0], "claimant_id": "somebody", "event_id": "e", "casualty_type": "killed",
        "casualty_detail": None, "victim_role": "all", "victim_age_group": "all", "victim_sex": "all", "includes_security_forces": "yes",
        "bound": bound, "low": quantity.low, "high": quantity.high, "modality": "asserted", "claimant_status": "unspecified",
        "time_frame": "cumulative", "as_of_date": DAYS[0], "as_of_precision": "exact_day", "as_of_basis": "stated",
        "record_status": "active", **cells,
    }  # fmt: skip


def pairs(
    *claims: Claim, relations: list[Claim] | None = None, documents: list[Claim] | None = None
) -> set[frozenset[str]]:
    """The pairs that cannot both hold, without order."""
    found = inconsistencies(list(claims), relations or [], documents or [])
    return {frozenset(pair) for pair in zip(found["claim_id"], found["other_claim_id"], strict=True)}


@st.composite
def small_claims(draw: st.DrawFn, claim_id: str = "a-c01") -> Claim:
    """A claim about at most thirty people, within a few scopes, bounds, statuses, modalities and days."""
    bound = draw(
        st.sampled_from(
            ["exact", "at_least", "more_than", "at_most", "less_than", "range", "approximate", "vague", "unquantified"]
        )
    )
    low, high = sorted((draw(st.integers(1, LARGEST)), draw(st.integers(1, LARGEST))))
    numbers = {"low": low, "high": high} if bound == "range" else {}
    value = low if bound in ("exact", "at_least", "more_than", "at_most", "less_than", "approximate") else None
    return a_claim(
        claim_id, bound, value, **numbers,
        victim_role=draw(st.sampled_from(ROLES)), includes_security_forces=draw(st.sampled_from(FORCES)),
        modality=draw(st.sampled_from(["asserted", "reported", "possible", "denied"])),
        claimant_status=draw(st.sampled_from(["unspecified", "confirmed", "under_review", "estimate"])),
        time_frame=draw(st.sampled_from(["cumulative", "cumulative", "cumulative", "single_event"])),
        as_of_date=draw(st.sampled_from([*DAYS, None])), record_status=draw(st.sampled_from(["active", "active", "active", "retracted"])),
    )  # fmt: skip


def worlds(number: int) -> st.SearchStrategy[list[Claim]]:
    """Several claims, each in a document of its own."""
    return st.tuples(*(small_claims(f"d{i}-c01") for i in range(number))).map(list)


# A pair by brute force: no two true numbers, the later not below the earlier, that both claims allow.


def allows(given: Claim, number: int) -> bool:
    """Whether the claimant would be right if that were the true number, read straight from the definition."""
    if given["modality"] not in ("asserted", "reported") or given["claimant_status"] == "under_review":
        return True
    if given["bound"] in ("approximate", "vague", "share", "unquantified"):
        return True
    if given["low"] is not None and number < given["low"]:
        return False
    if given["claimant_status"] in ("confirmed", "documented", "identified_by_name"):
        return True
    return given["high"] is None or number <= given["high"]


def same_scope(a: Claim, b: Claim) -> bool:
    """Whether what the two say of whom they count can be the same group."""
    open_terms = {"victim_role": "unspecified", "includes_security_forces": "unknown"}
    return all(a[name] == b[name] or term in (a[name], b[name]) for name, term in open_terms.items())


def cannot_both_hold(a: Claim, b: Claim) -> bool:
    """Whether no history of true numbers, which only grow, agrees with both claims."""
    if any(
        c["time_frame"] != "cumulative" or c["as_of_date"] is None or c["record_status"] != "active" for c in (a, b)
    ) or not same_scope(a, b):
        return False
    first, second = sorted((a, b), key=lambda c: c["as_of_date"])
    same_day = first["as_of_date"] == second["as_of_date"]
    numbers = range(LARGEST + 2)
    return not any(
        allows(first, then) and allows(second, later)
        for then, later in itertools.product(numbers, numbers)
        if then == later or (then < later and not same_day)
    )


@settings(max_examples=500, deadline=None)
@given(worlds(3))
def test_the_formula_agrees_with_trying_every_true_number(claims: list[Claim]) -> None:
    """Catch a pair that some history of true numbers would allow, or a missing pair that none allows."""
    expected = {
        frozenset((a["claim_id"], b["claim_id"]))
        for a, b in itertools.combinations(claims, 2)
        if cannot_both_hold(a, b)
    }
    assert pairs(*claims) == expected


@settings(max_examples=100, deadline=None)
@given(worlds(4), st.permutations(range(4)))
def test_inconsistency_is_symmetric(claims: list[Claim], order: list[int]) -> None:
    """Catch a pair that depends on the order in which the claims are given."""
    assert inconsistencies(claims, [], []).equals(inconsistencies([claims[i] for i in order], [], []))


@settings(max_examples=100, deadline=None)
@given(worlds(4))
def test_inconsistency_is_never_reflexive(claims: list[Claim]) -> None:
    """Catch a claim paired with itself."""
    assert all(len(pair) == 2 for pair in pairs(*claims))


@settings(max_examples=150, deadline=None)
@given(worlds(3), st.integers(0, 5), st.integers(0, 5))
def test_widening_an_interval_never_creates_an_inconsistency(claims: list[Claim], down: int, up: int) -> None:
    """Catch a weaker claim that contradicts more."""
    first = claims[0]
    wider = {**first, "bound": "range"} if first["low"] is not None and first["high"] is not None else dict(first)
    wider |= {
        name: None if first[name] is None else max(first[name] + by, 0) for name, by in (("low", -down), ("high", up))
    }
    assert pairs(wider, *claims[1:]) <= pairs(*claims)


@settings(max_examples=150, deadline=None)
@given(worlds(3), st.integers(0, LARGEST))
def test_lowering_a_floor_never_creates_an_inconsistency(claims: list[Claim], floor: int) -> None:
    """Catch a smaller floor that contradicts more."""
    lower = {**claims[0], "low": min(floor, claims[0]["low"] or 0) if claims[0]["low"] is not None else None}
    assert pairs(lower, *claims[1:]) <= pairs(*claims)


@settings(max_examples=150, deadline=None)
@given(worlds(3), st.sampled_from(["possible", "conditional", "denied", "question"]))
def test_weakening_a_modality_never_creates_an_inconsistency(claims: list[Claim], modality: str) -> None:
    """Catch a mere possibility that contradicts something."""
    weaker = {**claims[0], "modality": modality}
    assert pairs(weaker, *claims[1:]) <= pairs(*claims)
    assert not any(weaker["claim_id"] in pair for pair in pairs(weaker, *claims[1:]))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, LARGEST), st.integers(0, LARGEST), st.sampled_from(DAYS), st.sampled_from(DAYS),
       st.sampled_from(["confirmed", "documented", "identified_by_name"]), st.sampled_from(["exact", "at_least"]))  # fmt: skip
def test_a_confirmed_count_never_contradicts_a_larger_total(
    count: int, more: int, day: datetime.date, other: datetime.date, status: str, bound: str
) -> None:
    """Catch a count of confirmed cases that is taken for a ceiling."""
    confirmed = a_claim("a-c01", "exact", count, claimant_status=status, as_of_date=day)
    total = a_claim("b-c01", bound, count + more, as_of_date=other)
    assert not pairs(confirmed, total)


def test_a_larger_later_floor_contradicts_nothing() -> None:
    """Catch a toll that grew being taken for a contradiction."""
    assert not pairs(a_claim("a-c01", "exact", 10), a_claim("b-c01", "at_least", 20, as_of_date=DAYS[1]))


def test_an_earlier_floor_contradicts_a_later_smaller_figure() -> None:
    """Catch a toll that fell going unnoticed, and the words that say so."""
    found = inconsistencies(
        [a_claim("b-c01", "at_least", 20), a_claim("a-c01", "at_most", 10, as_of_date=DAYS[2])], [], []
    )
    assert found.fillna("").to_dict("records") == [
        {
            "claim_id": "b-c01",
            "other_claim_id": "a-c01",
            "reason": "at least 20 by 2026-01-10, but at most 10 by 2026-01-12",
            "assumes": "",
        }
    ]


def test_on_one_day_the_pair_is_in_the_order_of_identifiers() -> None:
    """Catch a pair of one day listed twice, or in an order that depends on which is the floor."""
    found = inconsistencies([a_claim("b-c01", "exact", 20), a_claim("a-c01", "exact", 10)], [], [])
    assert found[["claim_id", "other_claim_id"]].to_numpy().tolist() == [["a-c01", "b-c01"]]
    assert found["reason"][0] == "at most 10 by 2026-01-10, but at least 20 by 2026-01-10"


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("victim_role", "unspecified"),
        ("victim_age_group", "unspecified"),
        ("victim_sex", "unspecified"),
        ("includes_security_forces", "unknown"),
    ],
)
def test_what_a_claim_leaves_open_is_assumed(column: str, term: str) -> None:
    """Catch an open part of the scope that is silently taken as equal."""
    found = inconsistencies(
        [a_claim("a-c01", "exact", 20, **{column: term}), a_claim("b-c01", "exact", 10, as_of_date=DAYS[1])], [], []
    )
    assert found["assumes"].tolist() == [column]


@pytest.mark.parametrize("role", ["bystander", "security_forces", "medical", "student", "detainee", "mixed"])
def test_people_of_whom_no_role_is_said_are_not_taken_for_a_special_group(role: str) -> None:
    """Catch a total held against one of the small groups that it may consist of."""
    assert not pairs(
        a_claim("a-c01", "exact", 20, victim_role="unspecified"), a_claim("b-c01", "exact", 10, victim_role=role)
    )


@pytest.mark.parametrize("cells", [{"as_of_precision": "week"}, {"as_of_basis": "publication_bound"}], ids=str)
def test_an_uncertain_order_of_days_is_assumed(cells: Claim) -> None:
    """Catch two days taken as ordered that need not be."""
    found = inconsistencies(
        [a_claim("a-c01", "exact", 20), a_claim("b-c01", "exact", 10, as_of_date=DAYS[1], **cells)], [], []
    )
    assert found["assumes"].tolist() == ["as_of_date"]


@pytest.mark.parametrize(
    "cells",
    [
        {"event_id": "another"}, {"casualty_type": "injured"}, {"casualty_type": "injured", "casualty_detail": "eye"}, {"victim_role": "protester"},
        {"victim_age_group": "child"}, {"victim_sex": "female"}, {"includes_security_forces": "no"}, {"time_frame": "daily_increment"},
        {"as_of_date": None}, {"record_status": "retracted"}, {"claimant_status": "under_review"}, {"modality": "possible"},
    ],
    ids=str,
)  # fmt: skip
def test_claims_of_two_scopes_are_never_paired(cells: Claim) -> None:
    """Catch two figures that are not about the same thing."""
    small = a_claim("b-c01", "exact", 10, **cells)
    assert not pairs(a_claim("a-c01", "exact", 20), small)


@pytest.mark.parametrize(
    "cells",
    [
        {"casualty_type": "missing"},
        {"casualty_type": "facing_execution"},
        {"casualty_type": "detained", "casualty_detail": "held_now"},
    ],
    ids=str,
)
def test_states_that_end_may_fall(cells: Claim) -> None:
    """Catch people who were found or freed being taken for a contradiction."""
    assert not pairs(a_claim("a-c01", "exact", 20, **cells), a_claim("b-c01", "exact", 10, as_of_date=DAYS[1], **cells))


def test_pairs_are_between_origins() -> None:
    """Catch a contradiction that is counted once for each echo."""
    claims = [
        a_claim("a-c01", "exact", 20),
        a_claim("b-c01", "exact", 20),
        a_claim("c-c01", "exact", 10, as_of_date=DAYS[1]),
    ]
    echo = [{"claim_id": "b-c01", "relation": "echoes", "other_claim_id": "a-c01"}]
    assert pairs(*claims, relations=echo) == {frozenset(("a-c01", "c-c01"))}


@pytest.mark.parametrize("name", ["part_of", "subset_of"])
def test_a_part_never_contradicts_its_whole_nor_another_part(name: str) -> None:
    """Catch a part that leaves its role unsaid being held against the total it belongs to."""
    claims = [
        a_claim("a-c01", "exact", 30),
        a_claim("a-c02", "exact", 20, victim_role="protester"),
        a_claim("a-c03", "exact", 10, victim_role="unspecified"),
    ]
    parts = [{"claim_id": claim_id, "relation": name, "other_claim_id": "a-c01"} for claim_id in ("a-c02", "a-c03")]
    assert not pairs(*claims, relations=parts)
    assert pairs(*claims) == {frozenset(("a-c01", "a-c03")), frozenset(("a-c02", "a-c03"))}


def test_two_versions_of_one_part_are_held_against_each_other() -> None:
    """Catch a slip in a part that hides behind the whole which the two have in common."""
    claims = [
        a_claim("a-c01", "exact", 30),
        a_claim("a-c02", "exact", 20, victim_role="protester"),
        a_claim("b-c02", "exact", 10, victim_role="protester"),
    ]
    parts = [
        {"claim_id": claim_id, "relation": "part_of", "other_claim_id": "a-c01"} for claim_id in ("a-c02", "b-c02")
    ]
    assert pairs(*claims, relations=parts) == {frozenset(("a-c02", "b-c02"))}


# Assertions and their origins.


def test_the_claimants_own_document_is_the_origin() -> None:
    """Catch a relay taken for the origin although the package has the claimant's own words."""
    claims = [
        a_claim("paper-2026-01-10-x-c01", claimant_id="hrana", value=5),
        a_claim("hrana-2026-01-12-y-c01", claimant_id="hrana", value=5),
    ]
    documents = [
        {"document_id": "paper-2026-01-10-x", "publisher": "Paper", "author": None, "published_date": DAYS[0]},
        {"document_id": "hrana-2026-01-12-y", "publisher": "Human Rights", "author": None, "published_date": DAYS[2]},
    ]
    link = [{"claim_id": "hrana-2026-01-12-y-c01", "relation": "echoes", "other_claim_id": "paper-2026-01-10-x-c01"}]
    assert set(origins(claims, link, documents).values()) == {"hrana-2026-01-12-y-c01"}


def test_without_the_claimants_own_document_the_earliest_is_the_origin() -> None:
    """Catch a later copy taken for the origin."""
    claims = [a_claim(f"paper-{i}-c01", value=5) for i in range(3)]
    documents = [
        {"document_id": f"paper-{i}", "publisher": "P", "author": None, "published_date": DAYS[2 - i]} for i in range(3)
    ]
    links = [{"claim_id": "paper-0-c01", "relation": "echoes", "other_claim_id": f"paper-{i}-c01"} for i in (1, 2)]
    assert set(origins(claims, links, documents).values()) == {"paper-2-c01"}


@pytest.mark.parametrize(
    ("claimant_id", "row", "own"),
    [
        ("hrana", {"document_id": "hrana-2026-01-26-day-30"}, True),
        ("hrana", {"document_id": "hrana-undated-list"}, True),
        ("hrana", {"document_id": "hrana-mirror-2026-01-26-day-30", "publisher": "HRANA mirror"}, False),
        ("iran-international", {"document_id": "x", "publisher": "Iran International (Persian)"}, True),
        ("paul-riverbank", {"document_id": "x", "publisher": "A site", "author": "Paul Riverbank"}, True),
        ("hrana", {"document_id": "hands-off-cain-2026-01-26-hrana-day-30", "publisher": "Hands Off Cain"}, False),
    ],
    ids=str,
)
def test_own_documents_are_known_by_name(claimant_id: str, row: dict[str, str], own: bool) -> None:
    """Catch a copy taken for the claimant's own page, or the own page for a copy."""
    assert is_own_document(claimant_id, row) is own


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_assertions_partition_the_claims(links: list[tuple[int, int]]) -> None:
    """Catch a claim that is in two assertions, or in none, or apart from what it repeats."""
    groups = assertions(map(str, range(10)), [(str(a), str(b)) for a, b in links])
    assert sorted(claim_id for group in groups for claim_id in group) == sorted(map(str, range(10)))
    group_of = {claim_id: i for i, group in enumerate(groups) for claim_id in group}
    assert all(group_of[str(a)] == group_of[str(b)] for a, b in links)


@settings(max_examples=40, deadline=None)
@given(packages())
def test_every_assertion_has_one_origin_among_its_claims(package: dict[str, list[dict[str, str]]]) -> None:
    """Catch an origin that is itself represented by another claim."""
    tables = [frame(name, package[name]) for name in ("casualty_claims", "claim_relations", "documents")]
    found = origins(*tables)
    assert set(found) == {row["claim_id"] for row in package["casualty_claims"]}
    assert all(found[origin] == origin for origin in found.values())


def test_the_example_has_the_pairs_that_its_claims_give() -> None:
    """Catch a change of the example that leaves no contradiction to test with."""
    assert len(example_package()["inconsistencies"]) == 3


def test_twenty_thousand_claims_of_one_scope_are_compared_in_seconds() -> None:
    """Catch a join of all with all: two hundred million comparisons, of which none is a contradiction."""
    day = datetime.date(2026, 1, 1)
    claims = [a_claim(f"d{i}-c01", "exact", i, as_of_date=day + datetime.timedelta(i)) for i in range(20_000)]
    started = time.process_time()
    assert inconsistencies(claims, [], []).empty
    assert time.process_time() - started < 5


def test_frames_and_rows_give_the_same() -> None:
    """Catch a difference between a typed table and plain rows."""
    rows = [
        claim("a-c01", "20", value=20),
        claim("b-c01", "10", value=10, claimant_status="estimate", as_of_date="2026-01-20"),
    ]
    tables = (
        frame("casualty_claims", rows),
        frame("claim_relations", [relation("a-c01", "disputes", "b-c01")]),
        frame("documents", [document("a"), document("b")]),
    )
    assert inconsistencies(*tables)["reason"].tolist() == ["at least 20 by 2026-01-15, but at most 10 by 2026-01-20"]
