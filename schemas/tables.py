"""One pandera model per CSV. A column is declared here, once; descriptor, codebook and record fields refer to it.

Column descriptions tell a coder what to decide and a reader what to expect. An empty cell means: the document does
not say. Rules that need more than one column or row are in `schemas.rules`.
"""

from typing import Any

import pandera.pandas as pa

from schemas import vocabularies as v
from schemas.table_schema import Boolean, Date, Integer, Number, Text, column_type, field, primary_key  # noqa: F401

ID_PATTERN = "[a-z0-9][a-z0-9-]*"
LOCAL_CLAIM_ID_PATTERN = "c[0-9]{2,4}"
LANGUAGE_PATTERN = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
URL_PATTERN = r"https?://[^\s<>\"]+"
SHA256_PATTERN = "[0-9a-f]{64}"

#: The lengths, in tokens, that an anchor may have; few, so that any number of anchors needs few passes over a text.
TOKEN_COUNTS = (4, 6, 8, 12, 16, 24, 32)


def identifier(title: str, description: str, example: str, **more: Any) -> Any:
    """A column that holds an ID of this package."""
    return field(title, description, example=example, pattern=ID_PATTERN, **more)


def term(title: str, description: str, example: str, vocabulary: v.Vocabulary, required: bool = True) -> Any:
    """A column whose cells are terms of a vocabulary."""
    options = {t.name: t.definition for t in vocabulary.terms}
    return field(title, description, example=example, required=required, options=options)


# A column reads best on one line.
# fmt: off


class Documents(pa.DataFrameModel):
    """One row per document that makes or carries claims, read or only cited."""

    document_id: Text = identifier("Document", "Identifier of the document; never reused.", "reuters-2026-01-14-at-least-2571-killed", required=True, unique=True)
    title: Text = field("Title", "Title as printed, a private person's name replaced by [name]; a neutral one of ours if there is none, which notes say.", example="Death toll tops 4,000 in Iran protests: report", required=True)
    publisher: Text = field("Publisher", "Who published this page, not who is quoted in it.", example="Anadolu Agency", required=True)
    publisher_type: Text = term("Type of publisher", "What kind of publisher that is.", "news_agency", v.PUBLISHER_TYPE)
    author: Text = field("Author", "Byline as printed.", example="Amy Kellogg")
    document_type: Text = term("Type of document", "What kind of document it is.", "news_article", v.DOCUMENT_TYPE)
    language: Text = field("Language", "Language of the text read, as a BCP 47 tag.", example="en", pattern=LANGUAGE_PATTERN, required=True)
    source_url: Text = field("Address", "Address where the document was found or is cited to be.", example="https://example.org/article", pattern=URL_PATTERN)
    archive_url: Text = field("Archived copy", "Address of a copy in a public archive.", example="https://example.org/archive/1", pattern=URL_PATTERN)
    published_date: Date = field("Date published", "Day of publication that the document or its page states.", example="2026-01-14")
    published_precision: Text = term("Precision of the date published", "How exactly the day of publication is known.", "exact_day", v.DATE_PRECISION)
    published_basis: Text = term("Basis of the date published", "Where the day of publication comes from.", "stated", v.DATE_BASIS)
    retrieved_date: Date = field("Date retrieved", "Day on which the copy that was read was taken or, failing that, read.", example="2026-11-20")
    text_access: Text = term("Access to the text", "How much of the text was read.", "excerpt", v.TEXT_ACCESS)
    text_sha256: Text = field("Hash of the text", "SHA-256 of the bytes of the held file; only for full_text.", example="f3792f6648ae52a8" * 4, pattern=SHA256_PATTERN)
    text_characters: Integer = field("Length of the text", "Length of the held file in Unicode code points; only for full_text.", example="15083", minimum=1)
    copy_status: Text = term("Kind of copy", "Whether this is the first publication or a copy of another.", "original", v.COPY_STATUS)
    derived_from_document_id: Text = identifier("Derived from", "The document that this one copies, if the package has it.", "reuters-2026-01-14-at-least-2571-killed", references=".document_id")
    record_status: Text = term("Status of our row", "Whether this row is in use.", "active", v.RECORD_STATUS)
    notes: Text = field("Notes", "Remarks in our own words.", example="Bears no date.")

    class Config:
        name = "documents"
        title = "Documents"
        strict = True
        ordered = True
        metadata = {"primary_key": ["document_id"]}


