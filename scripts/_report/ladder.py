"""The claim ladder: which claims a chart draws, what its lines join, and the Vega-Lite specification that draws them.

A chart draws claims of one scope that state a number and a day (or one within a week), but not those that are a part of another one there. The same figure of the same claimant for the same day is
one mark, however many documents carry it. Nothing joins two claimants.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import altair as alt

from scripts._report.package import Package, Row
from scripts._report.sentences import day

COLOURED = 7
PRECISE = ("exact_day", "days_2_6")
STEPS = ("exact", "at_least", "more_than", "approximate")
SHAPES = {
    "at_least": "up",
    "more_than": "up",
    "at_most": "down",
    "less_than": "down",
    "exact": "dot",
    "approximate": "about",
    "range": "range",
}


@dataclass(frozen=True)
class Scope:
    """What one chart counts."""

    key: str
    title: str
    counts: str
    holds: Callable[[Row], bool]


def _scope(
    kind: str, roles: tuple[str, ...], age: str = "all", details: tuple[str | None, ...] = (None,)
) -> Callable[[Row], bool]:
    return lambda claim: (
        claim["casualty_type"] == kind
        and claim["casualty_detail"] in details
        and claim["victim_role"] in roles
        and claim["victim_age_group"] == age
        and claim["victim_sex"] == "all"
    )


EVERYONE = ("all", "unspecified")
SCOPES = (
    Scope("killed", "Killed, all victims", "everyone, or people without saying who is left out", _scope("killed", EVERYONE)),
    Scope("protesters", "Killed, protesters only", "protesters or demonstrators, nobody else", _scope("killed", ("protester",))),
    Scope("security", "Killed, security forces", "police, Basij, Guards, soldiers", _scope("killed", ("security_forces",))),
    Scope("government", "Killed, tied to the government", "people the claimant ties to the government, armed or not", _scope("killed", ("government_affiliated",))),
    Scope("children", "Killed, children", "under 18, minors, children", _scope("killed", EVERYONE, "child")),
    Scope("injured", "Injured", "everyone, or people without saying who is left out", _scope("injured", (*EVERYONE, "protester"))),
    Scope("detained", "Detained", "all arrests since the start, released or not", _scope("detained", (*EVERYONE, "protester", "detainee"), details=(None, "ever_arrested"))),
)  # fmt: skip


@dataclass
class Mark:
    """One mark of a chart: the claim that stands for it, and every claim that says the same."""

    claim: Row
    same: list[str] = field(default_factory=list)
    origins: int = 0


@dataclass(frozen=True)
class Ladder:
    """One chart's content, and how many origins of its scope it does not draw, by the reason."""

    scope: Scope
    marks: list[Mark]
    lines: dict[str, list[Row]]
    parts: int
    without_number: int
    without_day: int

    @property
    def claims(self) -> int:
        """How many claims the marks stand for."""
        return sum(len(mark.same) for mark in self.marks)

    @property
    def origins(self) -> int:
        """From how many origins these claims come."""
        return sum(mark.origins for mark in self.marks)


def ladders(package: Package) -> list[Ladder]:
    """The charts of all scopes that have something to draw, the first one always."""
    drawn = [_ladder(package, scope) for scope in SCOPES]
    return [ladder for i, ladder in enumerate(drawn) if i == 0 or ladder.marks]


def _ladder(package: Package, scope: Scope) -> Ladder:
    of_scope = {
        key: claim
        for key, claim in package.claims.items()
        if claim["event_id"] == package.main_event and claim["time_frame"] == "cumulative" and scope.holds(claim)
    }
    parts = {
        link["claim_id"]
        for link in package.relations
        if link["relation"] in ("part_of", "subset_of") and link["other_claim_id"] in of_scope
    }
    marks: dict[tuple[Any, ...], Mark] = {}
    undrawn = {"parts": 0, "without_number": 0, "without_day": 0}
    for members in sorted(package.assertion.values(), key=lambda members: package.published(members[0])):
        inside = [key for key in members if key in of_scope]
        whole = [key for key in inside if key not in parts]
        numbered = [of_scope[key] for key in whole if height(of_scope[key])]
        # An assertion is one mark, on the day that its origin gives or, failing that, the first document with a day.
        dated = [claim for claim in numbered if claim["as_of_date"] and claim["as_of_precision"] in PRECISE]
        if dated:
            mark = marks.setdefault(_look(dated[0]), Mark(dated[0]))
            mark.same += sorted((claim["claim_id"] for claim in numbered), key=lambda key: key != dated[0]["claim_id"])
            mark.origins += 1
        elif inside:
            undrawn["without_day" if numbered else "without_number" if whole else "parts"] += 1
    return Ladder(
        scope=scope,
        marks=sorted(marks.values(), key=lambda mark: (mark.claim["as_of_date"], mark.claim["claim_id"])),
        lines=_lines(package, (mark.claim for mark in marks.values())),
        **undrawn,
    )


