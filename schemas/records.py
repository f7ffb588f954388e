"""The shape of a curated YAML record, made from the tables so that a column is declared once.

A record is a document with its claims, or an entry of `claimants.yaml`, `events.yaml`, `excluded.yaml` or `series.yaml`. Every
scalar in YAML is read as a string; the model gives it its type. A draft is a record that has a `quote` where the committed
record has an anchor. `check_record` reports every fault of a record at once, in words for people.
"""

import datetime
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from schemas import vocabularies as v
from schemas.table_schema import LEXICAL_FORM, column_type
from schemas.tables import ID_PATTERN, LOCAL_CLAIM_ID_PATTERN, TABLES

MAX_FIGURE_WORDS = 8


class Record(BaseModel):
    """Base of every curated shape: unknown keys are errors, an empty text is one too."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _lexical(kind: str) -> BeforeValidator:
    """Accept a scalar only in the one form in which the CSV would hold it."""
    form, example = LEXICAL_FORM[kind]

    def check(text: Any) -> Any:
        if isinstance(text, str) and not form.fullmatch(text):
            raise ValueError(f"write {example}")
        return text

    return BeforeValidator(check)


def _clean(text: str) -> str:
    if not text.strip():
        raise ValueError("leave the line out if the document does not say")
    if text != text.strip():
        raise ValueError("take away the white space at its ends")
    return text


_PYTHON_TYPES: dict[str, Any] = {
    "string": Annotated[str, AfterValidator(_clean)],
    "integer": Annotated[int, _lexical("integer")],
    "number": Annotated[float, _lexical("number")],
    "date": Annotated[datetime.date, _lexical("date")],
}


def _field_type(column: Any) -> Any:
    meta = column.metadata or {}
    if meta.get("options"):
        return Literal[tuple(meta["options"])]
    kind = _PYTHON_TYPES[column_type(column)]
    checks = {check.name: check.statistics or {} for check in column.checks}
    if "isin" in checks:
        allowed = checks["isin"]["allowed_values"]

        def one_of(value: int) -> int:
            if value not in allowed:
                raise ValueError(f"write one of {', '.join(map(str, allowed))}")
            return value

        return Annotated[kind, AfterValidator(one_of)]
    limits: dict[str, Any] = {}
    if meta.get("pattern"):
        limits["pattern"] = f"^(?:{meta['pattern']})$"
    if "greater_than_or_equal_to" in checks:
        limits["ge"] = checks["greater_than_or_equal_to"]["min_value"]
    if "less_than_or_equal_to" in checks:
        limits["le"] = checks["less_than_or_equal_to"]["max_value"]
    return Annotated[kind, Field(**limits)] if limits else kind


def record_of(
    name: str,
    table: str,
    *,
    without: tuple[str, ...] = (),
    defaults: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> type[Record]:
    """A record model with the columns of `table`, less those derived (`without`), plus `more` (name -> (type, default)).

    A required column is a required field unless it has an entry in `defaults`; every other one may be left out.
    """
    fields: dict[str, Any] = {}
    for column_name, column in TABLES[table].to_schema().columns.items():
        if column_name in without:
            continue
        kind = _field_type(column)
        note = {"title": column.title, "description": column.description}
        if defaults and column_name in defaults:
            fields[column_name] = (kind, Field(defaults[column_name], **note))
        elif column.nullable:
            fields[column_name] = (kind | None, Field(None, **note))
        else:
            fields[column_name] = (kind, Field(..., **note))
    return create_model(name, __base__=Record, **fields, **(more or {}))


class RelationEntry(Record):
    """A link to another claim: `c02` for one of the same document, else its whole claim_id."""

    relation: Literal[tuple(v.RELATION.names)]  # type: ignore[valid-type]
    claim_id: Annotated[str, Field(pattern=f"^(?:{LOCAL_CLAIM_ID_PATTERN}|{ID_PATTERN}-{LOCAL_CLAIM_ID_PATTERN})$")]
    notes: str | None = None


Anchor = record_of("Anchor", "evidence", without=("evidence_id", "document_id", "claim_id", "event_id"))
RelayEntry = record_of("RelayEntry", "relays", without=("claim_id", "hop"))
NumberEntry = record_of(
    "NumberEntry",
    "number_mentions",
    without=("document_id", "claim_id"),
    more={"claim_id": (Annotated[str, Field(pattern=f"^(?:{LOCAL_CLAIM_ID_PATTERN})$")] | None, None)},
)


def _few_words(text: str) -> str:
    if len(text.split()) > MAX_FIGURE_WORDS:
        raise ValueError(f"keep the figure and its qualifier only, at most {MAX_FIGURE_WORDS} words")
    return text


#: What a record leaves unwritten, because it is so for most.
DEFAULTS: dict[str, str] = {
    "victim_age_group": "all",
    "victim_sex": "all",
    "modality": "asserted",
    "claimant_status": "unspecified",
    "counting_basis": "unspecified",
    "includes_security_forces": "unknown",
    "record_status": "active",
}
_CLAIM: dict[str, Any] = {
    "without": ("claim_id", "document_id", "value", "low", "high", "vague_term", "bound", "figure_text"),
    "defaults": DEFAULTS,
}
_CLAIM_EXTRAS: dict[str, Any] = {
    "id": (Annotated[str, Field(pattern=f"^(?:{LOCAL_CLAIM_ID_PATTERN})$")], Field(..., description="c01, c02 … within the document")),
    "figure_text": (Annotated[str, AfterValidator(_clean), AfterValidator(_few_words)] | None, Field(None, description="The figure as printed, with its qualifier")),
    "bound": (Literal[tuple(v.BOUND.names)] | None, Field(None, description="Only where the figure's own words do not give it")),
    "relays": (list[RelayEntry], []),  # type: ignore[valid-type]
    "relations": (list[RelationEntry], []),
}  # fmt: skip
_QUOTE: Any = (str | list[str], Field(..., description="The passage, letter for letter; drafts only"))

_ANCHORS: Any = (list[Anchor], Field(..., min_length=1))  # type: ignore[valid-type]

ClaimRecord = record_of("ClaimRecord", "casualty_claims", **_CLAIM, more={**_CLAIM_EXTRAS, "evidence": _ANCHORS})
ClaimDraft = record_of("ClaimDraft", "casualty_claims", **_CLAIM, more={**_CLAIM_EXTRAS, "quote": _QUOTE})


class EventEvidence(Record):
    """An event that the document tells of, and where."""

    event_id: Annotated[str, Field(pattern=f"^(?:{ID_PATTERN})$")]
    evidence: Annotated[list[Anchor], Field(min_length=1)]  # type: ignore[valid-type]


class EventDraft(Record):
    """The same, with quotations."""

    event_id: Annotated[str, Field(pattern=f"^(?:{ID_PATTERN})$")]
    quote: str | list[str]


DocumentRecord = record_of(
    "DocumentRecord",
    "documents",
    defaults=DEFAULTS,
    more={"claims": (list[ClaimRecord], []), "events": (list[EventEvidence], []), "numbers": (list[NumberEntry], [])},  # type: ignore[valid-type]
)
DocumentDraft = record_of(
    "DocumentDraft",
    "documents",
    defaults=DEFAULTS,
    more={"claims": (list[ClaimDraft], []), "events": (list[EventDraft], []), "numbers": (list[NumberEntry], [])},  # type: ignore[valid-type]
)
ClaimantRecord = record_of("ClaimantRecord", "claimants", more={"aliases": (list[str], [])})
EventRecord = record_of("EventRecord", "events", defaults=DEFAULTS)
ExcludedRecord = record_of("ExcludedRecord", "excluded_documents")


class SilentSpan(Record):
    """Days for which the publisher had said that it would not report."""

    first: datetime.date
    last: datetime.date
    notes: str


class SeriesRecord(Record):
    """A regular series: which claims make it up and for which days a report would be expected.

    Either every day from `first` to `last`, or the `dates` on which releases are known to have been made.
    """

    series: Annotated[str, Field(pattern=f"^(?:{ID_PATTERN})$")]
    title: str
    claimant_ids: list[str]
    event_ids: list[str]
    casualty_type: Literal[tuple(v.CASUALTY_TYPE.names)]  # type: ignore[valid-type]
    first: datetime.date | None = None
    last: datetime.date | None = None
    dates: list[datetime.date] = []
    silent: list[SilentSpan] = []
    notes: str | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if bool(self.dates) == bool(self.first and self.last):
            raise ValueError("give first and last, or dates")
        return self


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a record: where (path of keys and positions), and what, in words for people."""

    path: tuple[str | int, ...]
    message: str

    @property
    def field(self) -> str:
        """The path as people write it: claims[2].victim_role."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text


def check_record(model: type[Record], data: Any) -> tuple[Record | None, list[Fault]]:
    """The validated record, or None and every fault."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, list(_faults(model, error))