class Events(pa.DataFrameModel):
    """One row per distinct happening: protest, shooting, raid, shutdown, arrest wave, official statement."""

    event_id: Text = identifier("Event", "Identifier of the event; never reused.", "malekshahi-shooting-2026-01-03", required=True, unique=True)
    parent_event_id: Text = identifier("Part of", "The larger event that this one belongs to; empty for a root.", "crackdown-2025-26", references=".event_id")
    event_type: Text = term("Type of event", "What happened.", "lethal_force", v.EVENT_TYPE)
    title: Text = field("Title", "What happened, in our own words.", example="Shooting at protesters in Malekshahi", required=True)
    start_date: Date = field("Start", "First day.", example="2026-01-03")
    end_date: Date = field("End", "Last day; empty if it is the first one or not known.", example="2026-01-03")
    date_precision: Text = term("Precision of the dates", "How exactly the dates are known.", "exact_day", v.DATE_PRECISION)
    date_basis: Text = term("Basis of the dates", "Where the dates come from.", "stated", v.DATE_BASIS)
    country_code: Text = field("Country", "ISO 3166-1 alpha-2 code.", example="IR", pattern="[A-Z]{2}", required=True)
    admin1_code: Text = field("Province", "ISO 3166-2 code, for events within one province.", example="IR-16", pattern="[A-Z]{2}-[A-Z0-9]{1,3}")
    place_name: Text = field("Place", "English standard name.", example="Malekshahi")
    place_precision: Text = term("Precision of the place", "How exactly the place is known.", "locality", v.PLACE_PRECISION)
    latitude: Number = field("Latitude", "WGS 84 degrees; only at locality or finer.", example="33.63", minimum=-90, maximum=90)
    longitude: Number = field("Longitude", "WGS 84 degrees; only at locality or finer.", example="46.42", minimum=-180, maximum=180)
    coordinate_role: Text = term("Role of the point", "Whether the point is the spot itself or stands for the place.", "representative", v.COORDINATE_ROLE, required=False)
    actor: Text = field("Actor", "Who acted, as the documents name the organisation.", example="Basij")
    record_status: Text = term("Status of our row", "Whether this row is in use.", "active", v.RECORD_STATUS)
    notes: Text = field("Notes", "Remarks in our own words.", example="The day is worked out from the day of publication.")

    class Config:
        name = "events"
        title = "Events"
        strict = True
        ordered = True
        metadata = {"primary_key": ["event_id"]}


