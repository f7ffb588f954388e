"""Hold anchors against texts: is every passage that a claim rests on there, once, and where it was?"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from schemas.anchors import Anchor, find_anchors
from schemas.assembly import Row
from scripts._package import read_rows
from scripts._problems import Unreadable, main, printable
from scripts._texts import read_bytes, read_text, text_files

CONTEXT = 60


@dataclass(frozen=True)
class Verdict:
    """What became of one anchor in one text: found (once, and where it was if that is known), moved, ambiguous or missing."""

    file: str
    document_id: str
    evidence_id: str
    subject: str
    figure_text: str
    status: str
    places: list[int]
    passage: str


@dataclass(frozen=True)
class Document:
    """A document's anchors, and the hash of the file that it was coded from, if that was held."""

    document_id: str
    text_sha256: str
    evidence: list[Row]


def documents_with_evidence(rows: Mapping[str, list[Row]]) -> dict[str, Document]:
    """document_id -> its anchors."""
    anchors: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows["evidence"]:
        anchors[row["document_id"]].append(row)
    return {
        row["document_id"]: Document(row["document_id"], row["text_sha256"], anchors[row["document_id"]])
        for row in rows["documents"]
        if row["document_id"] in anchors
    }


def _anchor(row: Row) -> Anchor:
    return Anchor(int(row["token_count"]), row["token_sha256"])


def recognise(
    digest: str, found: Mapping[Anchor, list[tuple[int, int]]], documents: Iterable[Document]
) -> Document | None:
    """The document that a text is a copy of: by its hash, else the one most of whose anchors it has (at least half, or three)."""
    best, best_count = None, 0
    for document in documents:
        if document.text_sha256 and document.text_sha256 == digest:
            return document
        count = sum(bool(found[_anchor(row)]) for row in document.evidence)
        if count > best_count and (count >= 3 or 2 * count >= len(document.evidence)):
            best, best_count = document, count
    return best


def verdicts(
    path: Path,
    text: str,
    digest: str,
    document: Document,
    found: Mapping[Anchor, list[tuple[int, int]]],
    figures: Mapping[str, str],
) -> list[Verdict]:
    """One verdict for each anchor of the document."""
    held = digest == document.text_sha256
    result = []
    for row in document.evidence:
        spans = found[_anchor(row)]
        status = {0: "missing", 1: "found"}.get(len(spans), "ambiguous")
        if (
            status == "found"
            and row["start"]
            and (held or document.text_sha256)
            and spans[0] != (int(row["start"]), int(row["end"]))
        ):
            status = "moved"
        passage = " … ".join(_passage(text, span) for span in spans[:2])
        subject = row["claim_id"] or row["event_id"]
        result.append(
            Verdict(
                str(path),
                document.document_id,
                row["evidence_id"],
                subject,
                figures.get(row["claim_id"], ""),
                status,
                [s for s, _ in spans],
                passage,
            )
        )
    return result


def _passage(text: str, span: tuple[int, int]) -> str:
    start, end = max(span[0] - CONTEXT, 0), min(span[1] + CONTEXT, len(text))
    return " ".join(text[start:end].split())


def verify_file(
    path: Path, documents: Mapping[str, Document], figures: Mapping[str, str], only: str | None = None
) -> list[Verdict] | None:
    """Verdicts on one text, as a copy of the document named or of the one it is recognised as; None if it is none."""
    text = read_text(path)
    digest = hashlib.sha256(read_bytes(path)).hexdigest()
    candidates = [documents[only]] if only else list(documents.values())
    found = find_anchors(text, {_anchor(row) for document in candidates for row in document.evidence})
    document = candidates[0] if only else recognise(digest, found, candidates)
    return verdicts(path, text, digest, document, found, figures) if document else None


def show(results: list[Verdict], console: Console) -> None:
    """A table for people, a text at a time."""
    for file, document_id in dict.fromkeys((v.file, v.document_id) for v in results):
        table = Table(
            "claim or event",
            "figure",
            "status",
            "passage in your text",
            title=f"{printable(file)} as {document_id}",
            title_justify="left",
        )
        for v in results:
            if v.file == file:
                style = {"found": "green", "moved": "yellow"}.get(v.status, "bold red")
                table.add_row(
                    v.subject.removeprefix(f"{document_id}-"),
                    v.figure_text,
                    f"[{style}]{v.status}[/]",
                    printable(v.passage).replace("[", "\\["),
                )
        console.print(table)


def verify(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FILE",
            help="A folder of texts or, with --document, one text (plain text, saved web page or PDF).",
        ),
    ],
    document: Annotated[str | None, typer.Option(help="The document_id that the text is a copy of.")] = None,
    package: Annotated[Path, typer.Option(help="The package.")] = Path(),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a list of verdicts as JSON, and nothing else.")
    ] = False,
) -> None:
    """Say for every claim whether its passage is found once, moved, ambiguous or missing in the texts you have."""
    rows = read_rows(package, ("documents", "evidence", "casualty_claims"))
    documents = documents_with_evidence(rows)
    figures = {row["claim_id"]: row["figure_text"] for row in rows["casualty_claims"]}
    if document is not None and document not in documents:
        raise Unreadable(
            f"--document {document}: no document of that ID has evidence in {package / 'datapackage.json'}"
        )
    paths = [place] if document or place.is_file() else list(text_files(place))
    console = Console(stderr=True)
    results: list[Verdict] = []
    unread: list[str] = []
    for path in track(paths, "Verifying", console=console, transient=True, disable=len(paths) < 3):
        try:
            verdict = verify_file(path, documents, figures, document)
        except Unreadable as error:
            if len(paths) == 1:
                raise
            unread.append(str(error))
            continue
        if verdict is None:
            unread.append(f"{path}: not recognised as a document of the package; name it with --document")
        results += verdict or []
    bad = [v for v in results if v.status in ("ambiguous", "missing")]
    if as_json:
        typer.echo(json.dumps([asdict(v) for v in results], ensure_ascii=False, indent=1))
    else:
        show(results, Console())
        counts = {
            status: sum(v.status == status for v in results) for status in ("found", "moved", "ambiguous", "missing")
        }
        typer.echo(
            ", ".join(f"{count} {status}" for status, count in counts.items())
            + f" in {len({v.file for v in results})} texts."
        )
    for line in unread:
        console.print(printable(line), markup=False, highlight=False)
    if unread and not results:
        raise typer.Exit(2)
    if bad:
        raise typer.Exit(1)


if __name__ == "__main__":
    main(verify)
