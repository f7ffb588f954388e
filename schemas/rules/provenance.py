"""Where a claim comes from: its document, the passage that bears it, and the hands it went through."""

from typing import Any

import narwhals as nw

from schemas.rules.expressions import (
    active,
    among,
    claims_in_documents,
    differs,
    known,
    missing,
    none_of,
    on_cycles,
    one_of,
)
from schemas.rules.registry import Row, Tables, rule
from schemas.rules.urls import same_page

READ = ("full_text", "excerpt")


def _evidence_in_documents(tables: Tables) -> Any:
    documents = tables["documents"].select("document_id", "text_access", "text_characters")
    return tables["evidence"].join(documents, on="document_id", how="inner")


@rule(
    "claim-has-evidence",
    "Every claim of a document that was read has evidence.",
    table="casualty_claims",
    columns=["claim_id"],
    message="no row of evidence has this claim_id; seal the passage that bears the claim",
)
def claims_without_evidence(tables: Tables) -> Any:
    claims = claims_in_documents(tables).filter(active() & one_of("document_text_access", *READ))
    return claims.join(tables["evidence"].select("claim_id").filter(known("claim_id")), on="claim_id", how="anti")


@rule(
    "evidence-of-one-thing",
    "Evidence bears out a claim or an event, and not both.",
    table="evidence",
    columns=["claim_id", "event_id"],
)
def evidence_of_none_or_both(tables: Tables) -> Any:
    return tables["evidence"].filter(known("claim_id", "event_id") | (missing("claim_id") & missing("event_id")))


@rule(
    "evidence-in-the-claims-document",
    "Evidence for a claim stands in the claim's document.",
    table="evidence",
    columns=["document_id"],
    message="document_id is {document_id}, but {claim_id} is a claim of {claim_document_id}",
)
def evidence_from_elsewhere(tables: Tables) -> Any:
    claims = tables["casualty_claims"].select("claim_id", claim_document_id=nw.col("document_id"))
    return (
        tables["evidence"].join(claims, on="claim_id", how="inner").filter(differs("document_id", "claim_document_id"))
    )


@rule(
    "evidence-named-after-its-document",
    "An evidence_id begins with the document_id.",
    table="evidence",
    columns=["evidence_id"],
    message="{evidence_id} should begin with {document_id}-",
)
def evidence_of_another_name(tables: Tables) -> Any:
    def misnamed(row: Row) -> bool:
        return not str(row["evidence_id"]).startswith(f"{row['document_id']}-")

    return among(
        tables["evidence"].filter(known("evidence_id", "document_id")), ["evidence_id", "document_id"], misnamed
    )


@rule(
    "evidence-once",
    "The same passage bears out a claim or an event once.",
    table="evidence",
    columns=["token_sha256"],
    message="another row has the same passage for the same claim or event ({first}); keep one of them",
)
def evidence_repeated(tables: Tables) -> Any:
    rows = tables["evidence"].with_columns(
        about=nw.concat_str([nw.col("claim_id").fill_null(""), nw.col("event_id").fill_null("")], separator="/")
    )
    first = rows.group_by("document_id", "about", "token_sha256").agg(first=nw.col("evidence_id").min())
    return rows.join(first, on=["document_id", "about", "token_sha256"], how="inner").filter(
        differs("evidence_id", "first")
    )


@rule(
    "evidence-of-full-text-has-offsets",
    "Evidence in a text held in full says where it stands.",
    table="evidence",
    columns=["start", "end"],
)
def evidence_without_offsets(tables: Tables) -> Any:
    return _evidence_in_documents(tables).filter(
        one_of("text_access", "full_text") & (missing("start") | missing("end"))
    )


@rule(
    "evidence-offsets-of-full-text-only",
    "Evidence has offsets only in a text held in full.",
    table="evidence",
    columns=["start", "end"],
    message="start {start} and end {end} should be empty: the text of the document is {text_access}",
)
def offsets_without_text(tables: Tables) -> Any:
    return _evidence_in_documents(tables).filter(one_of("text_access", "excerpt") & (known("start") | known("end")))


