"""Every rule reports its mutants, and no other rule does; every column constraint likewise (by pandera)."""

import datetime
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pandera.errors
import pytest

from schemas.rules import GROUPS, RULES, Finding, Tables, check, empty_tables, partition_gaps, unused_terms
from schemas.rules.cells import ZWNJ, has_another_scheme, has_invisible, has_lookalikes, has_markup, is_garbled
from schemas.rules.dates import day_numbers, jalali_dates
from schemas.rules.expressions import on_cycles
from schemas.rules.ledger import has_a_number
from schemas.rules.privacy import accounts, has_email, has_national_id, has_telephone
from schemas.rules.registry import EVERY_TABLE, plain_rows, rule
from schemas.rules.urls import canonical
from schemas.table_schema import table_schema
from schemas.tables import TABLES
from tests.engines import to_polars
from tests.mutants import CONSTRAINT_MUTANTS, EXAMPLE, MUTANTS, ConstraintMutant, Mutant
from tests.strategies import (
    BLOG,
    FULL,
    STATE,
    claim,
    document,
    event,
    evidence,
    example_package,
    frame,
    frames,
    with_derived,
)

Recorder = Callable[[str, object], None]


@cache
def _example_on_polars() -> dict[str, Any]:
    return {table: to_polars(frame(table, rows)) for table, rows in EXAMPLE.items()}


@cache
def _tables_read_by_rules() -> dict[str, set[str]]:
    """What each rule looks at: a rule whose tables an edit leaves alone finds what it found before, nothing."""
    read = {}
    for one in RULES.values():
        tables = Tables(_example_on_polars())
        assert not list(one.findings(tables))
        read[one.id] = tables.read
    return read


def findings_about(mutant: Mutant) -> list[Finding]:
    """What all rules find in a mutant. Polars, since it is the fastest on small tables; the engines agree by a test."""
    package = mutant.package()
    changed = {table for table in package if package[table] != EXAMPLE[table]}
    tables = {**_example_on_polars(), **{table: to_polars(frame(table, package[table])) for table in changed}}
    return check(tables, [name for name, read in _tables_read_by_rules().items() if read & changed])


def _ids(mutants: list[Mutant]) -> list[str]:
    return [f"{mutant.rule}-{i}" for i, mutant in enumerate(mutants)]


@pytest.mark.parametrize("mutant", MUTANTS, ids=_ids(MUTANTS))
def test_a_rule_reports_its_mutant_and_no_other_rule_does(mutant: Mutant, record_property: Recorder) -> None:
    """Catch a rule that misses what it is there for, and a rule that cries wolf."""
    found = findings_about(mutant)
    of_rule = [finding for finding in found if finding.rule == mutant.rule]
    assert of_rule, f"found instead: {found}"
    assert {finding.rule for finding in found} - {mutant.rule} == mutant.also, found
    for finding in of_rule:
        assert RULES[mutant.rule].table in (EVERY_TABLE, finding.table)
        assert finding.key and finding.column and finding.message
        assert "could not be checked" not in finding.message
    record_property("caught", f"{mutant.rule}\t{of_rule[0].table} {of_rule[0].key}: {of_rule[0].message}")


def test_every_rule_has_a_mutant() -> None:
    """Catch a rule of which nobody has shown that it can fail."""
    assert {mutant.rule for mutant in MUTANTS} == set(RULES)


def test_companions_are_few_and_explained() -> None:
    """Catch mutants that prove little because many rules report them."""
    assert all(mutant.why for mutant in MUTANTS if mutant.also)
    assert all(len(mutant.also) <= 2 for mutant in MUTANTS)
    assert (
        sum(1 for mutant in MUTANTS if mutant.also and mutant.why != "the numbers are no longer those of the words")
        <= len(MUTANTS) / 10
    )


_CHECK_OF_CONSTRAINT = {
    "required": "not_nullable", "unique": "field_uniqueness", "enum": "isin", "pattern": "str_matches", "minimum": "greater_than_or_equal_to",
    "maximum": "less_than_or_equal_to",
}  # fmt: skip


@pytest.mark.parametrize("mutant", CONSTRAINT_MUTANTS, ids=lambda mutant: mutant.id)
def test_a_column_constraint_reports_its_mutant_and_no_other_does(
    mutant: ConstraintMutant, record_property: Recorder
) -> None:
    """Catch a constraint that the column contract does not keep, or that another column's contract reports."""
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        TABLES[mutant.table].validate(mutant.frame(), lazy=True)
    cases = caught.value.failure_cases
    assert set(cases["column"]) == {mutant.column}
    assert {str(check).partition("(")[0] for check in cases["check"]} == {_CHECK_OF_CONSTRAINT[mutant.constraint]}
    record_property("caught", f"{mutant.id}\t{cases['check'].iloc[0]}: {cases['failure_case'].iloc[0]}")