class CasualtyClaims(pa.DataFrameModel):
    """One row per claim as one document carries it: a statement by somebody, not a fact."""

    claim_id: Text = field("Claim", "Identifier of the claim: the document's and a number.", example="reuters-2026-01-14-at-least-2571-killed-c01", pattern=f"{ID_PATTERN}-{LOCAL_CLAIM_ID_PATTERN}", required=True, unique=True)
    document_id: Text = identifier("Document", "The document that carries the claim.", "reuters-2026-01-14-at-least-2571-killed", required=True, references="documents.document_id")
    claimant_id: Text = identifier("Claimant", "Who first asserted it, as the document attributes it.", "hrana", required=True, references="claimants.claimant_id")
    event_id: Text = identifier("Scope", "The event whose victims are counted; the whole crackdown is an event.", "crackdown-2025-26", required=True, references="events.event_id")
    casualty_type: Text = term("Type of casualty", "What happened to the people counted.", "killed", v.CASUALTY_TYPE)
    casualty_detail: Text = term("Detail", "A narrower kind of injury, detention or sentence, if the claim says it.", "severe", v.CASUALTY_DETAIL, required=False)
    victim_role: Text = term("Role of the victims", "Of whom the claim speaks, as that claim counts them.", "protester", v.VICTIM_ROLE)
    victim_age_group: Text = term("Age group", "Whether the claim is about children or adults only.", "all", v.VICTIM_AGE_GROUP)
    victim_sex: Text = term("Sex", "Whether the claim is about women or men only.", "all", v.VICTIM_SEX)
    victim_label: Text = field("Label", "A loaded label in the claimant's own word or two, such as martyrs: its verdict, not ours.", example="martyrs")
    figure_text: Text = field("Figure as printed", "The figure with its qualifier, letter for letter, at most eight words; empty if unquantified.", example="at least 2,571")
    bound: Text = term("Bound", "How the number limits what is claimed.", "at_least", v.BOUND)
    value: Integer = field("Value", "The number in the wording; empty for range, vague, share and unquantified.", example="2571", minimum=0)
    low: Integer = field("Low", "Least number that agrees with the wording; derived.", example="2571", minimum=0)
    high: Integer = field("High", "Greatest number that agrees with the wording; derived.", example="20000", minimum=0)
    vague_term: Text = field("Vague word", "The quantity word, for vague: see vague_terms.", example="thousands", pattern="[a-z0-9_]+", references="vague_terms.vague_term")
    modality: Text = term("Modality", "Whether it is asserted, passed on, held possible, denied.", "asserted", v.MODALITY)
    claimant_status: Text = term("Status", "What the claimant calls the figure.", "confirmed", v.CLAIMANT_STATUS)
    counting_basis: Text = term("Counting basis", "What was counted, if said.", "case_file", v.COUNTING_BASIS)
    time_frame: Text = term("Time frame", "Whether the figure is a running total, a span, a day or one event.", "cumulative", v.TIME_FRAME)
    period_start: Date = field("Period from", "First day that the figure covers, if said.", example="2025-12-28")
    period_end: Date = field("Period to", "Last day that the figure covers, if said.", example="2026-01-26")
    as_of_date: Date = field("As of", "The day up to which the claimant counted, not the day of publication unless the basis says so.", example="2026-01-26")
    as_of_precision: Text = term("Precision of as-of", "How exactly that day is known.", "exact_day", v.DATE_PRECISION)
    as_of_basis: Text = term("Basis of as-of", "Where that day comes from.", "day_number", v.DATE_BASIS)
    includes_security_forces: Text = term("Security forces counted", "Whether security forces are among those counted.", "unknown", v.SECURITY_FORCES_COUNTED)
    record_status: Text = term("Status of our row", "Whether this row is in use; says nothing about the claim.", "active", v.RECORD_STATUS)
    notes: Text = field("Notes", "Remarks in our own words.", example="The qualifier stands in the sentence before.")

    class Config:
        name = "casualty_claims"
        title = "Casualty claims"
        strict = True
        ordered = True
        metadata = {"primary_key": ["claim_id"]}


class Claimants(pa.DataFrameModel):
    """Who asserts, publishes or relays figures."""

    claimant_id: Text = identifier("Claimant", "Identifier of the claimant; one for one claimant, whatever each page calls it.", "hrana", required=True, unique=True)
    name: Text = field("Name", "Name in English, or a description of an unnamed claimant.", example="Human Rights Activists News Agency (HRANA)", required=True)
    claimant_type: Text = term("Type of claimant", "What kind of claimant it is.", "ngo_monitor", v.CLAIMANT_TYPE)
    country_code: Text = field("Country", "ISO 3166-1 alpha-2 code of its seat.", example="US", pattern="[A-Z]{2}")
    parent_claimant_id: Text = identifier("Belongs to", "The larger body that it is a part of.", "bbc", references=".claimant_id")
    anonymity: Text = term("Anonymity", "Whether the claimant is named.", "named", v.ANONYMITY)
    wikidata_id: Text = field("Wikidata", "Wikidata item.", example="Q1", pattern="Q[1-9][0-9]*")
    url: Text = field("Website", "Address of its website.", example="https://example.org", pattern=URL_PATTERN)
    notes: Text = field("Notes", "Remarks in our own words; other names.", example="Also known as HRAI.")

    class Config:
        name = "claimants"
        title = "Claimants"
        strict = True
        ordered = True
        metadata = {"primary_key": ["claimant_id"]}


class Relays(pa.DataFrameModel):
    """The hops between the claimant and the document, in order; none for a claim that the document has first-hand."""

    claim_id: Text = identifier("Claim", "The claim that travelled.", "reuters-2026-01-14-at-least-2571-killed-c01", required=True, references="casualty_claims.claim_id")
    hop: Integer = field("Hop", "1 is nearest to the claimant.", example="1", minimum=1, required=True)
    claimant_id: Text = identifier("Relay", "Who passed the claim on.", "reuters", required=True, references="claimants.claimant_id")
    role: Text = term("Role", "How it was passed on.", "relayed_by", v.RELAY_ROLE)
    document_id: Text = identifier("Document", "Where that hop published it, if the package has it.", "reuters-2026-01-14-at-least-2571-killed", references="documents.document_id")

    class Config:
        name = "relays"
        title = "Relays"
        strict = True
        ordered = True
        metadata = {"primary_key": ["claim_id", "hop"]}