@rule(
    "evidence-within-the-text",
    "Evidence starts before it ends, and ends within the text.",
    table="evidence",
    columns=["start", "end"],
    message="start {start} and end {end} do not fit a text of {text_characters} characters",
)
def evidence_outside_the_text(tables: Tables) -> Any:
    rows = _evidence_in_documents(tables).filter(known("start", "end"))
    return rows.filter(
        (nw.col("start") >= nw.col("end")) | (known("text_characters") & (nw.col("end") > nw.col("text_characters")))
    )


@rule(
    "claim-named-after-its-document",
    "A claim_id is the document_id and a number.",
    table="casualty_claims",
    columns=["claim_id"],
    message="{claim_id} should be {document_id}-c01, c02 …",
)
def claim_of_another_name(tables: Tables) -> Any:
    named_after = nw.col("claim_id").str.replace_all("-c[0-9]{2,4}$", "").alias("named_after")
    return (
        tables["casualty_claims"]
        .filter(known("claim_id"))
        .with_columns(named_after)
        .filter(differs("document_id", "named_after"))
    )


@rule(
    "relay-hops-without-gap",
    "The hops of a claim are numbered 1, 2, 3 …",
    table="relays",
    columns=["hop"],
    message="the claim has {hops} hops, the last of them numbered {last}; number them from 1 without a gap",
)
def hops_with_a_gap(tables: Tables) -> Any:
    hops = (
        tables["relays"]
        .group_by("claim_id")
        .agg(hops=nw.col("hop").n_unique(), last=nw.col("hop").max(), first=nw.col("hop").min())
    )
    gaps = hops.filter((nw.col("last") != nw.col("hops")) | (nw.col("first") != 1))
    return tables["relays"].join(gaps, on="claim_id", how="inner").filter(nw.col("hop") == nw.col("last"))


@rule(
    "relay-chain-without-cycle",
    "A claim does not come back to somebody whom it went through.",
    table="relays",
    columns=["claimant_id"],
    message="{claimant_id} stands earlier in the chain of this claim; a hop is somebody new",
)
def relay_that_returns(tables: Tables) -> Any:
    claims, relays = tables["casualty_claims"], tables["relays"]
    first = claims.select("claim_id", "claimant_id", earlier=nw.lit(0))
    hops = relays.select("claim_id", "claimant_id", earlier=nw.col("hop"))
    chain = nw.concat(
        [first.with_columns(nw.col("earlier").cast(nw.Int64)), hops.with_columns(nw.col("earlier").cast(nw.Int64))]
    )
    returned = relays.join(chain, on=["claim_id", "claimant_id"], how="inner").filter(nw.col("earlier") < nw.col("hop"))
    return returned.select("claim_id", "hop", "claimant_id").unique()


@rule(
    "relay-in-another-document",
    "A hop published the claim in another document than the one that carries it.",
    table="relays",
    columns=["document_id"],
    message="{document_id} is the claim's own document, which is not a hop; leave it out",
)
def relay_in_the_same_document(tables: Tables) -> Any:
    claims = tables["casualty_claims"].select("claim_id", claim_document_id=nw.col("document_id"))
    relays = tables["relays"].filter(known("document_id")).join(claims, on="claim_id", how="inner")
    return relays.filter(nw.col("document_id") == nw.col("claim_document_id"))


@rule(
    "document-derivation-without-cycle",
    "No document is copied from itself, directly or through others.",
    table="documents",
    columns=["derived_from_document_id"],
    message="the chain of copies from {derived_from_document_id} leads back here",
)
def derivation_in_a_circle(tables: Tables) -> Any:
    links = tables.distinct("documents", "document_id", "derived_from_document_id")
    circle = on_cycles((row["document_id"], row["derived_from_document_id"]) for row in links)
    return tables["documents"].filter(nw.col("document_id").is_in(sorted(circle)))


@rule(
    "document-copy-is-no-original",
    "A document copied from another is not called an original.",
    table="documents",
    columns=["copy_status", "derived_from_document_id"],
)
def original_that_is_a_copy(tables: Tables) -> Any:
    return tables["documents"].filter(one_of("copy_status", "original") & known("derived_from_document_id"))


@rule(
    "full-text-has-hash-and-length",
    "A text held in full has its hash and its length.",
    table="documents",
    columns=["text_sha256", "text_characters"],
)
def full_text_without_hash(tables: Tables) -> Any:
    return tables["documents"].filter(
        one_of("text_access", "full_text") & (missing("text_sha256") | missing("text_characters"))
    )


