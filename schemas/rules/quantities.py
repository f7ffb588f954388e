"""What a figure says: the table of bounds, row by row, and that the numbers are those of the wording."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import narwhals as nw

from schemas.quantities import MAX_FIGURE_WORDS, Quantity, UnreadableFigure, read_quantity
from schemas.rules.expressions import (
    among,
    any_of,
    claims_in_documents,
    known,
    missing,
    none_of,
    one_of,
)
from schemas.rules.registry import Row, Tables, rule
from schemas.vocabularies import DETAILS_OF_TYPE

_VALUE = nw.col("value")
_EMPTY = "empty"

#: bound -> (is there a value?, low, high); "given" stands for a number of its own.
SECTION_5: dict[str, tuple[bool, Any, Any]] = {
    "exact": (True, _VALUE, _VALUE),
    "at_least": (True, _VALUE, _EMPTY),
    "more_than": (True, _VALUE + 1, _EMPTY),
    "at_most": (True, _EMPTY, _VALUE),
    "less_than": (True, _EMPTY, _VALUE - 1),
    "approximate": (True, _EMPTY, _EMPTY),
    "range": (False, "given", "given"),
    "vague": (False, _EMPTY, _EMPTY),
    "share": (False, _EMPTY, _EMPTY),
    "unquantified": (False, _EMPTY, _EMPTY),
}

_WORDS = {
    "exact": "value is the number, and low and high are the same",
    "at_least": "value is the number, low the same, high empty",
    "more_than": "value is the number, low one more, high empty",
    "at_most": "value is the number, low empty, high the same",
    "less_than": "value is the number, low empty, high one less",
    "approximate": "value is the number, low and high are empty",
    "range": "value is empty, low and high are its two numbers",
    "vague": "value, low and high are empty",
    "share": "value, low and high are empty",
    "unquantified": "value, low and high are empty",
}


def _wrong_end(column: str, right: Any) -> nw.Expr:
    if isinstance(right, str):
        return known(column) if right == _EMPTY else missing(column)
    return missing(column) | (known(column, "value") & (nw.col(column) != right))


def _not_by_section_5(bound: str) -> Callable[[Tables], Any]:
    has_value, low, high = SECTION_5[bound]

    def wrong_numbers(tables: Tables) -> Any:
        wrong_value = missing("value") if has_value else known("value")
        wrong = any_of([wrong_value, _wrong_end("low", low), _wrong_end("high", high)])
        return tables["casualty_claims"].filter((nw.col("bound") == bound) & wrong)

    return wrong_numbers


for _bound in SECTION_5:
    rule(
        f"quantity-{_bound.replace('_', '-')}",
        f"Of a figure that is {_bound}, {_WORDS[_bound]}.",
        table="casualty_claims",
        columns=["value", "low", "high"],
        message=f"value {{value}}, low {{low}}, high {{high}}; of a figure that is {_bound}, {_WORDS[_bound]}",
    )(_not_by_section_5(_bound))


@rule("quantity-low-not-above-high", "Low is not above high.", table="casualty_claims", columns=["low", "high"])
def low_above_high(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(known("low", "high") & (nw.col("low") > nw.col("high")))


@rule(
    "vague-term-of-vague-only",
    "A vague figure has a vague_term, and no other figure has one.",
    table="casualty_claims",
    columns=["bound", "vague_term"],
)
def vague_term_amiss(tables: Tables) -> Any:
    wordless = one_of("bound", "vague") & missing("vague_term")
    return tables["casualty_claims"].filter(wordless | (none_of("bound", "vague") & known("vague_term")))


@rule(
    "figure-as-printed",
    "Every figure is there as printed; what is unquantified has none.",
    table="casualty_claims",
    columns=["bound", "figure_text"],
)
def figure_text_amiss(tables: Tables) -> Any:
    wordless = none_of("bound", "unquantified") & missing("figure_text") & none_of("record_status", "withheld")
    return tables["casualty_claims"].filter(wordless | (one_of("bound", "unquantified") & known("figure_text")))


@rule(
    "figure-is-short",
    "A figure as printed has at most eight words.",
    table="casualty_claims",
    columns=["figure_text"],
    message="“{figure_text}” has more than eight words; keep the figure and its qualifier",
)
def long_figure(tables: Tables) -> Any:
    def too_long(row: Row) -> bool:
        return len((row["figure_text"] or "").split()) > MAX_FIGURE_WORDS

    return among(tables["casualty_claims"], ["figure_text"], too_long)


_FIGURE = ("figure_text", "document_language", "bound", "value", "low", "high", "vague_term")


def _figures(tables: Tables) -> nw.LazyFrame:
    return claims_in_documents(tables).filter(known("figure_text", "document_language", "bound"))


def _as_coded(row: Row) -> Quantity | None:
    """The figure read from its words with the coder's bound, as the build reads it; None if nobody can."""
    worded = _as_worded(row)
    if worded is not None and worded.bound == row["bound"]:
        return worded
    try:
        return read_quantity(row["figure_text"], row["document_language"], row["bound"])
    except UnreadableFigure:
        return None