class ClaimRelations(pa.DataFrameModel):
    """Curated links from one claim to another."""

    claim_id: Text = identifier("Claim", "The claim that the relation starts from.", "reuters-2026-01-14-at-least-2571-killed-c02", required=True, references="casualty_claims.claim_id")
    relation: Text = term("Relation", "What the first claim is to the other.", "part_of", v.RELATION)
    other_claim_id: Text = identifier("Other claim", "The claim that the relation leads to.", "reuters-2026-01-14-at-least-2571-killed-c01", required=True, references="casualty_claims.claim_id")
    notes: Text = field("Notes", "Remarks in our own words.", example="One digit differs.")

    class Config:
        name = "claim_relations"
        title = "Relations between claims"
        strict = True
        ordered = True
        metadata = {"primary_key": ["claim_id", "relation", "other_claim_id"]}


class Evidence(pa.DataFrameModel):
    """Text-free quotations: anchors of scheme tokens-v1 by which the passage is found in any copy of the document."""

    evidence_id: Text = identifier("Evidence", "Identifier of the anchor.", "reuters-2026-01-14-at-least-2571-killed-e01", required=True, unique=True)
    document_id: Text = identifier("Document", "The document that holds the passage.", "reuters-2026-01-14-at-least-2571-killed", required=True, references="documents.document_id")
    claim_id: Text = identifier("Claim", "The claim that the passage bears out; empty if it is about an event.", "reuters-2026-01-14-at-least-2571-killed-c01", references="casualty_claims.claim_id")
    event_id: Text = identifier("Event", "The event that the passage tells of; empty if it is about a claim.", "malekshahi-shooting-2026-01-03", references="events.event_id")
    token_count: Integer = field("Tokens", "Number of consecutive tokens.", example="8", allowed=TOKEN_COUNTS, required=True)
    token_sha256: Text = field("Hash of the tokens", "SHA-256 of the normalised tokens joined by one space, in UTF-8.", example="f3792f6648ae52a8" * 4, pattern=SHA256_PATTERN, required=True)
    start: Integer = field("Start", "Offset of the passage in the held text, in code points; only for full_text.", example="1022", minimum=0)
    end: Integer = field("End", "Offset after the passage in the held text, in code points; only for full_text.", example="1084", minimum=1)

    class Config:
        name = "evidence"
        title = "Evidence"
        strict = True
        ordered = True
        metadata = {"primary_key": ["evidence_id"]}


class NumberMentions(pa.DataFrameModel):
    """The ledger: every number in the documents held in full, and what became of it."""

    document_id: Text = identifier("Document", "The document held in full.", "paul-riverbank-2026-01-07-defiant-iran-rises", required=True, references="documents.document_id")
    start: Integer = field("Start", "Offset in the held text, in code points.", example="1501", minimum=0, required=True)
    end: Integer = field("End", "Offset after the number, in code points.", example="1503", minimum=1, required=True)
    text: Text = field("Number", "The number alone, as printed.", example="25", required=True)
    category: Text = term("Category", "What kind of number it is.", "casualty", v.MENTION_CATEGORY)
    claim_id: Text = identifier("Claim", "The claim whose figure it is.", "paul-riverbank-2026-01-07-defiant-iran-rises-c01", references="casualty_claims.claim_id")
    notes: Text = field("Notes", "Why a number that could be taken for a casualty figure is none of ours.", example="Fighters, not casualties.")

    class Config:
        name = "number_mentions"
        title = "Number mentions"
        strict = True
        ordered = True
        metadata = {"primary_key": ["document_id", "start"]}


class Inconsistencies(pa.DataFrameModel):
    """Pairs of claims that cannot both hold; derived, never edited."""

    claim_id: Text = identifier("Claim", "The earlier claim, or the first by identifier.", "reuters-2026-01-14-at-least-2571-killed-c01", required=True, references="casualty_claims.claim_id")
    other_claim_id: Text = identifier("Other claim", "The claim that cannot hold if the first does.", "pbs-2026-01-21-iran-says-3117-c01", required=True, references="casualty_claims.claim_id")
    reason: Text = field("Reason", "Why the two cannot both hold.", example="at least 6126 by 2026-01-26, but at most 3117 by 2026-01-28", required=True)
    assumes: Text = field("Assumes", "Parts of the scope that had to be taken as equal because a claim does not say, separated by blanks.", example="victim_role")

    class Config:
        name = "inconsistencies"
        title = "Inconsistencies"
        strict = True
        ordered = True
        metadata = {"primary_key": ["claim_id", "other_claim_id"]}


