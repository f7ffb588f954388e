"""What did each side say by 21 January 2026, and who repeated whom? Prints the answer and draws the README's picture.

    .venv/bin/python examples/compare_tolls.py

Every mark is a figure that somebody claimed, at the day up to which they counted. No line joins them, since between two
claims nobody claimed anything, and no mark stands for more than one claimant.
"""

import sys
from pathlib import Path

import altair as alt
import pandas as pd
import vl_convert

sys.path.insert(0, str(Path(__file__).parent.parent))

import views

PICTURE = Path(__file__).with_name("compare_tolls.svg")
DAY = "2026-01-21"

#: Whom to compare, with colours that most colour-blind readers tell apart (Okabe and Ito).
COLOURS = {
    "hrana": "#0072B2",
    "ihrngo": "#56B4E9",
    "iran-international": "#E69F00",
    "munich-doctors-network": "#CC79A7",
    "iran-government": "#D55E00",
    "iranian-officials-unnamed": "#009E73",
}

#: How a mark says its bound: its shape, and the words of the legend. It stands at the number that was said.
MARKS = {
    "exact": ("circle", "exact"),
    "at_least": ("triangle-up", "at least, more than"),
    "more_than": ("triangle-up", "at least, more than"),
    "at_most": ("triangle-down", "at most, less than"),
    "less_than": ("triangle-down", "at most, less than"),
    "approximate": ("diamond", "about"),
}

#: One that the renderer carries and, for browsers, others of the same width, so that the picture is the same everywhere.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
DECADES = [10, 100, 1_000, 10_000, 100_000]


def comparable(tables: views.Tables) -> pd.DataFrame:
    """Claims of the chosen claimants about everyone killed in the crackdown as a whole.

    `all` and `unspecified` victims stand together here, since monitors and papers use them for the same totals; protesters
    alone, children or security forces are other groups and are left out, and so is every part of a claimed total.
    """
    relations = tables["claim_relations"]
    parts = relations.loc[relations["relation"].isin(["part_of", "subset_of"]), "claim_id"]
    claimants = [name for name in COLOURS if name in set(tables["claimants"]["claimant_id"])]
    rows = pd.concat([views.series(name, tables) for name in claimants])
    rows = rows[~rows["claim_id"].isin(parts)]
    return rows.query(
        "event_id == 'crackdown-2025-26' and casualty_type == 'killed' and victim_role in ['all', 'unspecified'] "
        "and victim_age_group == 'all' and victim_sex == 'all'"
    ).assign(under_review=lambda rows: rows["claimant_status"] == "under_review")


def said_by(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Each claimant's figures of its last as-of day up to that day, those under review apart."""
    until = rows[rows["as_of_date"] <= day]
    last = until.groupby(["claimant_id", "under_review"])["as_of_date"].transform("max")
    shown = until[until["as_of_date"] == last]
    columns = ["claimant_id", "under_review", "as_of_date", "bound", "value", "low", "high", "modality", "victim_role"]
    return shown[columns].drop_duplicates().sort_values(columns).reset_index(drop=True)


def repeated_most(tables: views.Tables, day: str, at_most: int = 5) -> pd.DataFrame:
    """The assertions as of that day or before that most documents carry: N documents, one origin each."""
    origins = views.origins(tables)
    origins = origins[(origins["as_of_date"] <= day) & (origins["documents"] > 1)]
    columns = ["claimant_name", "as_of_date", "figure_text", "casualty_type", "documents", "document_id"]
    return origins.sort_values(["documents", "claim_id"], ascending=[False, True])[columns].head(at_most)


def chart(rows: pd.DataFrame) -> alt.LayerChart:
    """The claims as marks: day against count."""
    rows = rows.assign(day=rows["as_of_date"].dt.strftime("%Y-%m-%d"), claimed=rows["modality"] != "possible")
    points = rows[rows["bound"].isin(MARKS)].assign(how=lambda rows: [MARKS[bound][1] for bound in rows["bound"]])
    points = distinct(points, "claimant_name", "day", "how", "under_review", "claimed", "value")
    ranges = distinct(rows[rows["bound"] == "range"], "claimant_name", "day", "low", "high")

    names = rows.drop_duplicates("claimant_id").set_index("claimant_id")["claimant_name"]
    present = [name for name in COLOURS if name in names]
    colour = alt.Color(
        "claimant_name:N",
        title="Claimant",
        scale=alt.Scale(domain=[names[name] for name in present], range=[COLOURS[name] for name in present]),
    )
    shapes = {words: shape for shape, words in MARKS.values()}
    x = alt.X(
        "day:T",
        title="As of (the day up to which the claimant counted)",
        axis=alt.Axis(format="%-d %b", grid=False, tickCount="week"),
    )
    y = alt.Y(
        "value:Q",
        title="People killed, as claimed",
        scale=alt.Scale(type="log"),
        axis=alt.Axis(format=",d", values=DECADES),
    )
    marks = (
        alt.Chart(points)
        .mark_point(size=55, strokeWidth=1.3)
        .encode(
            x=x,
            y=y,
            color=colour,
            shape=alt.Shape("how:N", title="Bound", scale=alt.Scale(domain=list(shapes), range=list(shapes.values()))),
            fill=alt.condition("datum.under_review", alt.value("transparent"), colour),
            opacity=alt.condition("datum.claimed", alt.value(0.85), alt.value(0.3)),
        )
    )
    bars = alt.Chart(ranges).mark_rule(strokeWidth=3).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
    return (
        (bars + marks)
        .properties(
            width=640,
            height=380,
            title=alt.Title(
                "Everyone killed in the crackdown: who claimed how many, as of when",
                subtitle="Hollow: under review. Faint: called possible. Bar: a range. Claims, not counts; none is ours.",
            ),
        )
        .configure(font=FONT, background="white")
        .configure_view(stroke=None)
        .configure_legend(labelLimit=280)
    )


def distinct(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The different combinations of those cells, in order."""
    return rows[list(columns)].drop_duplicates().sort_values(list(columns))


def svg(rows: pd.DataFrame) -> str:
    """The picture, the same each time."""
    return vl_convert.vegalite_to_svg(chart(rows).to_dict())


def main() -> None:
    """Print the answer and write the picture."""
    tables = views.load()
    rows = comparable(tables)
    with pd.option_context("display.width", 200, "display.max_columns", None, "display.max_colwidth", 60):
        print(f"Killed in the crackdown, as claimed up to {DAY}:\n{said_by(rows, DAY)}\n")
        print(f"Repeated by most documents:\n{repeated_most(tables, DAY)}")
    PICTURE.write_text(svg(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
