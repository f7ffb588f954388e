"""What was looked for and found: the days of the regular series, and the ledger of the documents held in full."""

from collections import Counter, defaultdict

import altair as alt

from schemas.vocabularies import VOCABULARIES
from scripts._report.package import Package, Row
from scripts._report.sentences import day, short_name, words

STATUSES = ("collected", "expected_not_found", "publisher_silent")


def series(package: Package) -> list[Row]:
    """Each regular series: its title, how many days have which status, the days without a report, and every day."""
    days: dict[str, list[Row]] = defaultdict(list)
    for row in package.expected_reports:
        days[row["series"]].append(row)
    found = []
    for name, rows in sorted(days.items()):
        rows.sort(key=lambda row: row["expected_date"])
        counts = Counter(row["status"] for row in rows)
        found.append(
            {
                "series": name,
                "title": series_title(package, name),
                "expected": len(rows),
                "counts": [(status, counts[status]) for status in (*STATUSES, *sorted(set(counts) - set(STATUSES)))],
                "first": day(rows[0]["expected_date"]),
                "last": day(rows[-1]["expected_date"]),
                "missing": [day(row["expected_date"]) for row in rows if row["status"] == "expected_not_found"],
                "rows": rows,
            }
        )
    return found


def series_title(package: Package, series: str) -> str:
    """A series as people call it: its claimant's name, short if that is not cut, and the rest of its identifier."""
    parts = series.split("-")
    for length in range(len(parts), 0, -1):
        claimant = package.claimants.get("-".join(parts[:length]))
        if claimant:
            name = short_name(claimant["name"])
            return " ".join([claimant["name"].partition(" (")[0] if "…" in name else name, *parts[length:]])
    return " ".join(parts).capitalize()


def specification(found: list[Row]) -> Row:
    """The Vega-Lite specification of the strip: one row per series, one cell per day. Data set: `days`."""
    colour = alt.Scale(domain=list(STATUSES), range=["$found", "$paper", "$silent"])
    edge = alt.Scale(domain=list(STATUSES), range=["$found", "$missing", "$silent"])
    axis = alt.Axis(
        format="%-d %b",
        grid=False,
        tickCount=alt.TimeIntervalStep(interval="week", step=1),
        labelColor="$soft",
        domain=False,
        tickColor="$rule",
        labelOverlap="greedy",
        labelSeparation=9,
        labelFlush=True,
        labelFontSize=12,
    )
    day_axis = alt.X("t:T", title=None, scale=alt.Scale(type="utc", nice=False), axis=axis)
    rows = alt.Y("title:N", title=None, sort=None, scale=alt.Scale(paddingInner=0.62, paddingOuter=0.5), axis=None)
    base = alt.Chart(alt.NamedData("days")).encode(x=day_axis, y=rows)
    cells = base.mark_bar(strokeWidth=1.2, cornerRadius=1, height={"band": 1}).encode(
        x2="u:T",
        fill=alt.Fill("status:N", legend=None, scale=colour),
        stroke=alt.Stroke("status:N", legend=None, scale=edge),
    )
    names = (
        alt.Chart(alt.NamedData("series"))
        .mark_text(align="left", baseline="bottom", fontSize=12, fontWeight=600, dy=-11, color="$ink")
        .encode(x=alt.XValue(0), y=rows, text="title:N")
    )
    chart = alt.layer(cells, names).properties(width="container", height=len(found) * 46, background="transparent")
    specification: Row = chart.configure(aria=False, view={"stroke": "transparent"}).to_dict()
    return specification


def ledger(package: Package) -> Row:
    """Numbers of each document held in full, by category; only categories that occur."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in package.mentions:
        counts[row["document_id"]][row["category"]] += 1
    present = {category for counter in counts.values() for category in counter}
    order = [name for name in VOCABULARIES["mention_category"].names if name in present]
    order += sorted(present - set(order))
    definitions = {term.name: term.definition for term in VOCABULARIES["mention_category"].terms}
    return {
        "categories": [(category, words(category), definitions.get(category, "")) for category in order],
        "documents": [
            (package.documents[document], [counter[category] for category in order], counter.total())
            for document, counter in sorted(counts.items())
        ],
    }