def _faults(model: type[Record], error: ValidationError) -> Iterator[Fault]:
    seen = set()
    for item in error.errors(include_url=False):
        # A union puts the name of its branch into the path; people know only their own keys.
        path = tuple(part for part in item["loc"] if isinstance(part, int) or ("[" not in part and part != "str"))
        fault = Fault(path, _words(model, item, path))
        if fault not in seen:
            seen.add(fault)
            yield fault


def _words(model: type[Record], item: Mapping[str, Any], path: tuple[str | int, ...]) -> str:
    given, context = item.get("input"), item.get("ctx") or {}
    shown = (
        repr(given) if isinstance(given, str | int | float) else f"a {'list' if isinstance(given, list) else 'mapping'}"
    )
    match item["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return f"no such field{_nearest(str(path[-1]), _field_names(model))}"
        case "literal_error":
            terms = [term.strip().strip("'") for term in str(context["expected"]).replace(" or ", ", ").split(", ")]
            return f"{shown} is not one of its terms{_nearest(str(given), terms)}; the terms are {', '.join(terms)}"
        case "string_pattern_mismatch":
            return f"{shown} does not have the form {str(context['pattern']).removeprefix('^(?:').removesuffix(')$')}"
        case "value_error":
            return f"{shown}: {context['error']}"
        case "greater_than_equal" | "less_than_equal":
            return f"{shown} must be {item['msg'].removeprefix('Input should be ')}"
        case kind if kind.startswith("date"):
            return f"{shown} is not a day that exists; write it as 2026-01-08"
        case "list_type" | "model_type" | "model_attributes_type":
            return (
                f"{shown} stands where {'a list' if item['type'] == 'list_type' else 'a mapping of fields'} should be"
            )
        case _:
            return f"{shown}: {item['msg']}"


def _nearest(word: str, words: list[str]) -> str:
    near = difflib.get_close_matches(word, words, 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _field_names(model: type[Record]) -> list[str]:
    names = set(model.model_fields)
    for nested in (ClaimDraft, ClaimRecord, RelayEntry, RelationEntry, NumberEntry, Anchor, EventEvidence, EventDraft):
        names |= set(nested.model_fields)
    return sorted(names)


def json_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas for editors, by the kind of file they are for."""
    lists: dict[str, type[Record]] = {
        "claimants": ClaimantRecord,
        "events": EventRecord,
        "excluded": ExcludedRecord,
        "series": SeriesRecord,
    }
    schemas: dict[str, dict[str, Any]] = {
        "document": DocumentRecord.model_json_schema(),
        "draft": DocumentDraft.model_json_schema(),
    }
    for name, model in lists.items():
        item = model.model_json_schema()
        schemas[name] = {
            "type": "array",
            "items": {"$ref": "#/$defs/entry"},
            "$defs": {**item.pop("$defs", {}), "entry": item},
        }
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema} for name, schema in schemas.items()
    }
