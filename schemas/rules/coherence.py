"""Coherence: cells of one row, or of one publisher, that cannot stand beside each other."""

from functools import cache
from typing import Any

import narwhals as nw
import pycountry

from schemas.rules.expressions import differs, known, missing, none_of, one_of, where
from schemas.rules.registry import Row, Tables, rule

NO_FORCES = ("protester", "bystander", "civilian_unspecified", "medical", "journalist", "student")
"""Roles that leave security forces out by what they are."""

STATE_CLAIMANTS = ("state_body", "state_official", "state_media")


@rule(
    "role-leaves-security-forces-out",
    "A claim about protesters or other civilians counts no security forces.",
    table="casualty_claims",
    columns=["victim_role", "includes_security_forces"],
    message="victim_role is {victim_role}, so includes_security_forces cannot be yes",
)
def civilians_with_forces(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("victim_role", *NO_FORCES) & one_of("includes_security_forces", "yes")
    )


@rule(
    "role-of-security-forces-counts-them",
    "A claim about security forces does not leave them out.",
    table="casualty_claims",
    columns=["victim_role", "includes_security_forces"],
    message="victim_role is security_forces, so includes_security_forces cannot be no",
)
def forces_without_forces(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("victim_role", "security_forces") & one_of("includes_security_forces", "no")
    )


@rule(
    "under-review-are-deaths",
    "Only deaths are under review.",
    table="casualty_claims",
    columns=["casualty_type", "claimant_status"],
    message="claimant_status is under_review, but casualty_type is {casualty_type}; deaths under review are killed or executed",
)
def other_casualties_under_review(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("claimant_status", "under_review") & none_of("casualty_type", "killed", "executed")
    )


@rule(
    "official-figure-of-a-state",
    "Only a state body, official or medium gives an official figure.",
    table="casualty_claims",
    columns=["claimant_id", "claimant_status"],
    message="claimant_status is official, but {claimant_id} is a {claimant_type}",
)
def official_figure_of_another(tables: Tables) -> Any:
    claimants = tables["claimants"].select("claimant_id", "claimant_type")
    official = (
        tables["casualty_claims"]
        .filter(one_of("claimant_status", "official"))
        .join(claimants, on="claimant_id", how="inner")
    )
    return official.filter(none_of("claimant_type", *STATE_CLAIMANTS, "unnamed_source"))


@rule(
    "held-now-is-no-running-total",
    "Those held now are no running total.",
    table="casualty_claims",
    columns=["casualty_detail", "time_frame"],
    message="casualty_detail is held_now, but time_frame {time_frame}; stock_now would be right",
)
def held_now_cumulative(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("casualty_detail", "held_now") & one_of("time_frame", "cumulative", "period", "daily_increment")
    )


@rule(
    "ever-arrested-is-no-stock",
    "All arrests so far are not a number at one moment.",
    table="casualty_claims",
    columns=["casualty_detail", "time_frame"],
    message="casualty_detail is {casualty_detail}, but time_frame stock_now; cumulative, or held_now, would be right",
)
def ever_arrested_as_stock(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(
        one_of("casualty_detail", "ever_arrested", "released") & one_of("time_frame", "stock_now")
    )


@cache
def _languages() -> set[str]:
    return {
        getattr(language, code)
        for language in pycountry.languages
        for code in ("alpha_2", "alpha_3")
        if hasattr(language, code)
    }


@rule(
    "language-exists",
    "A document's language exists.",
    table="documents",
    columns=["language"],
    message="{language} is no language of ISO 639; en, fa, ar, tr and so on",
)
def no_such_language(tables: Tables) -> Any:
    def wrong(row: Row) -> bool:
        return row["language"] is not None and row["language"].partition("-")[0] not in _languages()

    return where(tables, "documents", ["language"], wrong)


@rule(
    "publisher-of-one-type",
    "A publisher is of one type.",
    table="documents",
    columns=["publisher_type"],
    message="{publisher} is {publisher_type} here and {other_type} elsewhere; one publisher has one type",
)
def publisher_of_two_types(tables: Tables) -> Any:
    documents = tables["documents"].filter(known("publisher", "publisher_type"))
    types = documents.group_by("publisher").agg(other_type=nw.col("publisher_type").min())
    return documents.join(types, on="publisher", how="inner").filter(differs("publisher_type", "other_type"))


@rule(
    "collected-report-names-its-document",
    "A collected report names its document, and no other one does.",
    table="expected_reports",
    columns=["status", "document_id"],
    message="status is {status} and document_id {document_id}; collected, and only it, has a document",
)
def collected_without_document(tables: Tables) -> Any:
    reports = tables["expected_reports"]
    return reports.filter(
        (one_of("status", "collected") & missing("document_id"))
        | (none_of("status", "collected") & known("document_id"))
    )


@rule(
    "silence-is-explained",
    "A publisher's silence is explained in notes.",
    table="expected_reports",
    columns=["status", "notes"],
    message="status is publisher_silent, and notes are empty; say how the silence is known",
)
def silence_unexplained(tables: Tables) -> Any:
    return tables["expected_reports"].filter(one_of("status", "publisher_silent") & missing("notes"))