def test_every_constraint_has_a_mutant() -> None:
    """Catch a constraint of the descriptor that no mutant breaks."""
    constraints = {
        (table, field["name"], name)
        for table, model in TABLES.items()
        for field in table_schema(model)["fields"]
        for name in field.get("constraints", {})
    }
    assert {(mutant.table, mutant.column, mutant.constraint) for mutant in CONSTRAINT_MUTANTS} == constraints
    assert len(constraints) > 150


# The example that all mutants start from.


def test_the_example_breaks_no_rule_and_no_contract() -> None:
    """Catch an example that is itself wrong."""
    package = example_package()
    assert check(frames(package)) == []
    for table, typed in frames(package).items():
        TABLES[table].validate(typed, lazy=True)


def test_the_example_has_rows_in_every_table_and_every_bound() -> None:
    """Catch an example too poor to break."""
    assert {table for table, rows in EXAMPLE.items() if rows} == set(TABLES)
    assert {row["bound"] for row in EXAMPLE["casualty_claims"]} == {
        "exact", "at_least", "more_than", "at_most", "less_than", "approximate", "range", "vague", "share", "unquantified"}  # fmt: skip


# The registry.


def test_rules_are_named_and_worded_alike() -> None:
    """Catch a rule whose ID or sentence does not read as the others do."""
    for one in RULES.values():
        assert one.id == one.id.lower() and " " not in one.id and "_" not in one.id
        assert one.statement.endswith((".", "…")) and "{" not in one.statement
        assert one.table == EVERY_TABLE or one.table in TABLES
    assert {one.group for one in RULES.values()} <= {module.__name__.rpartition(".")[2] for module in GROUPS}
    assert len({one.id for one in RULES.values()}) == len(RULES)


def test_a_rule_id_is_given_once() -> None:
    """Catch two rules of one name, of which only one would run."""
    with pytest.raises(ValueError, match="two rules"):
        rule("time-period-order", "Again.", table="casualty_claims")(lambda tables: tables["casualty_claims"])


def test_no_tables_are_no_crash() -> None:
    """Catch a rule that needs rows. Only the tables of the schemas themselves are missing."""
    assert {finding.rule for finding in check({})} == {"derived-vocabularies", "derived-vague-terms"}
    assert check(empty_tables()) == check({})


@pytest.mark.parametrize("convert", [lambda table: table, to_polars], ids=["pandas", "polars"])
def test_a_missing_table_is_as_one_without_rows(convert: Callable[[pd.DataFrame], Any]) -> None:
    """Catch a package that is judged differently for leaving out an empty table."""
    tables = {name: table for name, table in frames(EXAMPLE).items() if name != "expected_reports"}
    given = {name: convert(table) for name, table in tables.items()}
    assert check(given) == check({**given, "expected_reports": convert(empty_tables()["expected_reports"])}) == []


def test_one_broken_table_does_not_hide_the_findings_of_the_others() -> None:
    """Catch a crash, or silence, where one table lacks a column."""
    tables = frames(EXAMPLE)
    tables["relays"] = tables["relays"].drop(columns="hop")
    tables["events"].loc[0, "country_code"] = "XX"
    found = check(tables)
    assert "place-country-exists-events" in {finding.rule for finding in found}
    broken = [finding for finding in found if "could not be checked" in finding.message]
    assert {"relay-hops-without-gap", "key-relays"} <= {finding.rule for finding in broken}
    assert all("relays" in finding.table or finding.rule.startswith("relay") for finding in broken)


def test_findings_are_sorted_and_say_where() -> None:
    """Catch a report that changes from run to run."""
    tables = frames(EXAMPLE)
    tables["casualty_claims"]["period_start"] = pd.Timestamp("2026-03-01")
    tables["casualty_claims"]["period_end"] = pd.Timestamp("2026-02-01")
    found = check(tables)
    assert found == sorted(found) == check(tables)
    first = next(finding for finding in found if finding.rule == "time-period-order")
    assert first.message == "period_end 2026-02-01 lies before period_start 2026-03-01"
    assert (first.table, first.column) == ("casualty_claims", "period_start, period_end")