def _look(claim: Row) -> tuple[Any, ...]:
    """What makes two claims one mark: claimant, day, figure and the way it is drawn."""
    said = (
        claim["claimant_id"],
        claim["as_of_date"],
        claim["value"],
        claim["low"],
        claim["high"],
        SHAPES[claim["bound"]],
    )
    return (*said, hollow(claim), claim["modality"] == "asserted", claim["modality"] == "denied")


def height(claim: Row) -> int:
    """The number at which a claim is drawn: its value, the upper end of a range; 0 if it has none."""
    return int(claim["value"] or claim["high"] or claim["low"] or 0)


def hollow(claim: Row) -> bool:
    """Whether the claimant was still reviewing the cases."""
    return bool(claim["claimant_status"] == "under_review")


def _lines(package: Package, claims: Iterable[Row]) -> dict[str, list[Row]]:
    """claimant_id -> its highest asserted figure of each day, for every named claimant that has two days or more.

    Counts of names are left out: a list of names is another count than a toll, and no fall from it.
    """
    highest: dict[str, dict[datetime.date, Row]] = defaultdict(dict)
    for claim in claims:
        named = package.claimants[claim["claimant_id"]]["anonymity"] == "named"
        toll = claim["bound"] in STEPS and claim["claimant_status"] != "identified_by_name" and not hollow(claim)
        if named and claim["modality"] == "asserted" and toll:
            days = highest[claim["claimant_id"]]
            date = claim["as_of_date"]
            if date not in days or height(claim) > height(days[date]):
                days[date] = claim
    return {
        claimant: [days[date] for date in sorted(days)] for claimant, days in sorted(highest.items()) if len(days) > 1
    }


def coloured(package: Package, charts: list[Ladder]) -> list[str]:
    """The named claimants with a colour of their own, the same in every chart: those whose figures most documents carry."""
    ranked: list[str] = []
    for ladder in charts:
        counts: dict[str, int] = defaultdict(int)
        for mark in ladder.marks:
            if package.claimants[mark.claim["claimant_id"]]["anonymity"] == "named":
                counts[mark.claim["claimant_id"]] += len(mark.same)
        ranked += [c for c in sorted(counts, key=lambda c: (-counts[c], c)) if c not in ranked]
        if len(ranked) >= COLOURED:
            break
    return ranked[:COLOURED]


def days(charts: list[Ladder]) -> tuple[datetime.date, datetime.date]:
    """First and last day that any chart draws, with a day to spare at both ends."""
    dates = [mark.claim["as_of_date"] for ladder in charts for mark in ladder.marks]
    start = datetime.date(2025, 12, 28)
    margin = datetime.timedelta(days=1)
    return min(dates, default=start) - 2 * margin, max(dates, default=start) + margin


def summary(package: Package, ladder: Ladder) -> list[Row]:
    """A chart in words: per claimant the first and the last figure that it draws, most marks first."""
    by_claimant: dict[str, list[Mark]] = defaultdict(list)
    for mark in ladder.marks:
        by_claimant[mark.claim["claimant_id"]].append(mark)
    rows = []
    for claimant, marks in sorted(by_claimant.items(), key=lambda item: (-len(item[1]), item[0])):
        first, last = marks[0].claim, marks[-1].claim
        rows.append(
            {
                "name": package.claimants[claimant]["name"],
                "marks": len(marks),
                "claims": sum(len(mark.same) for mark in marks),
                "first": first,
                "first_day": day(first["as_of_date"]),
                "last": last,
                "last_day": day(last["as_of_date"]),
            }
        )
    return rows


