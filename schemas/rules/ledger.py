"""The ledger: in a text held in full every number is accounted for, and every figure is a number of the text."""

import re
import unicodedata
from typing import Any

import narwhals as nw

from schemas.quantities import VAGUE_TERMS, UnreadableFigure, read_quantity
from schemas.rules.expressions import active, among, claims_in_documents, differs, known, missing, none_of, one_of
from schemas.rules.registry import Row, Tables, rule

FIGURE_CATEGORIES = ("casualty", "percentage")
"""Categories whose numbers may be a claim's figure: counts of people, and shares of them."""

NUMBER_WORDS = {term for term, meaning in VAGUE_TERMS.items() if (meaning.logical_plural or 0) >= 20}
"""Vague terms that the ledger counts as numbers: dozens, hundreds, thousands, but not some, several or many."""


def _mentions_of_claims(tables: Tables) -> nw.LazyFrame:
    claims = tables["casualty_claims"].select("claim_id", "figure_text", claim_document_id=nw.col("document_id"))
    return tables["number_mentions"].filter(known("claim_id")).join(claims, on="claim_id", how="inner")


@rule(
    "ledger-without-overlap",
    "No number of the ledger overlaps another.",
    table="number_mentions",
    columns=["start"],
    message="starts at {start}, but the number before ends at {ends_before}; each stands once",
)
def overlapping_mentions(tables: Tables) -> Any:
    before = nw.col("end").shift(1).over("document_id", order_by="start").alias("ends_before")
    mentions = (
        tables["number_mentions"].filter(known("document_id", "start", "end")).select("document_id", "start", "end")
    )
    return mentions.with_columns(before).filter(known("ends_before") & (nw.col("ends_before") > nw.col("start")))


@rule(
    "ledger-within-the-text",
    "A number of the ledger starts before it ends, and ends within the text.",
    table="number_mentions",
    columns=["start", "end"],
    message="start {start} and end {end} do not fit a text of {text_characters} characters",
)
def mention_outside_the_text(tables: Tables) -> Any:
    documents = tables["documents"].select("document_id", "text_characters")
    mentions = tables["number_mentions"].join(documents, on="document_id", how="inner").filter(known("start", "end"))
    return mentions.filter(
        (nw.col("start") >= nw.col("end")) | (known("text_characters") & (nw.col("end") > nw.col("text_characters")))
    )


@rule(
    "ledger-length-of-the-number",
    "From start to end is the length of the number.",
    table="number_mentions",
    columns=["start", "end", "text"],
    message="“{text}” does not reach from {start} to {end}",
)
def mention_of_another_length(tables: Tables) -> Any:
    mentions = tables["number_mentions"].filter(known("start", "end", "text") & (nw.col("start") < nw.col("end")))
    length = nw.col("text").str.len_chars().cast(nw.Int64)
    return mentions.filter(length != nw.col("end") - nw.col("start"))


@rule(
    "ledger-casualty-has-a-claim",
    "A number of casualties leads to a claim, or notes say why not.",
    table="number_mentions",
    columns=["claim_id", "notes"],
    message="“{text}” is a casualty figure with neither claim_id nor notes; name the claim or say why there is none",
)
def casualty_without_claim(tables: Tables) -> Any:
    return tables["number_mentions"].filter(one_of("category", "casualty") & missing("claim_id") & missing("notes"))


@rule(
    "ledger-claim-has-casualties",
    "Only a number of casualties, or a share of them, leads to a claim.",
    table="number_mentions",
    columns=["category"],
    message="“{text}” is the figure of {claim_id}, but its category is {category}",
)
def claim_of_another_category(tables: Tables) -> Any:
    return tables["number_mentions"].filter(known("claim_id") & none_of("category", *FIGURE_CATEGORIES))


@rule(
    "ledger-claim-in-its-document",
    "A number leads to a claim of the same document.",
    table="number_mentions",
    columns=["claim_id"],
    message="{claim_id} is a claim of {claim_document_id}",
)
def claim_of_another_document(tables: Tables) -> Any:
    return _mentions_of_claims(tables).filter(differs("document_id", "claim_document_id"))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).casefold()


@rule(
    "ledger-number-in-the-figure",
    "The number is in the figure of the claim that it leads to.",
    table="number_mentions",
    columns=["text", "claim_id"],
    message="“{text}” is not in “{figure_text}”, the figure of {claim_id}",
)
def number_of_another_figure(tables: Tables) -> Any:
    def elsewhere(row: Row) -> bool:
        return _plain(row["text"]) not in _plain(row["figure_text"])

    return among(_mentions_of_claims(tables).filter(known("text", "figure_text")), ["text", "figure_text"], elsewhere)


@rule(
    "ledger-number-in-the-evidence",
    "The number stands in the passage that bears its claim.",
    table="number_mentions",
    columns=["start", "end"],
    message="{start} to {end} is in no passage of the evidence for {claim_id}",
)
def number_outside_the_evidence(tables: Tables) -> Any:
    passages = tables["evidence"].filter(known("claim_id", "start", "end"))
    passages = passages.select("claim_id", passage_start=nw.col("start"), passage_end=nw.col("end"))
    mentions = tables["number_mentions"].filter(known("claim_id", "start", "end"))
    beside = mentions.join(passages, on="claim_id", how="inner")
    inside = beside.filter((nw.col("start") >= nw.col("passage_start")) & (nw.col("end") <= nw.col("passage_end")))
    keys = ["document_id", "start"]
    return beside.join(inside.select(*keys), on=keys, how="anti").select(*keys, "end", "claim_id").unique()


def has_a_number(figure: str, language: str) -> bool:
    """Whether a figure has digits, or words that the ledger counts as numbers."""
    if any(c.isdecimal() for c in figure):
        return True
    try:
        quantity = read_quantity(figure, language)
    except UnreadableFigure:
        return False
    numbers = [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]
    return max(numbers, default=0) > 1 or quantity.vague_term in NUMBER_WORDS


@rule(
    "ledger-has-every-figure",
    "Every figure of a text held in full is a number of the ledger.",
    table="casualty_claims",
    columns=["figure_text"],
    message="no row of number_mentions has claim_id {claim_id} for “{figure_text}”; account for it",
)
def figure_not_in_ledger(tables: Tables) -> Any:
    claims = claims_in_documents(tables).filter(
        active() & one_of("document_text_access", "full_text") & known("figure_text", "document_language")
    )
    figures = among(
        claims,
        ["figure_text", "document_language"],
        lambda row: has_a_number(row["figure_text"], row["document_language"]),
    )
    return figures.join(
        tables["number_mentions"].filter(known("claim_id")).select("claim_id"), on="claim_id", how="anti"
    )
