"""Speed and memory, side by side with peers: anchors against much text, rules against frictionless, readers of a large table.

Each measurement runs in a process of its own, so that its peak memory is its own. Nothing here is tested for time.
"""

import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from scripts._package import read_rows
from scripts._problems import Unreadable, main


@dataclass(frozen=True)
class Measurement:
    """What was done, on how much, and what it took: seconds of wall time, peak resident memory in MB."""

    task: str
    amount: str
    seconds: float
    peak_mb: float


def _in_child(queue: Any, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    start = time.perf_counter()
    function(*arguments)
    queue.put((time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(task: str, amount: str, function: Callable[..., None], *arguments: Any) -> Measurement:
    """Run a function in a fresh process; importing what it needs counts."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_in_child, args=(queue, function, arguments))
    process.start()
    process.join()
    if process.exitcode:
        raise Unreadable(f"{task}: the measurement ended with exit status {process.exitcode}")
    seconds, peak = queue.get()
    return Measurement(task, amount, round(seconds, 2), round(peak))


def anchors_against_text(package: str, megabytes: int) -> None:
    """Find every anchor of the package in made-up text of that size."""
    from schemas.anchors import Anchor, find_anchors

    rows = read_rows(Path(package), ("evidence",))["evidence"]
    words = [
        f"{a}{b}{c}"
        for a in ("ba", "re", "ti", "mo", "شه", "کا")
        for b in ("lin", "dar", "sok")
        for c in ("a", "en", "8", "۱۲")
    ]
    chance = random.Random(1)
    piece = " ".join(chance.choices(words, k=200_000)) + "\n"
    text = piece * (megabytes * 2**20 // len(piece.encode()))
    find_anchors(text, {Anchor(int(row["token_count"]), row["token_sha256"]) for row in rows})


def our_validation(package: str) -> None:
    """Everything that `validate` does."""
    from scripts.validate import validate_package

    validate_package(Path(package), Console(quiet=True))


def frictionless_validation(package: str) -> None:
    """What frictionless does alone."""
    from frictionless import Package

    Package(str(Path(package, "datapackage.json"))).validate()


def read_with_pandas(path: str) -> None:
    """The README's recipe, types left to text."""
    import pandas as pd

    pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""])


def read_with_polars(path: str) -> None:
    """As the README has it, types left to text."""
    import polars as pl

    pl.read_csv(path, infer_schema=False)


def read_with_duckdb(path: str) -> None:
    """A scan of every cell."""
    import duckdb

    duckdb.execute(f"SELECT count(COLUMNS(*)) FROM read_csv('{path}', all_varchar=true)").fetchall()


def read_by_us(path: str) -> None:
    """Typed, with a finding for every bad cell."""
    from scripts.validate import read_table

    read_table(Path(path), "casualty_claims")


def large_table(package: Path, rows: int, folder: Path) -> Path:
    """The package's claims, repeated until there are so many rows."""
    header, *lines = (package / "data/casualty_claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / "casualty_claims.csv"
    path.write_text(header + "".join(lines[i % len(lines)] for i in range(rows)), encoding="utf-8")
    return path


def bench(
    package: Annotated[Path, typer.Option(help="The package.")] = Path(),
    megabytes: Annotated[int, typer.Option(help="How much text to search for anchors.")] = 100,
    rows: Annotated[int, typer.Option(help="How many claims in the large table.")] = 200_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the measurements as JSON, and nothing else.")] = False,
) -> None:
    """Measure speed and memory, side by side with peers."""
    counts = {name: len(found) for name, found in read_rows(package, ("evidence", "casualty_claims")).items()}
    here = str(package)
    results = [
        measure(
            "find every anchor in a text",
            f"{counts['evidence']:,} anchors, {megabytes} MB",
            anchors_against_text,
            here,
            megabytes,
        ),
        measure("validate, all of it", f"{counts['casualty_claims']:,} claims", our_validation, here),
        measure("validate, frictionless alone", f"{counts['casualty_claims']:,} claims", frictionless_validation, here),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = str(large_table(package, rows, Path(folder)))
        for name, reader in (
            ("ours, typed and checked", read_by_us),
            ("pandas", read_with_pandas),
            ("Polars", read_with_polars),
            ("DuckDB", read_with_duckdb),
        ):
            results.append(measure(f"read a large table: {name}", f"{rows:,} claims", reader, path))
    if as_json:
        typer.echo(json.dumps([asdict(result) for result in results], indent=1))
        return
    table = Table("task", "amount", "seconds", "peak MB")
    for result in results:
        table.add_row(result.task, result.amount, f"{result.seconds:.2f}", f"{result.peak_mb:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main(bench)
