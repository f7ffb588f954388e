"""The same typed tables on each engine that the rules must run on."""

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl


def to_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """As it is."""
    return frame


def to_polars(frame: pd.DataFrame) -> pl.DataFrame:
    """Dates become dates."""
    dates = [name for name in frame if str(frame[name].dtype).startswith("datetime")]
    return pl.from_pandas(frame).with_columns(pl.col(dates).cast(pl.Date))


def to_duckdb(frame: pd.DataFrame) -> duckdb.DuckDBPyRelation:
    """A relation of the default connection."""
    return duckdb.from_arrow(to_polars(frame).to_arrow())


ENGINES: dict[str, Callable[[pd.DataFrame], Any]] = {"pandas": to_pandas, "polars": to_polars, "duckdb": to_duckdb}
