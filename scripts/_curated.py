"""Reading what people edit: every record checked, every fault reported with its file and line, all at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from schemas.assembly import Curated, Row, full_claim_id
from schemas.quantities import UnreadableFigure, read_quantity
from schemas.records import (
    ClaimantRecord,
    DocumentDraft,
    DocumentRecord,
    EventRecord,
    ExcludedRecord,
    Fault,
    Record,
    SeriesRecord,
    check_record,
)
from scripts._problems import Findings, Unreadable
from scripts._yaml import Lines, read_yaml

CURATED = Path("data/curated")


@dataclass(frozen=True)
class Source:
    """A checked record, and where it was read."""

    path: Path
    lines: Lines
    at: tuple[str | int, ...]
    data: Row

    def fault(self, path: tuple[str | int, ...], message: str) -> str:
        """One line for people: file, line, field, what is wrong."""
        return _fault_line(self.path, self.lines, self.at, Fault(path, message))


def _fault_line(path: Path, lines: Lines, at: tuple[str | int, ...], fault: Fault) -> str:
    return f"{path}:{lines.at((*at, *fault.path))}: {fault.field or 'record'}: {fault.message}"


def read_document(path: Path, model: type[Record] = DocumentRecord) -> tuple[Source | None, list[str]]:
    """One document record or draft, or None and its faults. Raises Unreadable."""
    data, lines = read_yaml(path)
    record, faults = check_record(model, data)
    messages = [_fault_line(path, lines, (), fault) for fault in faults]
    if record is None:
        return None, messages
    source = Source(path, lines, (), record.model_dump())
    messages = [source.fault(("claims", i, field), message) for i, field, message in _figure_faults(source.data)]
    return source, messages


def _figure_faults(document: Row) -> Iterator[tuple[int, str, str]]:
    for i, claim in enumerate(document["claims"]):
        try:
            read_quantity(claim["figure_text"] or "", document["language"], claim["bound"])
        except UnreadableFigure as error:
            yield i, "figure_text" if claim["figure_text"] else "bound", str(error)


def read_list(path: Path, model: type[Record]) -> tuple[list[Source], list[str]]:
    """The entries of a curated list, and their faults. A file that is not there has no entries."""
    if not path.exists():
        return [], []
    data, lines = read_yaml(path)
    if data is None:
        return [], []
    if not isinstance(data, list):
        raise Unreadable(f"{path}:1: must be a list of entries, each beginning with '- '")
    sources, messages = [], []
    for i, entry in enumerate(data):
        record, faults = check_record(model, entry)
        messages += [_fault_line(path, lines, (i,), fault) for fault in faults]
        if record is not None:
            sources.append(Source(path, lines, (i,), record.model_dump()))
    return sources, messages


def load_curated(folder: Path = CURATED) -> Curated:
    """All curated records. Raises Findings with every fault, Unreadable if the folder is not there."""
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder; run this in the project's own folder")
    documents, messages = [], []
    unreadable = []
    for path in sorted((folder / "documents").glob("*.yaml")):
        try:
            source, faults = read_document(path)
        except Unreadable as error:
            unreadable.append(str(error))
            continue
        messages += faults
        if source:
            documents.append(source)
    lists = {}
    for name, model in (("claimants", ClaimantRecord), ("events", EventRecord), ("excluded", ExcludedRecord), ("series", SeriesRecord)):  # fmt: skip
        try:
            lists[name], faults = read_list(folder / f"{name}.yaml", model)
            messages += faults
        except Unreadable as error:
            unreadable.append(str(error))
    if unreadable:
        raise Unreadable("\n".join([*unreadable, *messages]))
    messages += reference_faults(documents, lists["claimants"], lists["events"], lists["excluded"], lists["series"])
    if messages:
        raise Findings(messages)
    return Curated(
        [source.data for source in documents],
        *([source.data for source in lists[name]] for name in ("claimants", "events", "excluded", "series")),
    )


def reference_faults(
    documents: list[Source], claimants: list[Source], events: list[Source], excluded: list[Source], series: list[Source]
) -> list[str]:
    """Identifiers that stand twice, files that do not bear their document's name, and references that lead nowhere."""
    messages: list[str] = []
    known: dict[str, set[str]] = {}
    for kind, sources in (("document_id", documents), ("claimant_id", claimants), ("event_id", events)):
        messages += _duplicates(sources, kind)
        known[kind] = {source.data[kind] for source in sources}
    messages += _duplicates(excluded, "source_url") + _duplicates(series, "series")
    known["claim_id"] = {full_claim_id(d.data["document_id"], c["id"]) for d in documents for c in d.data["claims"]}
    for source in [*documents, *claimants, *events, *excluded, *series]:
        for path, kind, value in _references(source.data):
            whole = full_claim_id(source.data["document_id"], value) if kind == "claim_id" else value
            if whole not in known[kind]:
                near = get_close_matches(whole, known[kind], 1, 0.8)
                hint = f"; did you mean {near[0]}?" if near else f"; add it to {_HOME[kind]}"
                messages.append(source.fault(path, f"there is no {kind} {whole!r}{hint}"))
    for source in documents:
        if source.path.stem != source.data["document_id"]:
            messages.append(source.fault(("document_id",), f"{source.data['document_id']!r} must be the name of its file, {source.path.stem!r}"))  # fmt: skip
        messages += _duplicate_claims(source)
    messages += _alias_faults(claimants)
    return messages


