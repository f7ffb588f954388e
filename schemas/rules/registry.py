"""What a rule is, what it finds, and how all of them are run over a package.

Kept apart from the rules so that these read as sentences. A rule sees the tables as Narwhals lazy frames, whatever engine
they come from, and returns the offending rows; here they become findings, alike on every engine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

import narwhals as nw
import pandas as pd

from schemas.inconsistencies import plain_cell
from schemas.table_schema import column_type, primary_key, typed_column
from schemas.tables import TABLES

Row = dict[str, Any]
Message = str | Callable[[Row], str]

EVERY_TABLE = "*"
"""The table of a rule that looks at the cells of all of them."""

_NARWHALS_TYPES: dict[str, Any] = {
    "string": nw.String, "integer": nw.Int64, "number": nw.Float64, "boolean": nw.Boolean, "date": nw.Date,
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Finding:
    """One row that breaks a rule: the row's key, the column, what stands there and what would be right."""

    rule: str
    table: str
    key: str
    column: str
    message: str


@dataclass(frozen=True)
class Offence:
    """Offending rows of one table, for rules that look at every table."""

    table: str
    column: str
    rows: Any
    message: Message


class Tables(Mapping[str, nw.LazyFrame]):
    """The tables of a package, all of one engine. One that the package lacks is there without rows."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        known = {name: nw.from_native(frame).lazy() for name, frame in tables.items() if name in TABLES}
        like = next(iter(known.values()), None)
        self._frames = {name: known[name] if name in known else _empty(name, like) for name in TABLES}
        self._kept: dict[Any, Any] = {}
        #: Names of the tables that were looked at, for tests that run only the rules which a change can touch.
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> nw.LazyFrame:
        self.read.add(name)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def keep(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once for each key: several rules start from the same join or the same cells."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def distinct(self, table: str, *columns: str) -> list[Row]:
        """The distinct combinations of those cells, as plain rows."""
        frame = self[table]
        return self.keep((table, columns), lambda: plain_rows(frame.select(*columns).unique(), columns))


@dataclass(frozen=True)
class Rule:
    """A sentence about the data and a function that returns the rows of `table` which break it."""

    id: str
    statement: str
    table: str
    columns: tuple[str, ...]
    message: Message
    function: Callable[[Tables], Any] = field(repr=False)
    group: str = ""

    def findings(self, tables: Tables) -> Iterator[Finding]:
        """What the rule has against these tables; a rule that cannot run says so in a finding."""
        try:
            yield from list(self._found(tables))
        except Exception as error:  # one broken table must not hide what the other rules find
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            table = "" if self.table == EVERY_TABLE else self.table
            yield Finding(self.id, table, "", "", f"could not be checked: {reason[:300]}")

    def _found(self, tables: Tables) -> Iterator[Finding]:
        result = self.function(tables)
        if self.table != EVERY_TABLE:
            result = [Offence(self.table, ", ".join(self.columns), result, self.message)]
        for offence in result:
            for row in _offending_rows(offence):
                key = ", ".join(shown(row[name]) for name in primary_key(TABLES[offence.table]))
                yield Finding(self.id, offence.table, key, offence.column, worded(offence.message, row))


RULES: dict[str, Rule] = {}
"""Every rule by its ID, in the order in which the modules declare them."""


def rule(
    rule_id: str, statement: str, *, table: str, columns: Sequence[str] = (), message: Message | None = None
) -> Callable[[Callable[[Tables], Any]], Callable[[Tables], Any]]:
    """Register a function from tables to the rows of `table` that break the statement.

    The rows must have the columns of the primary key. `message` says what stands there and what would be right: a text in
    which {column} is a cell of the row, or a function of the row; without it the statement and the cells are the message.
    """
    words = message or f"{statement} " + "; ".join(f"{name} is {{{name}}}" for name in columns)

    def register(function: Callable[[Tables], Any]) -> Callable[[Tables], Any]:
        if rule_id in RULES:
            raise ValueError(f"two rules are called {rule_id}")
        group = function.__module__.rpartition(".")[2]
        RULES[rule_id] = Rule(rule_id, statement, table, tuple(columns), words, function, group)
        return function

    return register


def check(tables: Mapping[str, Any], rules: Iterable[str] | None = None) -> list[Finding]:
    """Everything that the rules (all, or those named) find in a package, sorted.

    `tables` maps names to typed frames of one engine: pandas, Polars, DuckDB or PySpark.
    """
    given = Tables(tables)
    chosen = RULES.values() if rules is None else [RULES[name] for name in rules]
    return sorted({finding for one in chosen for finding in one.findings(given)})


def empty_tables() -> dict[str, pd.DataFrame]:
    """Every table without rows, typed, as pandas frames."""
    return {
        name: pd.DataFrame(
            {column: typed_column([], column_type(c))[0] for column, c in model.to_schema().columns.items()}
        )
        for name, model in TABLES.items()
    }


def _empty(name: str, like: nw.LazyFrame | None) -> nw.LazyFrame:
    """A table without rows on the engine of another frame; joins need both on one engine."""
    if like is None or like.implementation.is_pandas_like():
        return nw.from_native(empty_tables()[name]).lazy()
    columns = {column: column_type(c) for column, c in TABLES[name].to_schema().columns.items()}
    nothing = {f"_{name}": nw.lit(None).cast(_NARWHALS_TYPES[kind]) for name, kind in columns.items()}
    return like.head(0).with_columns(**nothing).select(*(nw.col(f"_{name}").alias(name) for name in columns))


def plain_rows(frame: Any, columns: Iterable[str] | None = None) -> list[Row]:
    """Rows of a frame as plain values: a missing cell None, a date `datetime.date`, a number int or float."""
    frame = nw.from_native(frame)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    names = list(columns or frame.columns)
    cells = [[plain_cell(cell) for cell in frame[name].to_list()] for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def shown(cell: Any) -> str:
    """A cell as a message shows it."""
    return "empty" if cell is None else str(cell)


def worded(message: Message, row: Row) -> str:
    """The message about one row."""
    return message(row) if callable(message) else message.format(**{name: shown(cell) for name, cell in row.items()})


def _offending_rows(offence: Offence) -> list[Row]:
    frame = nw.from_native(offence.rows)
    if callable(offence.message):
        return plain_rows(frame)
    needed = [name for _, name, _, _ in Formatter().parse(offence.message) if name]
    names = dict.fromkeys([*primary_key(TABLES[offence.table]), *needed])
    return plain_rows(frame.select(*names), names)
