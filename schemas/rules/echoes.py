"""Echoes: a figure said again leads to the one place where it was said first; a slip is called a slip."""

from typing import Any

import narwhals as nw

from schemas.inconsistencies import REPEATS, assertions, origins, rows_of
from schemas.rules.expressions import any_of, differs, later, not_same, one_of, related_claims
from schemas.rules.parts import relations_on_a_circle
from schemas.rules.registry import Tables, rule

REVISIONS = ("supersedes", "corrects", "retracts")


@rule(
    "echo-of-the-same-type",
    "A claim that repeats another counts the same type of casualty.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} counts {casualty_type}, {other_claim_id} {other_casualty_type}; what {relation} is the same, a slip mistranscribes",
)
def echo_of_another_type(tables: Tables) -> Any:
    return related_claims(tables, *REPEATS).filter(differs("casualty_type", "other_casualty_type"))


@rule(
    "echo-of-the-same-figure",
    "A claim that repeats another has the same figure.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} has {value} ({low} to {high}, {vague_term}), {other_claim_id} {other_value} ({other_low} to {other_high}, {other_vague_term}); what {relation} is the same, a slip mistranscribes",
)
def echo_of_another_figure(tables: Tables) -> Any:
    numbers = any_of([not_same("value", "other_value"), not_same("vague_term", "other_vague_term")])
    ends = one_of("bound", "range") & any_of([not_same("low", "other_low"), not_same("high", "other_high")])
    return related_claims(tables, *REPEATS).filter(numbers | ends)


@rule(
    "echo-of-the-same-claimant",
    "A claim that repeats another is of the same claimant, or leaves its own unnamed.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} is {claimant_id}'s, {other_claim_id} {other_claimant_id}'s; what {relation} is one claimant's, a wrong claimant mistranscribes",
)
def echo_of_another_claimant(tables: Tables) -> Any:
    unnamed = tables["claimants"].filter(nw.col("anonymity") == "unnamed").select("claimant_id")
    different = related_claims(tables, *REPEATS).filter(differs("claimant_id", "other_claimant_id"))
    return different.join(unnamed, on="claimant_id", how="anti")


@rule(
    "echo-not-published-before",
    "An echo is not published before what it repeats.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{claim_id} was published on {document_published_date}, {other_claim_id} on {other_document_published_date}; the later one echoes the earlier",
)
def echo_published_before(tables: Tables) -> Any:
    exact = one_of("document_published_precision", "exact_day") & one_of(
        "other_document_published_precision", "exact_day"
    )
    return related_claims(tables, "echoes").filter(
        exact & later("other_document_published_date", "document_published_date")
    )


@rule(
    "echo-not-as-of-before",
    "A claim that repeats another is not as of an earlier day.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{claim_id} is as of {as_of_date}, {other_claim_id} of {other_as_of_date}; a repeat is not older",
)
def echo_as_of_before(tables: Tables) -> Any:
    exact = one_of("as_of_precision", "exact_day") & one_of("other_as_of_precision", "exact_day")
    return related_claims(tables, *REPEATS).filter(exact & later("other_as_of_date", "as_of_date"))


@rule(
    "restates-in-one-document",
    "What restates stands in the same document.",
    table="claim_relations",
    columns=["relation"],
    message="{other_claim_id} is of another document; between documents, a claim echoes",
)
def restated_elsewhere(tables: Tables) -> Any:
    return related_claims(tables, "restates").filter(differs("document_id", "other_document_id"))


@rule(
    "echoes-in-two-documents",
    "What echoes or mistranscribes stands in another document.",
    table="claim_relations",
    columns=["relation"],
    message="{other_claim_id} is of the same document; within one, a claim restates",
)
def echoed_within(tables: Tables) -> Any:
    return related_claims(tables, "echoes", "mistranscribes").filter(
        nw.col("document_id") == nw.col("other_document_id")
    )


@rule(
    "echo-without-cycle",
    "No claim repeats itself, directly or through others.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{other_claim_id} itself leads back to {claim_id}",
)
def echoes_in_a_circle(tables: Tables) -> Any:
    return relations_on_a_circle(tables, *REPEATS)


def _repeats(tables: Tables) -> list[tuple[str, str]]:
    rows = tables.distinct("claim_relations", "claim_id", "relation", "other_claim_id")
    return sorted((row["claim_id"], row["other_claim_id"]) for row in rows if row["relation"] in REPEATS)


@rule(
    "echo-of-one-origin",
    "Every echo leads to one origin.",
    table="casualty_claims",
    columns=["claim_id"],
    message="this claim and another that repeats nothing are repeated by the same claims; one of the two should echo the other",
)
def several_origins(tables: Tables) -> Any:
    repeats = _repeats(tables)
    repeating = {claim for claim, _ in repeats}
    claims = {claim for pair in repeats for claim in pair}
    ends = [[claim for claim in group if claim not in repeating] for group in assertions(claims, repeats)]
    return tables["casualty_claims"].filter(
        nw.col("claim_id").is_in(sorted(claim for group in ends if len(group) > 1 for claim in group))
    )


