"""Small words that the rules share: conditions, joined tables, and cells that only Python can judge."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import narwhals as nw

from schemas.rules.registry import Row, Tables, plain_rows

SEPARATOR = "\x1f"
"""Stands between cells that are looked up together; no clean cell has it."""


def known(*columns: str) -> nw.Expr:
    """All of these cells are there. Engines differ in what a comparison with a missing date gives, so rules ask first."""
    result = ~nw.col(columns[0]).is_null()
    for name in columns[1:]:
        result = result & ~nw.col(name).is_null()
    return result


def missing(column: str) -> nw.Expr:
    """The cell is empty."""
    return nw.col(column).is_null()


def one_of(column: str, *terms: str) -> nw.Expr:
    """The cell is one of these terms."""
    return known(column) & nw.col(column).is_in(terms)


def none_of(column: str, *terms: str) -> nw.Expr:
    """The cell is there and is none of these terms."""
    return known(column) & ~nw.col(column).is_in(terms)


def differs(column: str, other: str) -> nw.Expr:
    """Both cells are there and not the same."""
    return known(column, other) & (nw.col(column) != nw.col(other))


def not_same(column: str, other: str) -> nw.Expr:
    """The cells are not the same; two empty ones are."""
    return differs(column, other) | (missing(column) & known(other)) | (known(column) & missing(other))


def later(column: str, other: str) -> nw.Expr:
    """Both dates are there and the first is the later one."""
    return known(column, other) & (nw.col(column) > nw.col(other))


def active(prefix: str = "") -> nw.Expr:
    """Our row is in use."""
    return nw.col(f"{prefix}record_status") == "active"


def says(column: str, pattern: str) -> nw.Expr:
    """The cell has something that the regular expression matches."""
    return known(column) & nw.col(column).fill_null("").str.contains(pattern)


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """At least one of the conditions holds."""
    first, *rest = conditions
    for condition in rest:
        first = first | condition
    return first


def together(*columns: str) -> nw.Expr:
    """Cells joined into one text, to be looked up as one."""
    return nw.concat_str([nw.col(name).cast(nw.String).fill_null("") for name in columns], separator=SEPARATOR)


def text_of(row: Mapping[str, Any], *columns: str) -> str:
    """The same for a plain row."""
    return SEPARATOR.join("" if row[name] is None else str(row[name]) for name in columns)


def where(tables: Tables, table: str, columns: Iterable[str], wrong: Callable[[Row], bool]) -> nw.LazyFrame:
    """Rows of a table whose cells Python judges wrong; each distinct combination of text or whole numbers is judged once."""
    names = tuple(columns)
    bad = {text_of(row, *names) for row in tables.distinct(table, *names) if wrong(row)}
    return _looked_up(tables[table], names, bad)


def among(frame: nw.LazyFrame, columns: Iterable[str], wrong: Callable[[Row], bool]) -> nw.LazyFrame:
    """The same for any frame."""
    names = tuple(columns)
    bad = {text_of(row, *names) for row in plain_rows(frame.select(*names).unique(), names) if wrong(row)}
    return _looked_up(frame, names, bad)


def _looked_up(frame: nw.LazyFrame, names: tuple[str, ...], bad: set[str]) -> nw.LazyFrame:
    if not bad:
        return frame.head(0)
    if len(names) == 1:
        return frame.filter(nw.col(names[0]).is_in(sorted(bad)))
    return frame.filter(together(*names).is_in(sorted(bad)))


def prefixed(frame: nw.LazyFrame, prefix: str, columns: Iterable[str]) -> nw.LazyFrame:
    """Only these columns, each with the prefix before its name."""
    return frame.select(*(nw.col(name).alias(f"{prefix}{name}") for name in columns))


DOCUMENT_COLUMNS = (
    "title", "language", "text_access", "text_characters", "published_date", "published_precision", "retrieved_date",
    "record_status",
)  # fmt: skip


def claims_in_documents(tables: Tables) -> nw.LazyFrame:
    """Claims beside what is known of their document, in columns named document_…"""
    documents = tables["documents"].select("document_id", *(nw.col(c).alias(f"document_{c}") for c in DOCUMENT_COLUMNS))
    claims = tables["casualty_claims"]
    return tables.keep("claims_in_documents", lambda: claims.join(documents, on="document_id", how="inner"))


def related_claims(tables: Tables, *relations: str) -> nw.LazyFrame:
    """Relations of these kinds with the cells of the claim, and those of the other claim in columns named other_…"""
    claims = claims_in_documents(tables)
    links = tables["claim_relations"].select("claim_id", "relation", "other_claim_id")

    def join() -> nw.LazyFrame:
        columns = [name for name in claims.collect_schema().names() if name != "notes"]
        claim = claims.select(columns)
        other = prefixed(claims, "other_", columns)
        return links.join(claim, on="claim_id", how="inner").join(other, on="other_claim_id", how="inner")

    return tables.keep("related_claims", join).filter(one_of("relation", *relations))


def on_cycles(edges: Iterable[tuple[Any, Any]]) -> set[Any]:
    """Nodes of a directed graph that lie on a cycle, or between two cycles."""
    after: dict[Any, set[Any]] = defaultdict(set)
    before: dict[Any, set[Any]] = defaultdict(set)
    for a, b in edges:
        if a is not None and b is not None:
            after[a].add(b)
            before[b].add(a)
    left = set(after) | set(before)
    # Take away, one by one, whatever nothing leads to or whatever leads nowhere; a cycle withstands that.
    loose = [node for node in left if not after.get(node) or not before.get(node)]
    while loose:
        node = loose.pop()
        if node not in left:
            continue
        left.remove(node)
        for others, back in ((after, before), (before, after)):
            for other in others.get(node, ()):
                back[other].discard(node)
                if not back[other]:
                    loose.append(other)
    return left