def specification(ladder: Ladder, large: bool) -> Row:
    """The Vega-Lite specification of a ladder, colours as names (`$s1`) that the page's script takes from the style sheet.

    Data sets, filled in by the script: `marks`, `lines`, `leaders` and `labels`, each row with its claimant's colour class
    `s` (0 for none). The days come from the data, since Vega-Lite 6 misreads a given domain of days in layers.
    """
    pick = alt.param(name="pick", value=-1)
    numbers = [height(mark.claim) for mark in ladder.marks]
    low, top = min(numbers, default=1) * 0.75, max(numbers, default=10) * 1.4
    counts = [10**n for n in range(0, 10) if low <= 10**n <= top]
    x = alt.X("t:T", title=None, scale=alt.Scale(type="utc", nice=False), axis=_days_axis(large))
    y = alt.Y(
        "y:Q", title=None, scale=alt.Scale(type="log", domain=[low, top], nice=False), axis=_count_axis(large, counts)
    )
    palette = alt.Scale(domain=list(range(COLOURED + 1)), range=[f"$s{i}" for i in range(COLOURED + 1)])
    colour = alt.Color("s:N", legend=None, scale=palette)
    picked = "pick == datum.c"
    lines = (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(interpolate="step-after", strokeWidth=2 if large else 1.5)
        .encode(
            x=x,
            y=y,
            color=colour,
            detail="c:N",
            opacity=_opacity({f"{picked} || (pick == -1 && datum.s > 0)": 0.9, "pick == -1": 0.3}, 0.08),
        )
    )
    leaders = (
        alt.Chart(alt.NamedData("leaders"))
        .mark_line(strokeWidth=1, strokeDash=[1, 3])
        .encode(x="t:T", y="y:Q", color=colour, detail="c:N", opacity=_opacity({f"{picked} || pick == -1": 0.55}, 0.1))
    )
    faint = {f"pick != -1 && !({picked})": 0.06, "datum.faint": 0.3, "pick == -1 && datum.s == 0": 0.5}
    marks = alt.Chart(alt.NamedData("marks")).encode(opacity=_opacity(faint, 0.95), tooltip=alt.value(" "))
    ranges = (
        marks.transform_filter("datum.shape == 'range'")
        .mark_rule(strokeWidth=3 if large else 2, strokeCap="round")
        .encode(x="t:T", y="lo:Q", y2="hi:Q", color=colour)
    )
    glyphs = alt.Scale(domain=list(GLYPHS), range=list(GLYPHS.values()))
    points = (
        marks.transform_filter("datum.shape != 'range'")
        .mark_point(size=46 if large else 24, strokeWidth=1.3 if large else 1)
        .encode(
            x="t:T",
            y="y:Q",
            shape=alt.Shape("shape:N", legend=None, scale=glyphs),
            stroke=alt.Stroke("s:N", legend=None, scale=palette),
            fill=alt.condition("datum.hollow", alt.value("$paper"), alt.Fill("s:N", legend=None, scale=palette)),
        )
    )
    labels = (
        alt.Chart(alt.NamedData("labels"))
        .mark_text(align="left", baseline="top", dx=6, fontSize=13 if large else 11, fontWeight=600, lineHeight=13)
        .encode(
            x=alt.XValue("width"),
            y="y:Q",
            text="label:N",
            color=colour,
            opacity=_opacity({f"{picked} || pick == -1": 1}, 0.2),
        )
    )
    chart = alt.layer(lines, leaders, ranges, points, labels).add_params(pick)
    chart = chart.properties(width="container", height=430 if large else 190, background="transparent")
    specification: Row = chart.configure(aria=False, view={"stroke": "transparent"}).to_dict()
    return specification


GLYPHS = {"up": "triangle-up", "dot": "circle", "down": "triangle-down", "about": "diamond", "denied": "cross"}


def _opacity(tests: dict[str, float], otherwise: float) -> Any:
    return alt.OpacityValue(otherwise, condition=[{"test": test, "value": value} for test, value in tests.items()])


def _days_axis(large: bool) -> alt.Axis:
    return alt.Axis(
        format="%-d %b", grid=False, tickCount=alt.TimeIntervalStep(interval="week", step=1), labelColor="$soft", domainColor="$rule", tickColor="$rule",
        labelFontSize=12 if large else 11, labelOverlap="greedy", labelSeparation=9, labelFlush=True, labelPadding=5,
    )  # fmt: skip


def _count_axis(large: bool, counts: list[int]) -> alt.Axis:
    return alt.Axis(
        values=counts, format=",", gridColor="$grid", domain=False, ticks=False, labelColor="$soft", labelAlign="left",
        labelBaseline="bottom", labelPadding=0, labelOffset=-1, labelFontSize=12 if large else 11, zindex=0,
    )  # fmt: skip