def test_real_sized_packages_take_seconds() -> None:
    """Catch a rule that compares all with all: 500 documents and 2,500 claims."""
    package = dict(EXAMPLE)
    package["documents"] = [*EXAMPLE["documents"], *(document(f"outlet-{i}") for i in range(500))]
    claims = [
        claim(f"outlet-{i}-c{n:02}", f"{10 * i + n + 100:,}", value=10 * i + n + 100)
        for i in range(500)
        for n in range(1, 6)
    ]
    package["casualty_claims"] = [*EXAMPLE["casualty_claims"], *claims]
    package["evidence"] = [*EXAMPLE["evidence"], *(evidence(f"{row['claim_id']}-e1") for row in claims)]
    tables = frames(with_derived(package))
    started = time.process_time()
    assert check(tables) == []
    assert time.process_time() - started < 6


# What is listed and not rejected.


def test_a_partition_that_misses_its_total_is_listed_with_the_difference() -> None:
    """Catch a remainder that goes unseen, or that is taken for a fault."""
    assert plain_rows(partition_gaps(frames(EXAMPLE))) == []
    tables = frames(EXAMPLE)
    claims = tables["casualty_claims"].set_index("claim_id")
    claims.loc[f"{STATE}-c03", ["value", "low", "high"]] = 680
    tables["casualty_claims"] = claims.reset_index()[list(tables["casualty_claims"].columns)]
    assert plain_rows(partition_gaps(tables)) == [
        {"claim_id": f"{STATE}-c01", "stated": 3117, "parts": 2, "sum_of_parts": 3107, "difference": 10}
    ]


def test_terms_that_no_cell_uses_are_listed() -> None:
    """Catch a term that is used and listed all the same, or unused and not listed."""
    unused = unused_terms(frames(EXAMPLE))
    assert ("casualty_type", "summoned") in unused
    assert ("casualty_type", "killed") not in unused


# What only Python can read.


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Hrana Report on 30th day of protests: 6,126 confirmed deaths", {30}),
        ("Day thirty of the protests", {30}), ("Report on the Sixth Day of Protests", {6}), ("The twenty-first day", {21}),
        ("Iran, 30° giorno di proteste", {30}), ("Proteste im Iran, Tag 30", {30}), ("İran protestoları 10'uncu gün", {10}),
        ("Día 12 de protestas", {12}), ("3,117 killed", set()), ("A day of mourning", set()), ("36 dead in ten days", set()),
    ],
)  # fmt: skip
def test_day_numbers_are_read_from_titles(title: str, days: set[int]) -> None:
    """Catch a day number that is missed, or a toll that is taken for one."""
    assert day_numbers(title) == days


@pytest.mark.parametrize("text", ["1404-10-18", "on 18 Dey 1404", "۱۸ دی ۱۴۰۴", "1404/10/18"])
def test_jalali_dates_are_converted(text: str) -> None:
    """Catch a wrong conversion, by a date that is known."""
    assert list(jalali_dates(text)) == [datetime.date(2026, 1, 8)]


def test_a_jalali_date_that_does_not_exist_is_no_date() -> None:
    """Catch a crash on the 31st of a month of thirty days."""
    assert list(jalali_dates("1404-10-31")) == [None]


@pytest.mark.parametrize(
    "cell",
    [
        "+98 912 345 6789",
        "Call 0098-21-8888-8888.",
        "09123456789",
        "021-88888888",
        "(202) 555-0143",
        "202-555-0143",
        "+1 202 555 0143",
        "۰۹۱۲۳۴۵۶۷۸۹",
    ],
)
def test_telephone_numbers_are_seen(cell: str) -> None:
    """Catch a telephone number in any of its usual forms."""
    assert has_telephone(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "between 12,000 and 20,000", "from 2025-12-28 to 2026-01-26", "30,304 and 330,000", "3 117", "reuters-2026-01-14-at-least-2571-killed-c01",
        "https://example.org/a/60490811?id=09123456789", "f3792f6648ae52a8" * 4, "0912345678901234" * 4, "1404-10-18", "2 bin 615", "12.571.000",
    ],
)  # fmt: skip
def test_figures_dates_and_addresses_are_no_telephone_or_identity_numbers(cell: str) -> None:
    """Catch an alarm over what every row of the data has."""
    assert not has_telephone(cell) and not has_national_id(cell)


@pytest.mark.parametrize("cell", ["0499370899", "ID 1234567890.", "049-937089-9", "۰۴۹۹۳۷۰۸۹۹"])
def test_identity_numbers_are_seen(cell: str) -> None:
    """Catch an identity number in Latin or Persian digits."""
    assert has_national_id(cell)