_CLAIM = ("claim_id", "document_id", "claimant_id", "as_of_date", "record_status")
_DOCUMENT = ("document_id", "publisher", "author", "published_date", "record_status")


@rule(
    "echo-leads-to-the-claimant",
    "Where the claimant's own document is in the package, what repeats the figure leads there.",
    table="casualty_claims",
    columns=["claim_id"],
    message="this claim stands in {claimant_id}'s own document and yet repeats another; the other should echo this one",
)
def origin_that_repeats(tables: Tables) -> Any:
    rows = tables.distinct("casualty_claims", *_CLAIM)
    claimant = {row["claim_id"]: row["claimant_id"] for row in rows}
    # Repeats across claimants are wrong already, by a rule of their own.
    repeats = [(claim, other) for claim, other in _repeats(tables) if claimant.get(claim) == claimant.get(other)]
    cycles = {
        claim
        for row in rows_of(relations_on_a_circle(tables, *REPEATS))
        for claim in (row["claim_id"], row["other_claim_id"])
    }
    found = origins(
        rows,
        [{"claim_id": claim, "relation": "echoes", "other_claim_id": other} for claim, other in repeats],
        tables.distinct("documents", *_DOCUMENT),
    )
    wrong = ({found[claim] for claim, _ in repeats if claim in found} & {claim for claim, _ in repeats}) - cycles
    return tables["casualty_claims"].filter(nw.col("claim_id").is_in(sorted(wrong)))


_SAID = (
    "claimant_id", "event_id", "casualty_type", "casualty_detail", "victim_role", "victim_age_group", "victim_sex", "bound", "value", "low",
    "high", "vague_term", "modality", "claimant_status", "counting_basis", "time_frame", "includes_security_forces",
)  # fmt: skip


@rule(
    "slip-differs",
    "A claim that mistranscribes another differs from it.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} says the same as {other_claim_id}; it echoes, unless a slip was coded away",
)
def slip_without_a_difference(tables: Tables) -> Any:
    return related_claims(tables, "mistranscribes").filter(~any_of([not_same(name, f"other_{name}") for name in _SAID]))


@rule(
    "revision-of-ones-own",
    "Only the claimant supersedes, corrects or retracts its claim.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} is {claimant_id}'s, {other_claim_id} {other_claimant_id}'s; another's claim can only be disputed",
)
def revision_of_anothers(tables: Tables) -> Any:
    return related_claims(tables, *REVISIONS).filter(differs("claimant_id", "other_claimant_id"))


@rule(
    "revision-of-the-same-people",
    "A claim that supersedes, corrects or retracts another counts the same type of casualty of the same people.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} counts {casualty_type} of {victim_role}, {other_claim_id} {other_casualty_type} of {other_victim_role}; a new count is of the same people",
)
def revision_of_other_people(tables: Tables) -> Any:
    everyone = one_of("victim_role", "all", "unspecified") & one_of("other_victim_role", "all", "unspecified")
    other_role = differs("victim_role", "other_victim_role") & ~everyone
    return related_claims(tables, *REVISIONS).filter(differs("casualty_type", "other_casualty_type") | other_role)


@rule(
    "revision-is-later",
    "A claim that supersedes, corrects or retracts another is not as of an earlier day.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{claim_id} is as of {as_of_date}, {other_claim_id} of {other_as_of_date}; the later one {relation} the earlier",
)
def revision_as_of_before(tables: Tables) -> Any:
    exact = one_of("as_of_precision", "exact_day") & one_of("other_as_of_precision", "exact_day")
    return related_claims(tables, *REVISIONS).filter(exact & later("other_as_of_date", "as_of_date"))


@rule(
    "conflict-within-one-document",
    "An internal conflict is within one document.",
    table="claim_relations",
    columns=["relation"],
    message="{other_claim_id} is of another document; between documents, claims dispute or are inconsistent",
)
def conflict_between_documents(tables: Tables) -> Any:
    return related_claims(tables, "internal_conflict").filter(differs("document_id", "other_document_id"))


@rule(
    "dispute-with-another",
    "Nobody disputes a claim of their own.",
    table="claim_relations",
    columns=["relation"],
    message="both claims are {claimant_id}'s; a claimant corrects or retracts its own claim",
)
def dispute_with_oneself(tables: Tables) -> Any:
    return related_claims(tables, "disputes").filter(nw.col("claimant_id") == nw.col("other_claimant_id"))