class ExcludedDocuments(pa.DataFrameModel):
    """Pages that were looked at and left out, and why."""

    source_url: Text = field("Address", "Address of the page.", example="https://example.org/article", pattern=URL_PATTERN, required=True, unique=True)
    publisher: Text = field("Publisher", "Who published the page.", example="Example Outlet")
    reason: Text = term("Reason", "Why it is left out.", "collected_no_claim", v.EXCLUSION_REASON)
    document_id: Text = identifier("Duplicate of", "The document that it duplicates.", "reuters-2026-01-14-at-least-2571-killed", references="documents.document_id")
    notes: Text = field("Notes", "Remarks in our own words.", example="About the protests of 2022.")

    class Config:
        name = "excluded_documents"
        title = "Excluded documents"
        strict = True
        ordered = True
        metadata = {"primary_key": ["source_url"]}


class ExpectedReports(pa.DataFrameModel):
    """The reports one would expect of each regular series, day by day, and whether the package has them."""

    series: Text = identifier("Series", "Identifier of the series.", "hrana-daily", required=True)
    expected_date: Date = field("Expected on", "The day a report would be expected for.", example="2026-01-26", required=True)
    status: Text = term("Status", "What became of it.", "collected", v.REPORT_STATUS)
    document_id: Text = identifier("Document", "A document that carries the report.", "hands-off-cain-2026-01-26-hrana-day-30", references="documents.document_id")
    notes: Text = field("Notes", "Remarks in our own words.", example="Carried by relays only.")

    class Config:
        name = "expected_reports"
        title = "Expected reports"
        strict = True
        ordered = True
        metadata = {"primary_key": ["series", "expected_date"]}


class VagueTerms(pa.DataFrameModel):
    """Quantity words, and what each named scheme would read; for views that name their scheme."""

    vague_term: Text = field("Vague word", "The quantity word, in English.", example="dozens", pattern="[a-z0-9_]+", required=True, unique=True)
    definition: Text = field("Definition", "What the word says, without a number.", example="An unstated number of twelves.", required=True)
    acled: Integer = field("ACLED", "What ACLED's codebook would record.", example="12", minimum=0)
    ccc: Integer = field("CCC", "What the Crowd Counting Consortium would record.", example="200", minimum=0)
    logical_plural: Integer = field("Logical plural", "The least number that the plural allows: two of the unit.", example="24", minimum=0)

    class Config:
        name = "vague_terms"
        title = "Vague terms"
        strict = True
        ordered = True
        metadata = {"primary_key": ["vague_term"]}


class Vocabularies(pa.DataFrameModel):
    """Every controlled term with its definition and its outside mappings; generated."""

    vocabulary: Text = field("Vocabulary", "Name of the vocabulary.", example="casualty_type", required=True)
    term: Text = field("Term", "The term as it stands in the data.", example="killed", required=True)
    definition: Text = field("Definition", "One line.", example="Dead, from whatever cause the claim gives or leaves open.", required=True)
    mapping_scheme: Text = field("Scheme", "The outside scheme, or unmapped.", example="ACLED", required=True)
    mapping_term: Text = field("Outside term", "Where a user of that scheme would look, or unmapped.", example="fatalities", required=True)

    class Config:
        name = "vocabularies"
        title = "Vocabularies"
        strict = True
        ordered = True
        metadata = {"primary_key": ["vocabulary", "term", "mapping_scheme"]}


# fmt: on

TABLES: dict[str, type[pa.DataFrameModel]] = {
    str(model.to_schema().name): model
    for model in (
        Documents, Events, CasualtyClaims, Claimants, Relays, ClaimRelations, Evidence, NumberMentions, Inconsistencies,
        ExcludedDocuments, ExpectedReports, VagueTerms, Vocabularies,
    )
}  # fmt: skip


def columns(table: str) -> list[str]:
    """Names of a table's columns, in order."""
    return list(TABLES[table].to_schema().columns)
