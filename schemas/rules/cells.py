"""Clean cells: nothing that a spreadsheet runs, a screen hides or a reader takes for a missing value.

Each distinct cell of the package is looked at once, whatever table it stands in, and the rows are found from it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import narwhals as nw

from schemas.rules.registry import EVERY_TABLE, Message, Offence, Tables, rule
from schemas.table_schema import column_type
from schemas.tables import TABLES, URL_PATTERN

TEXT_COLUMNS = {
    table: tuple(name for name, column in model.to_schema().columns.items() if column_type(column) == "string")
    for table, model in TABLES.items()
}

URL_COLUMNS = {
    table: tuple(
        name
        for name in names
        if URL_PATTERN in str((TABLES[table].to_schema().columns[name].metadata or {}).get("pattern"))
    )
    for table, names in TEXT_COLUMNS.items()
}

ZWNJ = "\u200c"


Columns = Mapping[str, tuple[str, ...]]


def cells(tables: Tables, table: str, column: str) -> set[str]:
    """The distinct texts of a column."""

    def collect() -> dict[str, set[str]]:
        frame = tables[table].select(*TEXT_COLUMNS[table]).collect()
        return {name: {cell for cell in set(frame[name].to_list()) if isinstance(cell, str)} for name in frame.columns}

    return tables.keep(("cells", table), collect)[column]


def all_cells(tables: Tables, columns: Columns) -> set[str]:
    """The distinct texts of these columns together; most stand in several of them."""
    whole = tuple((table, name) for table, names in columns.items() for name in names)
    return tables.keep(whole, lambda: set().union(*(cells(tables, table, name) for table, name in whole)))


def offences(
    tables: Tables, wrong: Callable[[str], bool], message: Message, columns: Columns = TEXT_COLUMNS
) -> Iterator[Offence]:
    """The rows with a cell that is wrong, column by column."""
    bad = {cell for cell in all_cells(tables, columns) if wrong(cell)}
    for table, names in columns.items() if bad else ():
        for name in names:
            if here := sorted(bad & cells(tables, table, name)):
                yield Offence(table, name, tables[table].filter(nw.col(name).is_in(here)), _with_cell(name, message))


def _with_cell(name: str, message: Message) -> Message:
    return lambda row: f"{visible(row[name])} {message(row) if callable(message) else message}"


@lru_cache(maxsize=4096)
def visible(text: str) -> str:
    """A cell in quotes, cut to a readable length, what cannot be seen written out."""
    cut = text if len(text) <= 60 else text[:57] + "…"
    return "“" + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut) + "”"


def each_cell(rule_id: str, statement: str, message: str, columns: Columns = TEXT_COLUMNS) -> Any:
    """Register a predicate "this cell is wrong" as a rule over every text column, or over those given."""

    def register(wrong: Callable[[str], bool]) -> Callable[[str], bool]:
        def wrong_cells(tables: Tables) -> Iterator[Offence]:
            return offences(tables, wrong, message, columns)

        wrong_cells.__module__ = wrong.__module__  # the rule belongs to the group that states it
        rule(rule_id, statement, table=EVERY_TABLE, message=message)(wrong_cells)
        return wrong

    return register


@each_cell(
    "clean-no-formula",
    "No cell begins as a formula does.",
    "begins as a formula does in a spreadsheet; begin with a letter or digit",
)
def begins_like_a_formula(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@each_cell("clean-no-outer-space", "No cell has white space at an end.", "has white space at an end; take it away")
def has_outer_space(cell: str) -> bool:
    return cell != cell.strip()


def _joins_letters(cell: str, i: int) -> bool:
    """Whether the character stands between two letters of the Arabic script, where Persian writes a zero-width non-joiner."""
    around = cell[i - 1 : i] + cell[i + 1 : i + 2]
    return len(around) == 2 and all(unicodedata.name(c, "").startswith("ARABIC LETTER") for c in around)


@each_cell(
    "clean-no-invisible",
    "No cell has a control, bidi or zero-width character, but a zero-width non-joiner between Persian letters.",
    "has a character that cannot be seen; take it away",
)
def has_invisible(cell: str) -> bool:
    if cell.isascii():
        return not cell.isprintable()
    if cell.isprintable():
        return False
    return any(
        unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and not (c == ZWNJ and _joins_letters(cell, i))
        for i, c in enumerate(cell)
    )


@each_cell("clean-nfc", "Every cell is in Unicode's composed form.", "is not in NFC; compose its characters")
def is_decomposed(cell: str) -> bool:
    return not unicodedata.is_normalized("NFC", cell)


_OTHER_SCHEME = re.compile(
    r"(?<![\w:])(?!https?://)([A-Za-z][A-Za-z0-9+.-]{1,20}://|(?:javascript|data|mailto|tel|file):\S)", re.IGNORECASE
)


@each_cell("clean-address-scheme", "Addresses are http or https.", "holds an address that is neither http nor https")
def has_another_scheme(cell: str) -> bool:
    return ":" in cell and bool(_OTHER_SCHEME.search(cell))


@each_cell(
    "clean-address-host",
    "An address has a host and no password.",
    "is no address of a public page; it needs a host name and no user",
    URL_COLUMNS,
)
def has_no_public_host(cell: str) -> bool:
    try:
        parts = urlsplit(cell)
        host = parts.hostname or ""
    except ValueError:
        return True
    return (
        "." not in host
        or parts.username is not None
        or host.startswith((".", "-"))
        or not host.rpartition(".")[2].strip("0123456789")
    )


@each_cell(
    "clean-no-word-for-missing",
    "A missing value is an empty cell, not a word.",
    "stands for a missing value; leave the cell empty",
)
def is_a_word_for_missing(cell: str) -> bool:
    return cell.strip().casefold() in ("na", "none", "null", "n/a", "nan", "nil", "#n/a", "-", "?")


_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)


@each_cell(
    "clean-no-markup", "No cell has tags or character references.", "has markup in it; write the character itself"
)
def has_markup(cell: str) -> bool:
    return ("<" in cell or "&" in cell) and bool(_MARKUP.search(cell))


_MOJIBAKE = re.compile("\ufffd|[ÃÂ][\x80-\xbf]|â€|Ø[§-»]Ù|[\ue000-\uf8ff]")


@each_cell(
    "clean-readable",
    "Every character was read in its own encoding.",
    "has characters that come of a wrong encoding; read it again as UTF-8",
)
def is_garbled(cell: str) -> bool:
    return not cell.isascii() and bool(_MOJIBAKE.search(cell))


_WORD = re.compile(r"[^\W\d_]+")


@each_cell(
    "clean-one-alphabet-in-a-word",
    "No word mixes Latin letters with Cyrillic or Greek ones that look like them.",
    "has a word of two alphabets; one letter only looks right",
)
def has_lookalikes(cell: str) -> bool:
    if cell.isascii():
        return False
    return any(_LATIN.search(word) and _LOOKALIKE.search(word) for word in _WORD.findall(cell))


_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