_HOME = {
    "document_id": "data/curated/documents/",
    "claimant_id": "data/curated/claimants.yaml",
    "event_id": "data/curated/events.yaml",
    "claim_id": "its document",
}
_REFERENCES = {
    "derived_from_document_id": "document_id",
    "parent_event_id": "event_id",
    "parent_claimant_id": "claimant_id",
    "claimant_id": "claimant_id",
    "claimant_ids": "claimant_id",
    "event_id": "event_id",
    "event_ids": "event_id",
    "document_id": "document_id",
    "claim_id": "claim_id",
}


def _references(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """(path, kind of identifier, value) of every reference in a record; a record's own identifier leads to itself."""
    for key, value in data.items():
        if isinstance(value, str) and key in _REFERENCES:
            yield (*path, key), _REFERENCES[key], value
        elif isinstance(value, list):
            for i, entry in enumerate(value):
                if isinstance(entry, dict):
                    yield from _references(entry, (*path, key, i))
                elif key in _REFERENCES:
                    yield (*path, key, i), _REFERENCES[key], entry


def _duplicates(sources: Iterable[Source], key: str) -> list[str]:
    seen: dict[str, Source] = {}
    messages = []
    for source in sources:
        first = seen.setdefault(source.data[key], source)
        if first is not source:
            where = f"{first.path}:{first.lines.at((*first.at, key))}"
            messages.append(
                source.fault((key,), f"{source.data[key]!r} stands already in {where}; give this one another")
            )
    return messages


def _duplicate_claims(source: Source) -> list[str]:
    seen: set[str] = set()
    messages = []
    for i, claim in enumerate(source.data["claims"]):
        if claim["id"] in seen:
            messages.append(source.fault(("claims", i, "id"), f"{claim['id']!r} stands twice in this document"))
        seen.add(claim["id"])
    return messages


def _alias_faults(claimants: list[Source]) -> list[str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for source in claimants:
        for name in {source.data["name"], *source.data["aliases"]}:
            owners[name.casefold()].add(source.data["claimant_id"])
    return [
        source.fault(
            ("aliases",) if name != source.data["name"] else ("name",),
            f"{name!r} is also a name of {', '.join(sorted(owners[name.casefold()] - {source.data['claimant_id']}))}",
        )
        for source in claimants
        for name in (source.data["name"], *source.data["aliases"])
        if len(owners[name.casefold()]) > 1
    ]


__all__ = ["CURATED", "DocumentDraft", "Source", "load_curated", "read_document", "read_list", "reference_faults"]
