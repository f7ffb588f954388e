"""The data for analysis, typed, from a checkout of this project:

    import views
    tables = views.load()
    views.series("hrana").query("event_id == 'crackdown-2025-26' and casualty_type == 'killed'")

No function adds, averages or picks a figure, and nor should you: the rows are claims that overlap, echo and contradict one
another. The views are the ones of the exported DuckDB file (`scripts/_exports/database.py` has their SQL).
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from scripts._exports.database import SCOPE, fill
from scripts._exports.package import open_package

__all__ = ["SCOPE", "inconsistent", "load", "origins", "series"]

ROOT = Path(__file__).parent

Tables = Mapping[str, pd.DataFrame]

_PANDAS_TYPES = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def load(folder: str | Path = ROOT) -> dict[str, pd.DataFrame]:
    """Every table of the package by name, typed: text, Int64, Float64, boolean and dates, each with real missing values.

    A missing cell means that the document does not say. Never fill it with zero. `casualty_claims` has one row for each
    document that carries a claim, so most rows echo another: to count voices, take `origins()`.
    """
    return {name: table.frame for name, table in open_package(Path(folder)).tables.items()}


def series(claimant: str, tables: Tables | None = None) -> pd.DataFrame:
    """The running totals of one claimant (a claimant_id), one row per assertion, by scope and as-of date.

    - Each figure contains the earlier ones of its scope: never add them up, and do not read a difference as the dead of a day.
    - Compare rows only where every column of `SCOPE` agrees. Protesters are not all the dead, arrests are not people held,
      and a claimant may count under the same name whom it did not count before.
    - Deaths whose `claimant_status` is `under_review` stand last in each scope and never add to the confirmed ones.
    - Plot `low` and `high`; `value` alone drops "at least" and "up to", and is empty for ranges and vague words.
    - `as_of_date` is a bound only, where `as_of_basis` is `publication_bound`. Look at `modality`: some are only possible.
    - Slips of relays, denials, conditions, questions, and claims without an as-of date are left out; `load()` has them.

    Raises KeyError for a claimant that the package does not have.
    """
    tables = load() if tables is None else tables
    known = tables["claimants"]["claimant_id"].tolist()
    if claimant not in known:
        near = get_close_matches(claimant, known, 3, 0.5)
        raise KeyError(f"no claimant_id {claimant!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    return _ask(tables, "SELECT * FROM series WHERE claimant_id = ?", [claimant])


def origins(tables: Tables | None = None) -> pd.DataFrame:
    """One row per assertion: what one claimant said once, with the documents that carry it (`document_ids`, `documents`).

    - N documents with one origin are one voice, however many they are. A count of rows here is a count of assertions, not of
      people, and not of independent sources: two claimants may have counted the same bodies, or read the same list.
    - Links are curated, so a repeat that nobody has linked still stands as an origin of its own.
    - Claims of every kind are here: denials, questions, possibilities (`modality`) and relays' slips (`slip_of`) too.
    """
    return _ask(load() if tables is None else tables, "SELECT * FROM origins")


def inconsistent(tables: Tables | None = None) -> pd.DataFrame:
    """Pairs of claims that cannot both hold, with who made each and why (`reason`).

    - A pair says nothing about which of the two is wrong, or whether both are.
    - Where `assumes` is not empty, the pair holds only if the columns it names mean the same in both: a claim leaves them open.
    - Pairs are between origins. A pair that is not here is not thereby consistent: only cumulative claims of one scope with
      an as-of date are compared, and a count of confirmed cases never contradicts a larger one.
    """
    return _ask(load() if tables is None else tables, "SELECT * FROM inconsistent")


def _ask(tables: Tables, query: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
    with duckdb.connect() as connection:
        fill(connection, tables)
        result = connection.sql(query, params=list(parameters)).to_arrow_table()
    days = {field.name: "datetime64[s]" for field in result.schema if pa.types.is_date(field.type)}
    return result.to_pandas(types_mapper=_PANDAS_TYPES.get).astype(days)