def _as_worded(row: Row) -> Quantity | None:
    """The figure by its words alone."""
    return _read(row["figure_text"], row["document_language"])


@lru_cache(maxsize=100_000)
def _read(figure: str, language: str) -> Quantity | None:
    try:
        return read_quantity(figure, language)
    except UnreadableFigure:
        return None


def _numbers(quantity: Quantity) -> tuple[int | str | None, ...]:
    return quantity.value, quantity.low, quantity.high, quantity.vague_term


def _worded(quantity: Quantity | None) -> str:
    if quantity is None:
        return "cannot be read"
    numbers = [
        f"{name} {cell}"
        for name, cell in zip(("value", "low", "high", "vague_term"), _numbers(quantity), strict=True)
        if cell is not None
    ]
    return f"reads {quantity.bound}, {', '.join(numbers) or 'no number'}"


def _not_the_number(row: Row) -> bool:
    if row["bound"] == "share":
        return False
    reading = _as_coded(row)
    return reading is None or _numbers(reading) != (row["value"], row["low"], row["high"], row["vague_term"])


@rule(
    "figure-reads-as-coded",
    "The number is the one that the figure as printed says, in the document's language.",
    table="casualty_claims",
    columns=["figure_text"],
    message=lambda row: (
        f"“{row['figure_text']}” {_worded(_as_coded(row) or _as_worded(row))}; coded are value {row['value']}, low {row['low']}, high {row['high']}, vague_term {row['vague_term']}"
    ),
)
def figure_with_another_number(tables: Tables) -> Any:
    return among(_figures(tables), _FIGURE, _not_the_number)


def _not_the_bound(row: Row) -> bool:
    if row["bound"] == "share":
        return False  # "many of the dead": whether that is a share or an amount, the sentence around it tells
    words = _as_worded(row)
    return words is not None and words.bound != "exact" and words.bound != row["bound"]


@rule(
    "figure-bound-as-worded",
    "Where the words say how the number limits the claim, the bound is what they say.",
    table="casualty_claims",
    columns=["bound"],
    message=lambda row: f"bound is {row['bound']}, but “{row['figure_text']}” {_worded(_as_worded(row))}",
)
def figure_with_another_bound(tables: Tables) -> Any:
    return among(_figures(tables), _FIGURE, _not_the_bound)


@rule(
    "detail-of-its-type",
    "A detail goes with its type of casualty.",
    table="casualty_claims",
    columns=["casualty_type", "casualty_detail"],
    message="{casualty_detail} is no detail of {casualty_type}",
)
def detail_of_another_type(tables: Tables) -> Any:
    lawful = any_of(
        one_of("casualty_type", kind) & one_of("casualty_detail", *details) for kind, details in DETAILS_OF_TYPE.items()
    )
    return tables["casualty_claims"].filter(known("casualty_type", "casualty_detail") & ~lawful)


@rule(
    "label-is-short",
    "A label is a word or two, three at most.",
    table="casualty_claims",
    columns=["victim_label"],
    message="“{victim_label}” is a sentence's length; keep the loaded word",
)
def long_label(tables: Tables) -> Any:
    return among(tables["casualty_claims"], ["victim_label"], lambda row: len((row["victim_label"] or "").split()) > 3)