@rule(
    "hash-and-length-of-full-text-only",
    "Only a text held in full has a hash and a length.",
    table="documents",
    columns=["text_sha256", "text_characters"],
    message="text_access is {text_access}, so text_sha256 and text_characters should be empty",
)
def hash_without_full_text(tables: Tables) -> Any:
    return tables["documents"].filter(
        none_of("text_access", "full_text") & (known("text_sha256") | known("text_characters"))
    )


@rule(
    "full-text-held-once",
    "One held text is one document.",
    table="documents",
    columns=["text_sha256"],
    message="{first} has the same text_sha256; one of the two is the other's duplicate",
)
def full_text_twice(tables: Tables) -> Any:
    held = tables["documents"].filter(known("text_sha256") & active())
    first = held.group_by("text_sha256").agg(first=nw.col("document_id").min())
    return held.join(first, on="text_sha256", how="inner").filter(differs("document_id", "first"))


@rule(
    "full-text-has-ledger",
    "A text held in full has a ledger of its numbers.",
    table="documents",
    columns=["document_id"],
    message="number_mentions has no row for this document; list its numbers",
)
def full_text_without_ledger(tables: Tables) -> Any:
    held = tables["documents"].filter(one_of("text_access", "full_text") & active())
    return held.join(tables["number_mentions"].select("document_id"), on="document_id", how="anti")


@rule(
    "ledger-of-full-text-only",
    "Only a text held in full has a ledger.",
    table="number_mentions",
    columns=["document_id"],
    message="the text of {document_id} is {text_access}; a ledger needs full_text",
)
def ledger_without_full_text(tables: Tables) -> Any:
    documents = tables["documents"].select("document_id", "text_access")
    return (
        tables["number_mentions"]
        .join(documents, on="document_id", how="inner")
        .filter(none_of("text_access", "full_text"))
    )


@rule(
    "unread-document-has-no-claims",
    "A document known from a citation only has no claims.",
    table="casualty_claims",
    columns=["document_id"],
    message="{document_id} is not_read, so nobody can know what it claims",
)
def claims_of_unread_documents(tables: Tables) -> Any:
    return claims_in_documents(tables).filter(one_of("document_text_access", "not_read"))


@rule(
    "unread-document-has-no-evidence",
    "A document known from a citation only has no evidence.",
    table="evidence",
    columns=["document_id"],
    message="{document_id} is not_read, so no passage of it is known",
)
def evidence_of_unread_documents(tables: Tables) -> Any:
    return _evidence_in_documents(tables).filter(one_of("text_access", "not_read"))


@rule(
    "read-document-has-date-retrieved",
    "A document that was read says when.",
    table="documents",
    columns=["retrieved_date"],
    message="text_access is {text_access}, so retrieved_date should say when it was read",
)
def read_without_date(tables: Tables) -> Any:
    return tables["documents"].filter(one_of("text_access", *READ) & missing("retrieved_date"))


@rule(
    "read-document-carries-something",
    "A document that was read carries a claim or tells of an event.",
    table="documents",
    columns=["document_id"],
    message="no claim and no evidence is from this document; list its page in excluded_documents instead",
)
def read_for_nothing(tables: Tables) -> Any:
    read = tables["documents"].filter(one_of("text_access", *READ) & active())
    used = nw.concat([tables["casualty_claims"].select("document_id"), tables["evidence"].select("document_id")])
    return read.join(used, on="document_id", how="anti")


@rule(
    "read-document-has-address",
    "A document that was read has an address, or its notes say why it has none.",
    table="documents",
    columns=["source_url", "archive_url"],
    message="source_url and archive_url are empty, and so are the notes; give an address or say why there is none",
)
def read_without_address(tables: Tables) -> Any:
    return tables["documents"].filter(
        one_of("text_access", *READ) & missing("source_url") & missing("archive_url") & missing("notes")
    )


@rule(
    "document-address-once",
    "One address is one document.",
    table="documents",
    columns=["source_url"],
    message="{source_url} is the address of another document too; one of the two is the other's duplicate",
)
def address_twice(tables: Tables) -> Any:
    rows = [
        row
        for row in tables.distinct("documents", "document_id", "source_url", "record_status")
        if row["record_status"] == "active"
    ]
    twice = same_page((row["document_id"], row["source_url"]) for row in rows)
    return tables["documents"].filter(nw.col("document_id").is_in(sorted(twice)))


