"""The ledger against the texts: every number in a document held in full must be accounted for in its record."""

import os
from collections.abc import Iterable
from pathlib import Path

from schemas.assembly import Row
from schemas.number_mentions import find_numbers
from scripts._texts import held_texts


def sources_folder(root: Path) -> Path | None:
    """The folder of texts that one has: SOURCES_DIR, or ../shared/sources beside the package; None if SOURCES_DIR is empty."""
    named = os.environ.get("SOURCES_DIR", str(root / "../shared/sources"))
    return Path(named) if named else None


def ledger_faults(documents: Iterable[Row], root: Path) -> list[str]:
    """One line for every number that a held text has and its record's ledger lacks, or the other way round.

    Texts are known by their hash, whatever they are called. A document whose text is not at hand is passed over: the rules
    of `validate` still see that its ledger agrees with its claims.
    """
    full = {document["text_sha256"]: document for document in documents if document["text_access"] == "full_text"}
    faults = []
    folder = sources_folder(root)
    for digest, text in held_texts(folder).items() if folder else ():
        if digest not in full:
            continue
        document = full[digest]
        listed = {(mention["start"], mention["end"], mention["text"]) for mention in document["numbers"]}
        present = {(mention.start, mention.end, mention.text) for mention in find_numbers(text)}
        where = f"data/curated/documents/{document['document_id']}.yaml: numbers"
        for start, end, number in sorted(present - listed):
            faults.append(
                f"{where}: {number!r} at {start}–{end} of the text is not accounted for; add it with its category"
            )
        for start, end, number in sorted(listed - present):
            faults.append(f"{where}: {number!r} is not a number that stands at {start}–{end} of the text")
    return faults
