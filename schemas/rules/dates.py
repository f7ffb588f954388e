"""Time: what comes before what, and dates of other calendars and counts as they convert."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import jdatetime
import narwhals as nw
import pandas as pd
from num2words import num2words

from schemas.rules.expressions import (
    active,
    claims_in_documents,
    differs,
    known,
    later,
    missing,
    none_of,
    one_of,
    says,
)
from schemas.rules.registry import Row, Tables, plain_rows, rule

DAY_ONE = datetime.date(2025, 12, 28)
"""Day 1 of the protests."""

EARLIEST = datetime.date(1900, 1, 1)
"""No date here is older; one that is was left in another calendar (1404 is 2025-26)."""


@rule(
    "time-period-order",
    "A period ends no earlier than it starts.",
    table="casualty_claims",
    columns=["period_start", "period_end"],
    message="period_end {period_end} lies before period_start {period_start}",
)
def period_order(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(later("period_start", "period_end"))


@rule(
    "time-period-before-as-of",
    "A period ends no later than the day up to which was counted.",
    table="casualty_claims",
    columns=["period_end", "as_of_date"],
    message="period_end {period_end} lies after as_of_date {as_of_date}",
)
def period_after_as_of(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(one_of("as_of_precision", "exact_day") & later("period_end", "as_of_date"))


@rule(
    "time-as-of-before-publication",
    "Nobody counts up to a day after publication.",
    table="casualty_claims",
    columns=["as_of_date"],
    message="as_of_date {as_of_date} lies after {document_published_date}, when {document_id} was published",
)
def as_of_after_publication(tables: Tables) -> Any:
    exact = one_of("as_of_precision", "exact_day") & one_of("document_published_precision", "exact_day")
    return claims_in_documents(tables).filter(exact & later("as_of_date", "document_published_date"))


@rule(
    "time-period-before-publication",
    "A period ends no later than the day of publication.",
    table="casualty_claims",
    columns=["period_end"],
    message="period_end {period_end} lies after {document_published_date}, when {document_id} was published",
)
def period_after_publication(tables: Tables) -> Any:
    exact = one_of("document_published_precision", "exact_day")
    return claims_in_documents(tables).filter(exact & later("period_end", "document_published_date"))


@rule(
    "time-published-before-retrieval",
    "A document was published before it was retrieved.",
    table="documents",
    columns=["published_date", "retrieved_date"],
    message="published_date {published_date} lies after retrieved_date {retrieved_date}",
)
def published_after_retrieval(tables: Tables) -> Any:
    return tables["documents"].filter(later("published_date", "retrieved_date"))


@rule(
    "time-claim-before-retrieval",
    "A claim is not about days after its document was retrieved.",
    table="casualty_claims",
    columns=["as_of_date", "period_end"],
    message="as_of_date {as_of_date} or period_end {period_end} lies after {document_retrieved_date}, when {document_id} was retrieved",
)
def claim_after_retrieval(tables: Tables) -> Any:
    after = later("as_of_date", "document_retrieved_date") | later("period_end", "document_retrieved_date")
    return claims_in_documents(tables).filter(after)


@rule(
    "time-event-before-retrieval",
    "An event began before a document that tells of it was retrieved.",
    table="events",
    columns=["start_date"],
    message="start_date {start_date} lies after {retrieved_date}, when {document_id} was retrieved",
)
def event_after_retrieval(tables: Tables) -> Any:
    documents = tables["documents"].select("document_id", "retrieved_date")
    told = tables["evidence"].filter(known("event_id")).select("event_id", "document_id").unique()
    events = tables["events"].join(told, on="event_id", how="inner").join(documents, on="document_id", how="inner")
    return events.filter(later("start_date", "retrieved_date"))


@rule(
    "time-event-order",
    "An event ends no earlier than it starts.",
    table="events",
    columns=["start_date", "end_date"],
    message="end_date {end_date} lies before start_date {start_date}, or there is no start_date",
)
def event_order(tables: Tables) -> Any:
    return tables["events"].filter(later("start_date", "end_date") | (known("end_date") & missing("start_date")))


@rule(
    "time-event-within-parent",
    "An event does not begin before the larger one that it belongs to.",
    table="events",
    columns=["start_date"],
    message="start_date {start_date} lies before {parent_start_date}, when {parent_event_id} began",
)
def event_before_parent(tables: Tables) -> Any:
    exact = tables["events"].filter(one_of("date_precision", "exact_day"))
    parents = exact.select(parent_event_id=nw.col("event_id"), parent_start_date=nw.col("start_date"))
    children = exact.filter(known("parent_event_id"))
    return children.join(parents, on="parent_event_id", how="inner").filter(later("parent_start_date", "start_date"))


@rule(
    "time-claim-after-event-start",
    "Victims of an event are not counted before it began.",
    table="casualty_claims",
    columns=["as_of_date", "event_id"],
    message="as_of_date is {as_of_date} and the document is of {document_published_date}, but {event_id} began on {event_start_date}",
)
def claim_before_event(tables: Tables) -> Any:
    exact = tables["events"].filter(one_of("date_precision", "exact_day"))
    events = exact.select("event_id", event_start_date=nw.col("start_date"))
    claims = claims_in_documents(tables).join(events, on="event_id", how="inner")
    as_of = one_of("as_of_precision", "exact_day") & later("event_start_date", "as_of_date")
    published = one_of("document_published_precision", "exact_day") & later(
        "event_start_date", "document_published_date"
    )
    return claims.filter(as_of | published)


def _date_unlike_precision(date: str, precision: str, basis: str) -> nw.Expr:
    unknown = one_of(precision, "unknown")
    return (unknown & (known(date) | none_of(basis, "inferred"))) | (none_of(precision, "unknown") & missing(date))


for _table, _date, _precision, _basis in (
    ("documents", "published_date", "published_precision", "published_basis"),
    ("casualty_claims", "as_of_date", "as_of_precision", "as_of_basis"),
    ("events", "start_date", "date_precision", "date_basis"),
):

    @rule(
        f"time-{_date.replace('_', '-')}-known-or-not",
        "A date is there unless its precision is unknown; then its basis is inferred.",
        table=_table,
        columns=[_date, _precision, _basis],
        message=f"{_date} is {{{_date}}}, {_precision} {{{_precision}}}, {_basis} {{{_basis}}}; "
        "no date goes with unknown and inferred, a date with any other precision",
    )
    def date_unlike_its_precision(
        tables: Tables, table: str = _table, date: str = _date, precision: str = _precision, basis: str = _basis
    ) -> Any:
        return tables[table].filter(_date_unlike_precision(date, precision, basis))


@rule(
    "time-bounded-by-publication",
    "An as-of day bounded by publication is the day of publication.",
    table="casualty_claims",
    columns=["as_of_date", "as_of_basis"],
    message="as_of_date is {as_of_date}, the document was published on {document_published_date}; publication_bound means the same day",
)
def bounded_by_another_day(tables: Tables) -> Any:
    bounded = claims_in_documents(tables).filter(one_of("as_of_basis", "publication_bound") & known("as_of_date"))
    return bounded.filter(missing("document_published_date") | differs("as_of_date", "document_published_date"))


@rule(
    "time-increment-of-one-day",
    "A daily increment covers one day.",
    table="casualty_claims",
    columns=["period_start", "period_end"],
    message="the increment runs from {period_start} to {period_end}; one day, or time_frame period",
)
def increment_of_more_days(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("time_frame", "daily_increment") & differs("period_start", "period_end")
    )


@rule(
    "time-derived-after-original",
    "A copy is not published before what it copies.",
    table="documents",
    columns=["published_date", "derived_from_document_id"],
    message="published_date {published_date} lies before {original_date}, when {derived_from_document_id} was published",
)
def copy_before_original(tables: Tables) -> Any:
    exact = tables["documents"].filter(one_of("published_precision", "exact_day"))
    originals = exact.select(derived_from_document_id=nw.col("document_id"), original_date=nw.col("published_date"))
    copies = exact.filter(known("derived_from_document_id"))
    return copies.join(originals, on="derived_from_document_id", how="inner").filter(
        later("original_date", "published_date")
    )


DATE_COLUMNS = {
    "documents": ("published_date", "retrieved_date"),
    "events": ("start_date", "end_date"),
    "casualty_claims": ("period_start", "period_end", "as_of_date"),
    "expected_reports": ("expected_date",),
}

for _table, _dates in DATE_COLUMNS.items():

    @rule(
        f"time-gregorian-{_table.replace('_', '-')}",
        "Dates are of the Gregorian calendar.",
        table=_table,
        columns=_dates,
        message=" ".join(f"{name} {{{name}}}" for name in _dates)
        + ": a year before 1900 belongs to another calendar; convert it",
    )
    def date_of_another_calendar(tables: Tables, table: str = _table, dates: tuple[str, ...] = _dates) -> Any:
        year = [known(name) & (nw.col(name).dt.year() < EARLIEST.year) for name in dates]
        result = year[0]
        for other in year[1:]:
            result = result | other
        return tables[table].filter(result)


# Day numbers and Jalali dates stand in titles and notes; only Python can read them there.

_DAY_NUMBERS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(\d{1,3})(?:st|nd|rd|th) day\b",
        r"\b(?:day|tag|jour|día|dia|giorno)[ -](?:n[.°º] ?)?(\d{1,3})\b",
        r"\b(\d{1,3})(?:°|º|\.|esimo|e|ème)? (?:giorno|tag|jour|día|gün)\b",
        r"\b(\d{1,3})['’](?:inci|ıncı|uncu|üncü|nci|ncı) gün",
    )
]


@cache
def _english_day_words() -> tuple[re.Pattern[str], dict[str, int]]:
    ordinals = {f"{num2words(n, to='ordinal')} day".replace("-", " "): n for n in range(1, 100)}
    phrases = ordinals | {f"day {num2words(n)}".replace("-", " "): n for n in range(1, 100)}
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b"), phrases


def day_numbers(text: str) -> set[int]:
    """The day numbers of the protests that a title names: "30th day", "day thirty", "30° giorno", "Tag 30"."""
    found = {int(match) for pattern in _DAY_NUMBERS for match in pattern.findall(text)}
    pattern, phrases = _english_day_words()
    words = " ".join(re.findall(r"[a-z]+", text.casefold()))
    return found | {phrases[phrase] for phrase in pattern.findall(words)}


@rule(
    "time-day-number",
    "A day number in the title converts to the as-of day that rests on it (day 1 is 2025-12-28).",
    table="casualty_claims",
    columns=["as_of_date"],
    message=lambda row: (
        f"as_of_date is {row['as_of_date']}, but the title “{row['document_title']}” makes it {_days(row)}; mend it, or say in notes which day is meant"
    ),
)
def day_number_converted_wrongly(tables: Tables) -> Any:
    counted = claims_in_documents(tables).filter(
        one_of("as_of_basis", "day_number") & known("as_of_date", "document_title")
    )

    def wrong(row: Row) -> bool:
        days = day_numbers(row["document_title"])
        return (
            bool(days) and _day_number(row["as_of_date"]) not in days and "day" not in (row["notes"] or "").casefold()
        )

    return _judged(counted, ["claim_id", "as_of_date", "document_title", "notes"], wrong)


def _day_number(date: datetime.date) -> int:
    return (date - DAY_ONE).days + 1


def _days(row: Row) -> str:
    dates = (DAY_ONE + datetime.timedelta(number - 1) for number in sorted(day_numbers(row["document_title"])))
    return " or ".join(map(str, dates))


@rule(
    "time-day-number-since-day-one",
    "A day number counts whole days from 2025-12-28.",
    table="casualty_claims",
    columns=["as_of_date", "as_of_precision"],
    message="as_of_date is {as_of_date} with precision {as_of_precision}; a day number gives an exact day on or after 2025-12-28",
)
def day_number_before_day_one(tables: Tables) -> Any:
    counted = tables["casualty_claims"].filter(one_of("as_of_basis", "day_number") & known("as_of_date"))

    def wrong(row: Row) -> bool:
        return _day_number(row["as_of_date"]) < 1 or row["as_of_precision"] != "exact_day"

    return _judged(counted, ["claim_id", "as_of_date", "as_of_precision"], wrong)


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("farvardin فروردین", "ordibehesht اردیبهشت", "khordad خرداد", "tir تیر", "mordad مرداد", "shahrivar شهریور", "mehr مهر",
         "aban آبان", "azar آذر", "dey دی", "bahman بهمن", "esfand اسفند"), 1)
    for name in names.split()
}  # fmt: skip
_JALALI_DIGITS = re.compile(r"(?<!\d)(1[34]\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_JALALI_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(_MONTHS)}) (1[34]\d\d)(?!\d)")


def jalali_dates(text: str) -> Iterator[datetime.date | None]:
    """Jalali dates in a text, as Gregorian ones; None for one that does not exist."""
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text).casefold()
    found = [(int(y), int(m), int(d)) for y, m, d in _JALALI_DIGITS.findall(plain)]
    found += [(int(y), _MONTHS[m], int(d)) for d, m, y in _JALALI_WORDS.findall(plain)]
    for year, month, day in found:
        try:
            yield jdatetime.date(year, month, day).togregorian()
        except ValueError:
            yield None


def _converted(row: Row) -> str:
    return " or ".join(str(date or "no day that exists") for date in jalali_dates(row["notes"]))


for _table, _date, _basis in (
    ("documents", "published_date", "published_basis"),
    ("casualty_claims", "as_of_date", "as_of_basis"),
    ("events", "start_date", "date_basis"),
):

    @rule(
        f"time-jalali-{_date.replace('_', '-')}",
        "A date converted from the Jalali calendar is the one that the notes give (1404-10-18 is 2026-01-08).",
        table=_table,
        columns=[_date],
        message=lambda row, name=_date: f"{name} is {row[name]}, but the Jalali date in the notes is {_converted(row)}",
    )
    def jalali_converted_wrongly(tables: Tables, table: str = _table, date: str = _date, basis: str = _basis) -> Any:
        converted = tables[table].filter(one_of(basis, "calendar_converted") & known("notes", date))
        key = {"documents": "document_id", "casualty_claims": "claim_id", "events": "event_id"}[table]

        def wrong(row: Row) -> bool:
            dates = list(jalali_dates(row["notes"]))
            return bool(dates) and row[date] not in dates

        return _judged(converted, [key, date, "notes"], wrong)


def _judged(frame: nw.LazyFrame, columns: list[str], wrong: Any) -> nw.LazyFrame:
    """Rows, few after the filters before, that Python finds wrong; the first column is the key."""
    bad = sorted(row[columns[0]] for row in plain_rows(frame.select(*columns), columns) if wrong(row))
    return frame.filter(nw.col(columns[0]).is_in(bad)) if bad else frame.head(0)


@rule(
    "time-series-without-gap",
    "A series that is expected on most days is listed for every day from its first to its last.",
    table="expected_reports",
    columns=["expected_date"],
    message="{next_missing} is not listed; say whether that report was collected",
)
def series_with_a_gap(tables: Tables) -> Any:
    listed: dict[str, list[datetime.date]] = defaultdict(list)
    for row in tables.distinct("expected_reports", "series", "expected_date"):
        if row["series"] and row["expected_date"]:
            listed[row["series"]].append(row["expected_date"])
    gaps = []
    for series, days in listed.items():
        days.sort()
        # Releases now and then are listed by their own days; only a daily series can have a gap.
        daily = 2 * len(days) > (days[-1] - days[0]).days + 1
        for day, following in pairwise(days) if daily else ():
            if (following - day).days > 1:
                gaps.append({"series": series, "expected_date": day, "next_missing": day + datetime.timedelta(1)})
    return _as_frame(gaps, ["series", "expected_date", "next_missing"])


def _as_frame(rows: list[Row], columns: list[str]) -> Any:
    return nw.from_native(
        pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype="object") for name in columns})
    )


@rule(
    "time-collected-report-is-of-its-day",
    "A collected report carries a claim as of its day.",
    table="expected_reports",
    columns=["document_id", "expected_date"],
    message="no claim of {document_id} is as of {expected_date}; name the document that has one",
)
def collected_report_of_another_day(tables: Tables) -> Any:
    collected = tables["expected_reports"].filter(one_of("status", "collected") & known("document_id", "expected_date"))
    claims = tables["casualty_claims"].filter(active() & known("as_of_date"))
    return collected.join(
        claims, left_on=["document_id", "expected_date"], right_on=["document_id", "as_of_date"], how="anti"
    )


# Identifiers and addresses often hold the date, written by another hand than the one that typed the cell.

_DATE_IN_IDENTIFIER = re.compile(r"-(20[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])")
_DATE_IN_ADDRESS = re.compile(r"/(20[0-9]{2})[/-]([01]?[0-9])[/-]([0-3]?[0-9])(?![0-9])")

for _table, _key, _date, _precision in (
    ("documents", "document_id", "published_date", "published_precision"),
    ("events", "event_id", "start_date", "date_precision"),
):

    @rule(
        f"time-date-in-{_key.replace('_', '-')}",
        "A day that stands in an identifier is the row's day, or notes speak of the identifier.",
        table=_table,
        columns=[_date],
        message=f"{_date} is {{{_date}}}, but {{{_key}}} has another day; "
        "mend the date, or say in notes that the identifier was kept when the date was corrected",
    )
    def day_unlike_the_identifier(
        tables: Tables, table: str = _table, key: str = _key, date: str = _date, precision: str = _precision
    ) -> Any:
        dated = tables[table].filter(
            one_of(precision, "exact_day") & known(date) & says(key, r"-20[0-9]{2}-[01][0-9]-")
        )

        def wrong(row: Row) -> bool:
            found = _DATE_IN_IDENTIFIER.search(row[key])
            return (
                found is not None and found[1] != str(row[date]) and "identifier" not in (row["notes"] or "").casefold()
            )

        return _judged(dated, [key, date, "notes"], wrong)


@rule(
    "time-date-in-address",
    "A day that stands in an address is the day of publication or next to it, or notes say more.",
    table="documents",
    columns=["published_date"],
    message="published_date is {published_date}, but {source_url} has another day; mend the date, or explain in notes",
)
def day_unlike_the_address(tables: Tables) -> Any:
    dated = tables["documents"].filter(
        one_of("published_precision", "exact_day")
        & known("published_date")
        & missing("notes")
        & says("source_url", "/20[0-9]{2}[/-]")
    )

    def wrong(row: Row) -> bool:
        found = _DATE_IN_ADDRESS.search(row["source_url"])
        try:
            day = datetime.date(*map(int, found.groups())) if found else row["published_date"]
        except ValueError:
            return False
        return abs((row["published_date"] - day).days) > 1

    return _judged(dated, ["document_id", "published_date", "source_url"], wrong)