@rule(
    "document-not-twice",
    "One publisher's document of one day and title is listed once.",
    table="documents",
    columns=["title"],
    message="{first} has the same publisher, title and date; one of the two is the other's duplicate",
)
def document_twice(tables: Tables) -> Any:
    same = ["publisher", "title", "published_date"]
    listed = tables["documents"].filter(active() & known(*same) & missing("source_url"))
    first = (
        tables["documents"]
        .filter(active() & known(*same))
        .group_by(*same)
        .agg(first=nw.col("document_id").min(), rows=nw.len())
    )
    return listed.join(first.filter(nw.col("rows") > 1), on=same, how="inner")


@rule(
    "archive-is-another-address",
    "The archived copy has an address of its own.",
    table="documents",
    columns=["archive_url"],
    message="archive_url is the source_url; give the archive's address or leave it out",
)
def archive_at_the_source(tables: Tables) -> Any:
    return tables["documents"].filter(
        known("source_url", "archive_url") & (nw.col("archive_url") == nw.col("source_url"))
    )


@rule(
    "withdrawn-document-says-why",
    "A document that is no longer in use says why.",
    table="documents",
    columns=["record_status"],
    message="record_status is {record_status}, and notes are empty; say why, and which row replaces it",
)
def withdrawn_document_without_notes(tables: Tables) -> Any:
    return tables["documents"].filter(none_of("record_status", "active") & missing("notes"))


@rule(
    "withdrawn-claim-says-why",
    "A claim that is no longer in use says why.",
    table="casualty_claims",
    columns=["record_status"],
    message="record_status is {record_status}, and notes are empty; say why, and which row replaces it",
)
def withdrawn_claim_without_notes(tables: Tables) -> Any:
    return tables["casualty_claims"].filter(none_of("record_status", "active") & missing("notes"))


@rule(
    "withdrawn-event-says-why",
    "An event that is no longer in use says why.",
    table="events",
    columns=["record_status"],
    message="record_status is {record_status}, and notes are empty; say why, and which row replaces it",
)
def withdrawn_event_without_notes(tables: Tables) -> Any:
    return tables["events"].filter(none_of("record_status", "active") & missing("notes"))


@rule(
    "active-claim-in-active-document",
    "A claim in use stands in a document in use.",
    table="casualty_claims",
    columns=["document_id"],
    message="the claim is active, but {document_id} is {document_record_status}",
)
def claim_in_withdrawn_document(tables: Tables) -> Any:
    return claims_in_documents(tables).filter(active() & none_of("document_record_status", "active"))


@rule(
    "active-claim-of-active-event",
    "A claim in use counts the victims of an event in use.",
    table="casualty_claims",
    columns=["event_id"],
    message="the claim is active, but the event {event_id} is {event_record_status}",
)
def claim_of_withdrawn_event(tables: Tables) -> Any:
    events = tables["events"].select("event_id", event_record_status=nw.col("record_status"))
    return (
        tables["casualty_claims"]
        .filter(active())
        .join(events, on="event_id", how="inner")
        .filter(none_of("event_record_status", "active"))
    )


@rule(
    "excluded-page-is-no-document",
    "A page left out is not a document of the package.",
    table="excluded_documents",
    columns=["source_url"],
    message="{source_url} is the address of a document too; it is either left out or in",
)
def excluded_and_included(tables: Tables) -> Any:
    documents = [
        ("", row["source_url"])
        for row in tables.distinct("documents", "source_url", "record_status")
        if row["record_status"] == "active"
    ]
    excluded = [(row["source_url"], row["source_url"]) for row in tables.distinct("excluded_documents", "source_url")]
    both = same_page(documents + excluded, apart=True)
    return tables["excluded_documents"].filter(nw.col("source_url").is_in(sorted(both)))


@rule(
    "excluded-duplicate-names-its-document",
    "A duplicate names the document it duplicates, and nothing else does.",
    table="excluded_documents",
    columns=["reason", "document_id"],
    message="reason is {reason} and document_id is {document_id}; duplicate_of, and only it, has a document_id",
)
def duplicate_of_nothing(tables: Tables) -> Any:
    duplicate = nw.col("reason") == "duplicate_of"
    return tables["excluded_documents"].filter(
        (duplicate & missing("document_id")) | (none_of("reason", "duplicate_of") & known("document_id"))
    )
