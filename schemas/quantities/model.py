"""What a figure means: its bound, its numbers, and what a claim that states it commits its claimant to.

Kept apart from the reading of wordings because everything here is arithmetic and holds in every language.
All numbers count people. The table is in data/README.md, "What a wording means".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NUMBER_BOUNDS = ("exact", "at_least", "more_than", "at_most", "less_than", "approximate")
"""Bounds that are stated with one number."""

WORDLESS_BOUNDS = ("share", "unquantified")
"""Bounds that carry no number at all."""

BOUNDS = (*NUMBER_BOUNDS, "range", "vague", *WORDLESS_BOUNDS)


class UnreadableFigure(ValueError):
    """A wording or a combination of numbers that section 5 gives no meaning; the message says what would be right."""


@dataclass(frozen=True)
class VagueTerm:
    """A word that stands for an amount without being a number, and what named schemes read for it.

    `None` means that the scheme says nothing about the word; nothing here is ever put in the base table.
    """

    definition: str
    acled: int | None = None
    ccc: int | None = None
    logical_plural: int | None = None


# ACLED and CCC: as their codebooks read the word. Logical plural: the least amount of which the word is true, a
# plural being two at least (two dozen, two hundred); "several" is more than two.
VAGUE_TERMS: dict[str, VagueTerm] = {
    "some": VagueTerm("An unspecified amount (“some”)."),
    "few": VagueTerm("A small amount (“a few”)."),
    "several": VagueTerm("More than two but not many (“several”).", logical_plural=3),
    "handful": VagueTerm("As many as a hand holds (“a handful”)."),
    "multiple": VagueTerm("More than one (“multiple”).", logical_plural=2),
    "a_number": VagueTerm("An amount that is not told (“a number of”)."),
    "unknown_number": VagueTerm("An amount that the claimant calls unknown (“an unknown number”)."),
    "group": VagueTerm("Some people taken together (“a group of”)."),
    "many": VagueTerm("A large amount (“many”, “a lot of”)."),
    "numerous": VagueTerm("A large amount (“numerous”)."),
    "large_number": VagueTerm("A large amount (“a large number”, “large numbers”)."),
    "countless": VagueTerm("More than can be counted (“countless”, “untold”)."),
    "tens": VagueTerm("A few times ten (“tens”, “decenas”).", acled=10, logical_plural=20),
    "dozens": VagueTerm("A few times twelve (“dozens”, “Dutzende”).", acled=12, logical_plural=24),
    "several_dozen": VagueTerm("A few times twelve, with “several” or “a few”.", logical_plural=36),
    "scores": VagueTerm("A few times twenty (“scores”).", logical_plural=40),
    "hundreds": VagueTerm("A few times a hundred (“hundreds”).", acled=100, ccc=200, logical_plural=200),
    "several_hundred": VagueTerm("A few times a hundred, with “several” or “a few”.", logical_plural=300),
    "thousands": VagueTerm("A few times a thousand (“thousands”).", acled=1000, ccc=2000, logical_plural=2000),
    "several_thousand": VagueTerm("A few times a thousand, with “several” or “a few”.", logical_plural=3000),
    "tens_of_thousands": VagueTerm(
        "A few times ten thousand (“tens of thousands”).", acled=10000, ccc=20000, logical_plural=20000
    ),
    "hundreds_of_thousands": VagueTerm(
        "A few times a hundred thousand (“hundreds of thousands”).", logical_plural=200000
    ),
    "millions": VagueTerm("A few times a million (“millions”).", logical_plural=2000000),
}


@dataclass(frozen=True)
class Quantity:
    """A figure as a claim states it.

    `value` is the number in the wording; `low` and `high` are the closed ends of what the wording says about the
    true number, `None` where the wording leaves an end open. An instance that breaks the table of bounds
    cannot be made: use `derive`.
    """

    bound: str
    value: int | None = None
    low: int | None = None
    high: int | None = None
    vague_term: str | None = None

    def __post_init__(self) -> None:
        lawful = _ends(self.bound, self.value, self.low, self.high, self.vague_term)
        if (self.low, self.high) != lawful:
            raise UnreadableFigure(
                f"{self.bound} {self.value} with low={self.low}, high={self.high}: low and high must be {lawful}"
            )


def derive(
    bound: str,
    value: int | None = None,
    low: int | None = None,
    high: int | None = None,
    vague_term: str | None = None,
) -> Quantity:
    """The quantity with this bound and number; the only place where `low` and `high` are worked out.

    Give `value` for the bounds with one number, `low` and `high` for `range`, `vague_term` for `vague`, and nothing
    for `share` and `unquantified`. Ends given with another bound must be the ones that follow from it.
    Raises `UnreadableFigure` for anything else.
    """
    ends = _ends(bound, value, low, high, vague_term)
    for name, given, right in (("low", low, ends[0]), ("high", high, ends[1])):
        if given is not None and given != right:
            raise UnreadableFigure(f"{bound} {value} has {name}={given}; it follows that {name}={right}")
    return Quantity(bound, value, ends[0], ends[1], vague_term)


def _ends(
    bound: str, value: int | None, low: int | None, high: int | None, vague_term: str | None
) -> tuple[int | None, int | None]:
    """`low` and `high` by the table of bounds; raises `UnreadableFigure` when the parts do not fit."""
    if bound not in BOUNDS:
        raise UnreadableFigure(f"bound {bound!r} is none of {', '.join(BOUNDS)}")
    for name, number in (("value", value), ("low", low), ("high", high)):
        if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 0):
            raise UnreadableFigure(f"{name}={number!r} must be a whole number of people, 0 or more")
    if (vague_term is not None) != (bound == "vague"):
        raise UnreadableFigure(f"bound {bound} with vague_term={vague_term!r}: vague, and only vague, has a vague term")
    if vague_term is not None and vague_term not in VAGUE_TERMS:
        raise UnreadableFigure(f"vague_term {vague_term!r} is none of {', '.join(VAGUE_TERMS)}")
    if (value is not None) != (bound in NUMBER_BOUNDS):
        needs = "one number as value" if bound in NUMBER_BOUNDS else "no value"
        raise UnreadableFigure(f"bound {bound} takes {needs}, not value={value}")
    if bound == "range":
        if low is None or high is None or low > high:
            raise UnreadableFigure(f"a range needs low ≤ high, not low={low}, high={high}")
        return low, high
    if value is None:
        return None, None
    if bound == "less_than" and value == 0:
        raise UnreadableFigure("fewer than 0 is no number of people")
    return {
        "exact": (value, value),
        "at_least": (value, None),
        "more_than": (value + 1, None),
        "at_most": (None, value),
        "less_than": (None, value - 1),
        "approximate": (None, None),
    }[bound]


COMMITTING_MODALITIES = frozenset({"asserted", "reported"})
FLOOR_STATUSES = frozenset({"confirmed", "documented", "identified_by_name"})
SILENT_BOUNDS = frozenset({"approximate", "vague", "share", "unquantified"})


def implied_interval(claim: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """What a claim commits its claimant to about the true number in its scope.

    `claim` has the keys `bound`, `low`, `high`, `claimant_status`, `modality`. Returns the closed interval
    (low, high), an open end being `None`; `(None, None)` means that the claim implies nothing. That no number of
    people is below 0 is not something a claim implies, so a missing low stays `None`.
    """
    if claim["modality"] not in COMMITTING_MODALITIES or claim["claimant_status"] == "under_review":
        return None, None
    if claim["bound"] in SILENT_BOUNDS:
        return None, None
    # More cases than those confirmed so far may exist, so a count of confirmed cases is a floor only.
    high = None if claim["claimant_status"] in FLOOR_STATUSES else claim["high"]
    return claim["low"], high