def test_email_addresses_are_seen() -> None:
    """Catch an e-mail address, also one written so that machines overlook it."""
    assert has_email("a.b+c@example.co.uk") and has_email("a [at] example.org")
    assert not has_email("at 5 pm") and not has_email("https://example.org/at")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("https://x.com/somebody/status/1", {"x.com/somebody"}), ("see @somebody there", {"@somebody"}), ("https://t.me/s/somebody", {"t.me/somebody"}),
        ("https://www.linkedin.com/in/somebody/", {"linkedin.com/somebody"}), ("https://www.youtube.com/watch?v=1", set()),
        ("https://example.org/x.com/news", set()), ("https://medium.com/@somebody/post", {"medium.com/@somebody"}),
        ("https://example.org/somebody@example", set()),
    ],
)  # fmt: skip
def test_accounts_on_social_networks_are_seen(cell: str, found: set[str]) -> None:
    """Catch a personal account, and spare what is none."""
    assert accounts(cell) == found


@pytest.mark.parametrize(
    ("wrong", "bad", "good"),
    [
        (has_invisible, "a\u200bb", "می\u200cشود"), (has_invisible, "a\u200cb", "«هه\u200cنگاو»"), (has_invisible, "\u061cx", "ordinary — text"),
        (has_invisible, "tab\there", "no break\u00a0space".replace("\u00a0", " ")),
        (has_markup, "<i>x", "5 < 6 and 7 > 2"), (has_markup, "A&nbsp;B", "Foundation of Martyrs & Veterans"),
        (is_garbled, "tÃ©hÃ©ran", "São Paulo à Téhéran"), (is_garbled, "itâ€™s", "it’s"),
        (has_lookalikes, "Tehrаn", "Тегеран"), (has_lookalikes, "Ηengaw", "α and β"),
        (has_another_scheme, "file:///etc/passwd", "note: see https://example.org/a:b"), (has_another_scheme, "data:text", "its data: none"),
    ],
)  # fmt: skip
def test_unclean_cells_are_told_from_clean_ones(wrong: Callable[[str], bool], bad: str, good: str) -> None:
    """Catch a cell check that misses its case, or that refuses a lawful neighbour of it."""
    assert wrong(bad) and not wrong(good)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/a/",
        "https://example.org/a?utm_source=x",
        "https://example.org/a#top",
        "https://EXAMPLE.org/a",
    ],
)
def test_one_page_has_one_canonical_address(url: str) -> None:
    """Catch the same page listed twice under two spellings of its address."""
    assert canonical(url) == canonical("https://example.org/a")
    assert canonical("https://example.org/a?id=2") != canonical("https://example.org/a?id=3")


@pytest.mark.parametrize(
    "cell",
    [
        "a" * 200_000 + " @ x",
        "(" * 200_000,
        "<a" * 100_000,
        "1-" * 100_000,
        " @a" * 60_000,
        "http://" * 30_000,
        "+1 " * 60_000,
        ZWNJ * 200_000,
    ],
    ids=lambda cell: repr(cell[:6]),
)
def test_a_hostile_cell_costs_little(cell: str) -> None:
    """Catch a pattern that a long cell can keep busy for hours."""
    started = time.process_time()
    for judge in (
        has_email,
        has_telephone,
        has_national_id,
        has_invisible,
        has_markup,
        is_garbled,
        has_lookalikes,
        has_another_scheme,
        accounts,
    ):
        judge(cell)
    day_numbers(cell)
    list(jalali_dates(cell))
    assert time.process_time() - started < 3


def test_a_long_chain_costs_little() -> None:
    """Catch a search for cycles that grows with the square of a chain's length."""
    started = time.process_time()
    assert not on_cycles((i, i + 1) for i in range(100_000))
    assert time.process_time() - started < 3


def test_only_nodes_on_cycles_are_on_cycles() -> None:
    """Catch a chain that is taken for a circle, or a circle that is missed."""
    assert on_cycles([(1, 2), (2, 3), (3, 1), (4, 1), (3, 5), (6, 6), (7, None)]) == {1, 2, 3, 6}


@pytest.mark.parametrize(
    ("figure", "numbered"),
    [("3,117", True), ("۳۱۱۷", True), ("fifty thousand", True), ("dozens", True), ("a man", False), ("several", False)],
)
def test_figures_with_a_number_are_told_from_those_without(figure: str, numbered: bool) -> None:
    """Catch a figure that the ledger would not be asked for, or one that no ledger can have."""
    assert has_a_number(figure, "fa" if figure.startswith("۳") else "en") is numbered


def test_the_examples_names_are_those_of_its_documents() -> None:
    """Catch an example whose rows the mutants no longer find."""
    assert {FULL, BLOG, STATE} <= {row["document_id"] for row in EXAMPLE["documents"]}
    assert event("x")["parent_event_id"] in {row["event_id"] for row in EXAMPLE["events"]}
