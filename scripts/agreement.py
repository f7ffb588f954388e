"""Compare two codings of the same documents, field by field: how far would two people have read the same?

Documents are paired by address, claims within a document by their figure: those pairs that agree in most fields, each claim in one
pair at most (an assignment problem). Per field: percent agreement and Krippendorff's alpha for nominal data (Krippendorff, Content
Analysis, 2004), which takes away what chance would give. Over claims: which of one coder's claims the other has, too.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import krippendorff
import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from scipy.optimize import linear_sum_assignment

from schemas.assembly import Row, cell
from schemas.quantities import read_quantity
from scripts._curated import CURATED, Source, read_document
from scripts._problems import Findings, Unreadable, main

CLAIM_FIELDS = (
    "casualty_type",
    "casualty_detail",
    "bound",
    "value",
    "low",
    "high",
    "vague_term",
    "claimant_id",
    "event_id",
    "victim_role",
    "victim_age_group",
    "victim_sex",
    "modality",
    "claimant_status",
    "counting_basis",
    "time_frame",
    "as_of_date",
    "as_of_precision",
    "as_of_basis",
    "includes_security_forces",
)
DOCUMENT_FIELDS = (
    "publisher_type",
    "document_type",
    "language",
    "published_date",
    "published_precision",
    "copy_status",
)
QUANTITY = ("bound", "value", "low", "high", "vague_term")


@dataclass(frozen=True)
class FieldAgreement:
    """Agreement on one field over `n` pairs: percent, and Krippendorff's alpha (None where no value varies)."""

    field: str
    n: int
    percent: float
    alpha: float | None


@dataclass(frozen=True)
class Agreement:
    """Two codings compared. Precision: share of the second coder's claims that the first has; recall: the reverse."""

    documents: int
    claims_first: int
    claims_second: int
    claims_paired: int
    precision: float
    recall: float
    fields: list[FieldAgreement]


def coded_claims(document: Row) -> list[Row]:
    """The claims of a record as cells, with their quantity."""
    claims = []
    for claim in document["claims"]:
        quantity = read_quantity(claim["figure_text"] or "", document["language"], claim["bound"])
        claims.append(
            {name: cell(getattr(quantity, name) if name in QUANTITY else claim[name]) for name in CLAIM_FIELDS}
        )
    return claims


def same_figure(first: Row, second: Row) -> bool:
    """Whether two claims can be one: the same number or quantity word, or neither has any and the casualty is of one type."""
    numbers = [{claim[name] for name in ("value", "low", "high", "vague_term")} - {""} for claim in (first, second)]
    if not any(numbers):
        return first["casualty_type"] == second["casualty_type"]
    return bool(numbers[0] & numbers[1])


def pair_claims(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The pairing of claims with the most agreeing fields in all; a claim that has no counterpart is left out."""
    score = np.array(
        [
            [sum(a[name] == b[name] for name in CLAIM_FIELDS) if same_figure(a, b) else -1000 for b in second]
            for a in first
        ]
    )
    if not score.size:
        return []
    rows, columns = linear_sum_assignment(score, maximize=True)
    return [(first[i], second[j]) for i, j in zip(rows, columns, strict=True) if score[i, j] >= 0]


def field_agreement(name: str, pairs: Sequence[tuple[str, str]]) -> FieldAgreement:
    """Percent agreement and nominal alpha over pairs of cells; an empty cell is a value like any other."""
    same = sum(a == b for a, b in pairs)
    codes = {value: i for i, value in enumerate(sorted({value for pair in pairs for value in pair}))}
    alpha = None
    if len(codes) > 1:
        data = [[codes[a] for a, _ in pairs], [codes[b] for _, b in pairs]]
        alpha = round(float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")), 3)
    return FieldAgreement(name, len(pairs), round(100 * same / len(pairs), 1) if pairs else 0.0, alpha)


def compare(pairs: Iterable[tuple[Row, Row]]) -> Agreement:
    """The agreement of two codings, given as pairs of records of the same document."""
    documents = list(pairs)
    claims = [(coded_claims(first), coded_claims(second)) for first, second in documents]
    paired = [pair for first, second in claims for pair in pair_claims(first, second)]
    n_first, n_second = (sum(len(coding[i]) for coding in claims) for i in (0, 1))
    fields = [field_agreement(name, [(cell(a[name]), cell(b[name])) for a, b in documents]) for name in DOCUMENT_FIELDS]
    fields += [field_agreement(name, [(a[name], b[name]) for a, b in paired]) for name in CLAIM_FIELDS]
    return Agreement(
        len(documents),
        n_first,
        n_second,
        len(paired),
        round(len(paired) / n_second, 3) if n_second else 0.0,
        round(len(paired) / n_first, 3) if n_first else 0.0,
        fields,
    )


def read_folder(folder: Path) -> dict[str, Row]:
    """source_url -> record, of every record in a folder. Raises Findings or Unreadable."""
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder")
    found: dict[str, Row] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in ("sample.yaml", "claimants.yaml", "events.yaml", "excluded.yaml"):
            continue
        source, messages = read_document(path)
        faults += messages
        if isinstance(source, Source) and source.data["source_url"]:
            found[source.data["source_url"]] = source.data
    if faults:
        raise Findings(faults)
    if not found:
        raise Unreadable(f"{folder}: no records in it")
    return found


def markdown(result: Agreement) -> str:
    """The table as the README shows it."""
    lines = [
        f"{result.documents} documents; {result.claims_first} claims in the first coding, {result.claims_second} in the second, {result.claims_paired} in both: "
        f"precision {result.precision:.2f}, recall {result.recall:.2f}.",
        "",
        "| field | pairs | agreement | alpha |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| `{f.field}` | {f.n} | {f.percent:.1f} % | {'' if f.alpha is None else f'{f.alpha:.2f}'} |"
        for f in result.fields
    ]
    return "\n".join(lines)


def agreement(
    second: Annotated[Path, typer.Argument(help="Records of the second coder.")] = CURATED / "second_coding",
    first: Annotated[
        Path, typer.Argument(help="Records of the first coder, as they were before the two were compared.")
    ] = CURATED / "second_coding/first_coding",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print the table as the README shows it.")] = False,
) -> None:
    """Print how far two codings of the same documents agree."""
    of_second = read_folder(second)
    of_first = read_folder(first)
    common = sorted(set(of_first) & set(of_second))
    if not common:
        raise Unreadable(f"{first} and {second} have no document in common")
    result = compare((of_first[url], of_second[url]) for url in common)
    if as_json:
        typer.echo(json.dumps(asdict(result), indent=1))
    elif as_markdown:
        typer.echo(markdown(result))
    else:
        table = Table("field", "pairs", "agreement", "Krippendorff's alpha")
        for f in result.fields:
            table.add_row(f.field, str(f.n), f"{f.percent:.1f} %", "" if f.alpha is None else f"{f.alpha:.2f}")
        Console().print(table)
        typer.echo(markdown(result).splitlines()[0])


if __name__ == "__main__":
    main(agreement)
