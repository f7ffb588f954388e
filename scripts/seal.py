"""Seal drafts: quotations become anchors, and the draft a record in data/curated/documents/ that holds no sentence of its source."""

import hashlib
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from schemas.anchors import AnchorError, make_anchor
from schemas.assembly import Row, cell
from schemas.number_mentions import find_numbers
from schemas.records import DEFAULTS, DocumentDraft
from scripts._curated import CURATED, Source, read_document
from scripts._files import write_files
from scripts._problems import Findings, Unreadable, main
from scripts._texts import read_bytes, read_text
from scripts._yaml import dump_yaml

SCHEMA_LINE = "# yaml-language-server: $schema=../../../schemas/json/document.schema.json\n"


def sealed(source: Source, text: str | None) -> tuple[Row, list[str]]:
    """The record of a checked draft, with anchors for quotations, and one line for every passage that cannot be anchored."""
    draft, faults = source.data, []
    claims, events = [], []
    for i, claim in enumerate(draft["claims"]):
        evidence, messages = _anchors(source, ("claims", i), claim, text)
        faults += messages
        claims.append({**{key: value for key, value in claim.items() if key != "quote"}, "evidence": evidence})
    for i, event in enumerate(draft["events"]):
        evidence, messages = _anchors(source, ("events", i), event, text)
        faults += messages
        events.append({"event_id": event["event_id"], "evidence": evidence})
    return {**draft, "claims": claims, "events": events}, faults


def _anchors(source: Source, at: tuple[str | int, ...], entry: Row, text: str | None) -> tuple[list[Row], list[str]]:
    quotes = [entry["quote"]] if isinstance(entry["quote"], str) else entry["quote"]
    figure = entry.get("figure_text")
    evidence, faults = [], []
    for number, quote in enumerate(quotes):
        if number == 0 and figure and figure not in quote:
            faults.append(
                source.fault((*at, "figure_text"), f"{figure!r} does not stand in the quotation letter for letter")
            )
        try:
            # The figure must stand in the first quotation; further ones support it.
            anchor, span = make_anchor(quote, figure if number == 0 else None, text)
        except AnchorError as error:
            faults.append(source.fault((*at, "quote"), str(error)))
            continue
        row: Row = {"token_count": anchor.token_count, "token_sha256": anchor.token_sha256}
        evidence.append({**row, "start": span[0], "end": span[1]} if span else row)
    return evidence, faults


def with_text(record: Row, path: Path, text: str) -> Row:
    """The record of a document held in full: with hash and length, and a ledger entry for every number that is a claim's figure.

    Every other number must be listed in the draft: `build` says which are not.
    """
    numbers = {mention["start"]: mention for mention in record["numbers"]}
    for mention in find_numbers(text):
        claim_id = next((claim["id"] for claim in record["claims"] if _in_figure(claim, text, mention.start)), None)
        if claim_id and mention.start not in numbers:
            numbers[mention.start] = {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "category": "casualty",
                "claim_id": claim_id,
            }
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    return {
        **record,
        "text_sha256": digest,
        "text_characters": len(text),
        "numbers": [numbers[start] for start in sorted(numbers)],
    }


def _in_figure(claim: Row, text: str, offset: int) -> bool:
    """Whether the figure of a sealed claim stands at that place of the text."""
    figure, anchor = claim["figure_text"], claim["evidence"][0]
    if not figure:
        return False
    start = text.find(figure, anchor["start"], anchor["end"])
    return start >= 0 and start <= offset < start + len(figure)


def record_text(record: Row) -> str:
    """A record as YAML: what is empty or as by default is left out, so that a record shows what was decided."""
    text = dump_yaml(_slim(record))
    # A remark between key and title, since a held page may have the word "title" before its title, too, and no run of its words is ours to print.
    return SCHEMA_LINE + re.sub(r"^title: ", "title: # as printed\n  ", text, count=1, flags=re.MULTILINE)


def _slim(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {
            key: _slim(entry) for key, entry in value.items() if entry not in (None, []) and DEFAULTS.get(key) != entry
        }
        return {"id": kept.pop("id"), **kept} if "id" in kept else kept
    if isinstance(value, list):
        return [_slim(entry) for entry in value]
    return value if isinstance(value, str) else cell(value)


def drafts_in(path: Path) -> list[Path]:
    """A draft, or every draft of a folder."""
    if path.is_dir():
        found = sorted(
            p for p in path.glob("*.yaml") if p.name not in ("excluded.yaml", "claimants.yaml", "events.yaml")
        )
        if not found:
            raise Unreadable(f"{path}: no drafts (*.yaml) in it")
        return found
    if not path.exists():
        raise Unreadable(f"{path}: no such draft")
    return [path]


def seal_one(path: Path, text_path: Path | None) -> tuple[Row | None, list[str]]:
    """The sealed record of one draft, or None and its faults."""
    source, faults = read_document(path, DocumentDraft)
    if source is None:
        return None, faults
    access = source.data["text_access"]
    if (access == "full_text") != (text_path is not None):
        wanted = "needs its text: --text FILE" if access == "full_text" else "takes no --text"
        return None, [*faults, source.fault(("text_access",), f"{access!r} {wanted}")]
    text = read_text(text_path) if text_path else None
    record, messages = sealed(source, text)
    if text_path and text is not None and not messages:
        record = with_text(record, text_path, text)
    return record, faults + messages


def seal(
    draft: Annotated[
        Path, typer.Argument(help="A draft, or a folder of drafts, with a `quote:` for every claim and event.")
    ],
    text: Annotated[
        Path | None,
        typer.Option(help="The document's text, for one that is held in full: records offsets, hash and ledger too."),
    ] = None,
    to: Annotated[Path, typer.Option(help="The folder that the records go to.")] = CURATED / "documents",
    check: Annotated[bool, typer.Option("--check", help="Write nothing; only say what is wrong.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a record that says something else.")] = False,
) -> None:
    """Turn drafts with quotations into committed records with anchors."""
    paths = drafts_in(draft)
    files, faults = {}, []
    for path in paths:
        record, messages = seal_one(path, text)
        faults += messages
        if record is None or messages:
            continue
        name = f"{to}/{record['document_id']}.yaml"
        content = record_text(record).encode()
        standing = Path(name).read_bytes() if Path(name).exists() else None
        if standing not in (None, content) and not replace and not check:
            faults.append(f"{name}: says something else than {path} would; use --replace to overwrite it")
        files[name] = content
    if not check and not (text and faults):
        good = {name: content for name, content in files.items() if not any(fault.startswith(name) for fault in faults)}
        write_files(Path(), good)
    if faults:
        raise Findings(faults)
    typer.echo(f"{len(files)} of {len(paths)} drafts {'can be sealed' if check else 'sealed'}.")


if __name__ == "__main__":
    main(seal)
