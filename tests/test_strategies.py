"""The packages that the strategies make are valid, varied, and made fast."""

import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

from schemas.rules import check
from schemas.tables import TABLES
from tests.engines import to_polars
from tests.strategies import Package, frame, frames, packages


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(packages())
def test_every_package_breaks_no_rule_and_no_contract(package: Package) -> None:
    """Catch a rule that refuses a valid package, or a strategy that makes an invalid one."""
    tables = frames(package)
    assert check({name: to_polars(table) for name, table in tables.items()}) == []
    for name in set(tables) - {"vocabularies", "vague_terms"}:
        TABLES[name].validate(tables[name], lazy=True)


def test_packages_are_made_by_the_hundred_and_varied() -> None:
    """Catch a strategy that is slow or always makes the same."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=150,
        deadline=None,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(packages())
    def look(package: Package) -> None:
        seen.update({row["bound"] for row in package["casualty_claims"]})
        seen.update({row["relation"] for row in package["claim_relations"]})
        seen.update({row["text_access"] for row in package["documents"]})
        seen.update(["inconsistent"] if package["inconsistencies"] else [])

    started = time.process_time()
    look()
    assert time.process_time() - started < 20
    for kind in (
        "exact",
        "at_least",
        "range",
        "vague",
        "share",
        "unquantified",
        "restates",
        "echoes",
        "full_text",
        "not_read",
        "inconsistent",
    ):
        assert seen[kind] >= 3, f"only {seen[kind]} packages with {kind}"


def test_a_frame_without_rows_has_its_columns() -> None:
    """Catch an empty table that cannot be joined."""
    assert frame("relays", []).columns.tolist() == ["claim_id", "hop", "claimant_id", "role", "document_id"]
