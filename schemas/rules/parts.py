"""Parts and wholes: a part is of its whole's kind and no larger; a partition that misses its total is listed, not rejected."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from schemas.rules.expressions import active, differs, known, none_of, on_cycles, one_of, related_claims
from schemas.rules.registry import Tables, rule

PARTS = ("part_of", "subset_of")


@rule(
    "relation-to-another-claim",
    "A claim is not related to itself.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{claim_id} is related to itself",
)
def relation_to_itself(tables: Tables) -> Any:
    return tables["claim_relations"].filter(
        known("claim_id", "other_claim_id") & (nw.col("claim_id") == nw.col("other_claim_id"))
    )


@rule(
    "relation-one-of-a-kind",
    "Of two claims, one repeats the other, miscopies it or is a part of it; not two of these.",
    table="claim_relations",
    columns=["relation"],
    message="the two claims are also related by {other_relation}; only one of the two can be so",
)
def relations_that_exclude_each_other(tables: Tables) -> Any:
    links = tables["claim_relations"].filter(one_of("relation", "restates", "echoes", "mistranscribes", *PARTS))
    links = links.select("claim_id", "relation", "other_claim_id")
    same = links.select("claim_id", "other_claim_id", other_relation=nw.col("relation"))
    back = links.select(
        claim_id=nw.col("other_claim_id"), other_claim_id=nw.col("claim_id"), other_relation=nw.col("relation")
    )
    pairs = ["claim_id", "other_claim_id"]
    twice = links.join(same, on=pairs, how="inner").filter(nw.col("relation") > nw.col("other_relation"))
    there_and_back = links.join(back, on=pairs, how="inner").filter(
        (nw.col("relation") != nw.col("other_relation")) & (nw.col("claim_id") != nw.col("other_claim_id"))
    )
    return nw.concat([twice, there_and_back])


@rule(
    "part-of-the-same-type",
    "A part counts the same type of casualty as its whole.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} counts {casualty_type}, {other_claim_id} {other_casualty_type}; a part is of its whole's type",
)
def part_of_another_type(tables: Tables) -> Any:
    return related_claims(tables, *PARTS).filter(
        differs("casualty_type", "other_casualty_type") & none_of("other_casualty_type", "unspecified")
    )


@rule(
    "part-within-its-whole",
    "A part is not larger than its whole.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} is at least {low}, {other_claim_id} at most {other_high}; a part stays within its whole",
)
def part_larger_than_whole(tables: Tables) -> Any:
    return related_claims(tables, *PARTS).filter(known("low", "other_high") & (nw.col("low") > nw.col("other_high")))


@rule(
    "part-from-one-hand",
    "A part and its whole are of one document or one claimant.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{claim_id} and {other_claim_id} are of {claimant_id} and {other_claimant_id}, in two documents; they count apart",
)
def part_of_a_strangers_whole(tables: Tables) -> Any:
    return related_claims(tables, *PARTS).filter(
        differs("document_id", "other_document_id") & differs("claimant_id", "other_claimant_id")
    )


@rule(
    "part-without-cycle",
    "No claim is a part of itself, directly or through others.",
    table="claim_relations",
    columns=["other_claim_id"],
    message="{other_claim_id} is itself a part of {claim_id}",
)
def parts_in_a_circle(tables: Tables) -> Any:
    return relations_on_a_circle(tables, *PARTS)


def relations_on_a_circle(tables: Tables, *relations: str) -> Any:
    """Relations of these kinds that lead back to where they start, self-relations apart, which have a rule of their own."""
    rows = tables.distinct("claim_relations", "claim_id", "relation", "other_claim_id")
    edges = [(row["claim_id"], row["other_claim_id"]) for row in rows if row["relation"] in relations]
    circle = sorted(on_cycles((a, b) for a, b in edges if a != b))
    return tables["claim_relations"].filter(
        one_of("relation", *relations) & nw.col("claim_id").is_in(circle) & nw.col("other_claim_id").is_in(circle)
    )


@rule(
    "part-under-review-apart",
    "Deaths under review are no part of a confirmed total.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} is under_review, {other_claim_id} is {other_claimant_status}; the two never add up",
)
def part_under_review(tables: Tables) -> Any:
    return related_claims(tables, *PARTS).filter(
        one_of("claimant_status", "under_review")
        & one_of("other_claimant_status", "confirmed", "documented", "identified_by_name")
    )


@rule(
    "part-security-forces-counted",
    "A whole that leaves security forces out has no part of them.",
    table="claim_relations",
    columns=["relation"],
    message="{claim_id} counts security forces, {other_claim_id} leaves them out",
)
def part_of_those_left_out(tables: Tables) -> Any:
    return related_claims(tables, *PARTS).filter(
        one_of("victim_role", "security_forces") & one_of("other_includes_security_forces", "no")
    )


def partition_gaps(tables: Mapping[str, Any]) -> Any:
    """Totals that their parts miss: claim_id, stated, parts, sum_of_parts, difference (stated less sum). No fault of the data.

    Only where every part and the whole are stated with one number each; claims in use only. A Narwhals lazy frame.
    """
    given = tables if isinstance(tables, Tables) else Tables(tables)
    links = related_claims(given, "part_of").filter(active() & active("other_"))
    sums = links.group_by("other_claim_id", "other_value").agg(
        parts=nw.len(), counted=nw.col("value").count(), sum_of_parts=nw.col("value").sum()
    )
    whole = sums.filter(known("other_value") & (nw.col("parts") == nw.col("counted")))
    columns = {"claim_id": nw.col("other_claim_id"), "stated": nw.col("other_value"), "parts": nw.col("parts")}
    differences = whole.select(
        **columns, sum_of_parts=nw.col("sum_of_parts"), difference=nw.col("other_value") - nw.col("sum_of_parts")
    )
    return differences.filter(nw.col("difference") != 0)
