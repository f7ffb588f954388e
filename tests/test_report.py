"""Every number on the page is worked out again from the CSV files, by other means than the page's own code."""

import calendar
import datetime
import itertools
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from schemas.quantities import implied_interval
from scripts._problems import Unreadable
from scripts._report.package import Package, load_package
from scripts._report.page import page
from scripts._report.sentences import sentence, short_name
from tests.conftest import Project, one_line
from tests.page_text import HOSTILE, build_page, committed, embedded, make_hostile, numbers, read_page, text

EPOCH = pd.Timestamp("1970-01-01")
LATER = "9999"


class Tables:
    """The CSV files as text; an empty frame for one that is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getattr__(self, name: str) -> pd.DataFrame:
        path = self.folder / f"data/{name}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False) if path.exists() else pd.DataFrame()
        if name == "casualty_claims":
            frame = frame[frame["record_status"] == "active"]
            frame = frame.merge(self.documents, on="document_id", suffixes=("", "_of_document"), validate="m:1")
            frame = frame.set_index("claim_id", drop=False)
        setattr(self, name, frame)
        return frame


@pytest.fixture(scope="module")
def folder() -> Path:
    return committed()


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return Tables(folder)


@pytest.fixture(scope="module")
def package(folder: Path) -> Package:
    return load_package(folder)


@pytest.fixture(scope="module")
def html(folder: Path) -> BeautifulSoup:
    return read_page(folder / "page.html")


@pytest.fixture(scope="module")
def data(html: BeautifulSoup) -> dict[str, Any]:
    return embedded(html)


@pytest.fixture(scope="module")
def groups(tables: Tables) -> list[list[str]]:
    """The claims that echoes and restatements connect, worked out by painting: each claim takes its neighbours' colour."""
    claims = tables.casualty_claims
    colour = {claim: claim for claim in claims["claim_id"]}
    links = tables.claim_relations
    links = links[links["relation"].isin(["echoes", "restates"])] if len(links) else links
    edges = (
        [(a, b) for a, b in zip(links["claim_id"], links["other_claim_id"], strict=True) if a in colour and b in colour]
        if len(links)
        else []
    )
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            least = min(colour[a], colour[b])
            changed |= colour[a] != least or colour[b] != least
            colour[a] = colour[b] = least
    found: dict[str, list[str]] = defaultdict(list)
    for claim, painted in colour.items():
        found[painted].append(claim)
    return list(found.values())


def integer(cell: str) -> int | None:
    return int(cell) if cell else None


def day_number(cell: str) -> int | None:
    return (pd.Timestamp(cell) - EPOCH).days if cell else None


def address(data: dict[str, Any], i: int) -> str:
    """The claim_id of the claim at a place of the embedded list."""
    claims, documents = data["claims"], data["documents"]
    return f"{documents['id'][claims['document'][i]]}-{claims['id'][i]}"


# ---- the embedded table ----


def test_every_claim_is_embedded_as_it_stands_in_its_row(data: dict[str, Any], tables: Tables) -> None:
    claims, rows = data["claims"], tables.casualty_claims
    names = tables.claimants.set_index("claimant_id")["name"]
    assert [address(data, i) for i in range(len(claims["id"]))] == rows["claim_id"].tolist()
    assert claims["figure"] == rows["figure_text"].tolist()
    for column in ("value", "low", "high"):
        assert claims[column] == [integer(cell) for cell in rows[column]]
    assert claims["asof"] == [day_number(cell) for cell in rows["as_of_date"]]
    assert claims["start"] == [day_number(cell) for cell in rows["period_start"]]
    assert [data["claimants"]["name"][i] for i in claims["who"]] == names[rows["claimant_id"]].tolist()
    of_document = {
        column: [data["documents"][column][i] for i in claims["document"]]
        for column in ("title", "publisher", "url", "language")
    }
    assert of_document["title"] == rows["title"].tolist()
    assert of_document["publisher"] == rows["publisher"].tolist()
    assert of_document["language"] == rows["language"].tolist()
    assert [url or "" for url in of_document["url"]] == rows["source_url"].tolist()
    assert claims["forces"] == rows["includes_security_forces"].map({"yes": "in", "no": "out", "unknown": ""}).tolist()
    assert [bool(h) for h in claims["hollow"]] == (rows["claimant_status"] == "under_review").tolist()
    assert [bool(f) for f in claims["faint"]] == (rows["modality"] != "asserted").tolist()


def test_dates_of_the_table_are_as_exact_as_they_are_known(data: dict[str, Any], tables: Tables) -> None:
    rows = tables.casualty_claims

    def said(date: str, precision: str, basis: str = "") -> str:
        if not date:
            return ""
        year, month, day = map(int, date.split("-"))
        if precision == "month":
            return f"{calendar.month_name[month]} {year}"
        before = {"exact_day": "by " if basis == "publication_bound" else "", "week": "week of "}.get(
            precision, "about "
        )
        return f"{before}{day} {calendar.month_abbr[month]} {year}"

    expected = [
        said(*cells) for cells in zip(rows["as_of_date"], rows["as_of_precision"], rows["as_of_basis"], strict=True)
    ]
    assert data["claims"]["day"] == expected
    documents = tables.documents
    expected = [
        said(*cells) for cells in zip(documents["published_date"], documents["published_precision"], strict=True)
    ]
    assert data["documents"]["published"] == expected


def test_origin_and_first_seen(data: dict[str, Any], tables: Tables, groups: list[list[str]]) -> None:
    rows = tables.casualty_claims
    place = {claim: i for i, claim in enumerate(rows["claim_id"])}
    exact = rows["published_date"].where(rows["published_precision"] == "exact_day", "")
    for group in groups:
        dates = [exact[claim] for claim in group if exact[claim]]
        first = day_number(min(dates)) if dates else None
        origins = {data["claims"]["origin"][place[claim]] for claim in group}
        assert len(origins) == 1 and address(data, origins.pop()) in group
        assert {data["claims"]["first"][place[claim]] for claim in group} == {first}


# ---- sentences ----


def test_a_sentence_for_every_claim(package: Package, data: dict[str, Any]) -> None:
    """It has the figure as printed and the claimant's name, and no number that is not in the row."""
    for i, (claim_id, claim) in enumerate(package.claims.items()):
        said = sentence(package, claim)
        whole = str(said)
        assert (data["claims"]["before"][i], data["claims"]["after"][i]) == (said.before, said.after), claim_id
        name = package.claimants[claim["claimant_id"]]["name"]
        assert name in said.before, claim_id
        assert said.figure == (claim["figure_text"] or ""), claim_id
        assert whole[0].isupper() and whole.endswith(".") and "  " not in whole and " ," not in whole, whole
        document = package.documents[claim["document_id"]]
        relays = [package.claimants[hop["claimant_id"]]["name"] for hop in package.relays.get(claim_id, [])]
        rest = said.before + said.after
        for known in sorted(
            (name, document["publisher"], *relays, claim["victim_label"] or name), key=len, reverse=True
        ):
            rest = rest.replace(known, "")
        dates = [claim[column] for column in ("as_of_date", "period_start", "period_end") if claim[column]]
        allowed = {str(part) for date in dates for part in (date.day, date.year)}
        assert set(re.findall(r"\d+", rest)) <= allowed, whole
        assert not re.search(
            r"\b(two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?)\b", rest
        ), whole


def test_sentences_read_as_they_should(built: Project) -> None:
    package = load_package(built.root)
    said = [str(sentence(package, claim)) for claim in package.claims.values()]
    assert (
        "On 10 January 2026 Example Monitor said, of everyone killed since the protests began: “At least 1,204”, as passed on by Example Agency, "
        "in a document of Example Gazette." in said
    )
    assert (
        "On 10 January 2026 Example Monitor said, of everyone killed since the protests began: “77”, cases it was still reviewing."
        in said
    )
    assert "On 10 January 2026 Example Monitor said, of men killed (Sampletown): “a man”." in said
    assert any(
        s.startswith(
            "On 10 January 2026 Example Ministry said, of everyone killed since the protests began: “900”, an official figure, as passed on by"
        )
        for s in said
    )


@pytest.mark.parametrize(
    ("modality", "words"),
    [
        ("possible", "held possible, of"),
        ("denied", "denied, of"),
        ("reported", "without vouching for it"),
        ("conditional", "on a condition"),
        ("question", "asked, of"),
    ],
)
def test_a_sentence_never_asserts_what_the_claim_does_not(built: Project, modality: str, words: str) -> None:
    package = load_package(built.root)
    claim = dict(next(iter(package.claims.values())), modality=modality)
    assert words in str(sentence(package, claim)) and " said, of everyone killed since" not in str(
        sentence(package, claim)
    ).replace("on a condition, ", "x")


def test_short_names() -> None:
    assert short_name("Human Rights Activists News Agency (HRANA)") == "HRANA"
    assert short_name("Mai Sato (UN Special Rapporteur on Iran)") == "Mai Sato"
    assert short_name("Activists, not named") == "Activists"
    assert len(short_name("Committee for Monitoring the Status of Detained Protesters")) <= 30


# ---- numbers in the text of the page ----


def test_the_head_counts(html: BeautifulSoup, tables: Tables, groups: list[list[str]]) -> None:
    claims = tables.casualty_claims
    shown = numbers(text(html.select(".tally")[0]))
    assert shown == [
        claims["document_id"].nunique(),
        len(claims),
        len(groups),
        claims["claimant_id"].nunique(),
        claims["language"].nunique(),
    ]


def test_the_method_box_counts(html: BeautifulSoup, tables: Tables) -> None:
    claims = tables.casualty_claims
    shown = numbers(text(html.select("#method ul")[0]))
    numbered = (claims[["value", "low", "high"]].map(lambda cell: int(cell or 0)).max(axis=1) > 0).sum()
    documents = tables.documents
    assert shown == [
        len(documents),
        (documents["text_access"] == "full_text").sum(),
        (claims["as_of_date"] == "").sum(),
        len(claims) - numbered,
    ]
    said = text(html.select("#method")[0])
    for words in ("Claims, not counts", "convenience sample", "No sum, no estimate"):
        assert words in said


def test_options_count_claims(html: BeautifulSoup, tables: Tables) -> None:
    options = {text(o) for o in html.select("#type option")[1:]}
    counts = tables.casualty_claims["casualty_type"].str.replace("_", " ").value_counts()
    assert options == {f"{name} ({n:,})" for name, n in counts.items()}


# ---- the ladder ----

SCOPES = [
    ("killed", ("all", "unspecified"), "all", ("",)),
    ("killed", ("protester",), "all", ("",)),
    ("killed", ("security_forces",), "all", ("",)),
    ("killed", ("government_affiliated",), "all", ("",)),
    ("killed", ("all", "unspecified"), "child", ("",)),
    ("injured", ("all", "unspecified", "protester"), "all", ("",)),
    ("detained", ("all", "unspecified", "protester", "detainee"), "all", ("", "ever_arrested")),
]
SHAPES = {
    "exact": "dot",
    "approximate": "about",
    "at_least": "up",
    "more_than": "up",
    "at_most": "down",
    "less_than": "down",
    "range": "range",
}


def main_event(tables: Tables) -> str:
    roots = set(tables.events.loc[tables.events["parent_event_id"] == "", "event_id"])
    counts = tables.casualty_claims["event_id"].value_counts()
    return str(counts[counts.index.isin(roots)].idxmax())


def expected_chart(
    scope: tuple[Any, ...], tables: Tables, groups: list[list[str]], origin: dict[str, str]
) -> dict[str, Any]:
    """Marks and counts of one chart, from the CSV rows."""
    kind, roles, age, details = scope
    rows = tables.casualty_claims
    inside = rows[
        (rows["event_id"] == main_event(tables))
        & (rows["time_frame"] == "cumulative")
        & (rows["casualty_type"] == kind)
        & rows["casualty_detail"].isin(details)
        & rows["victim_role"].isin(roles)
        & (rows["victim_age_group"] == age)
        & (rows["victim_sex"] == "all")
    ]
    links = tables.claim_relations
    links = links[links["relation"].isin(["part_of", "subset_of"]) & links["other_claim_id"].isin(inside.index)]
    parts = set(links["claim_id"])
    top = inside[["value", "low", "high"]].map(lambda cell: int(cell or 0)).max(axis=1)
    numbered = set(inside.index[top > 0]) - parts
    dated = numbered & set(
        inside.index[(inside["as_of_date"] != "") & inside["as_of_precision"].isin(["exact_day", "days_2_6"])]
    )
    exact = inside["published_date"].where(
        (inside["published_precision"] == "exact_day") & (inside["published_date"] != ""), LATER
    )
    records = inside.to_dict("index")
    here_of = set(inside.index)
    marks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for group in groups:
        here = [claim for claim in group if claim in here_of]
        drawable = [claim for claim in here if claim in dated]
        if drawable:
            chosen = min(drawable, key=lambda claim: (origin[claim] != claim, exact[claim], claim))
            row = records[chosen]
            under_review, said = row["claimant_status"] == "under_review", row["modality"]
            look = (row["claimant_id"], row["as_of_date"], row["value"], row["low"], row["high"], SHAPES[row["bound"]])
            marks[(*look, str(under_review), str(said == "asserted"), str(said == "denied"))] += [
                c for c in here if c in numbered
            ]
            counts["drawn"] += 1
        elif here:
            counts["day" if numbered & set(here) else "number" if set(here) - parts else "parts"] += 1
    return {"marks": marks, "counts": counts}


def test_every_mark_of_every_chart(
    html: BeautifulSoup, data: dict[str, Any], tables: Tables, groups: list[list[str]]
) -> None:
    ids = [address(data, i) for i in range(len(data["claims"]["id"]))]
    origin = {ids[i]: ids[o] for i, o in enumerate(data["claims"]["origin"])}
    figures = html.select("figure[data-chart]")
    figure_of = tables.casualty_claims["figure_text"].to_dict()
    name_of = tables.claimants.set_index("claimant_id")["name"].to_dict()
    charts = iter(zip(data["charts"], figures, strict=True))
    for number, scope in enumerate(SCOPES):
        expected = expected_chart(scope, tables, groups, origin)
        if number and not expected["marks"]:
            continue
        chart, figure = next(charts)
        shown = {frozenset(ids[i] for i in same) for same in chart["marks"]}
        assert shown == {frozenset(same) for same in expected["marks"].values()}, chart["key"]
        claims = sum(len(same) for same in expected["marks"].values())
        counts = expected["counts"]
        said = [claims, counts["drawn"], len(expected["marks"]), counts["number"], counts["day"]] + (
            [counts["parts"]] if counts["parts"] else []
        )
        assert numbers(text(figure.select(".note")[0]))[: len(said)] == said, chart["key"]
        summary = figure.select("details table") or figure.parent.select("details table")
        table = [[text(cell) for cell in row] for row in summary[0].select("tbody tr")]
        assert sum(numbers(row[-1])[0] for row in table) == claims
        for row in table:
            of_claimant = sorted(m for m in expected["marks"] if name_of[m[0]] == row[0])
            assert len({m[0] for m in of_claimant}) == 1
            days = sorted(m[1] for m in of_claimant)
            assert (row[2], row[4]) == (long_day(days[0]), long_day(days[-1]))
            printed = {figure_of[c] for m in of_claimant for c in expected["marks"][m]}
            assert {row[1], row[3]} <= {re.sub(r"\s+", " ", figure).strip() for figure in printed}
    assert next(charts, None) is None


def long_day(date: str) -> str:
    when = datetime.date.fromisoformat(date)
    return f"{when.day} {when:%B %Y}"


def test_a_line_joins_one_named_claimant_at_its_highest_asserted_figure_of_each_day(
    data: dict[str, Any], tables: Tables
) -> None:
    rows, claims = tables.casualty_claims, data["claims"]
    anonymity = dict(zip(tables.claimants["name"], tables.claimants["anonymity"], strict=True))
    for chart in data["charts"]:
        drawn = [same[0] for same in chart["marks"]]
        for who, line in chart["lines"]:
            assert {claims["who"][i] for i in line} == {who}
            assert anonymity[data["claimants"]["name"][who]] == "named"
            days = [claims["asof"][i] for i in line]
            assert days == sorted(set(days)) and len(days) > 1
            mine = [i for i in drawn if claims["who"][i] == who and claims["shape"][i] in ("dot", "up", "about")]
            mine = [i for i in mine if rows.loc[address(data, i), "modality"] == "asserted" and not claims["hollow"][i]]
            assert set(days) == {claims["asof"][i] for i in mine}
            for i in line:
                assert claims["value"][i] == max(
                    claims["value"][k] for k in mine if claims["asof"][k] == claims["asof"][i]
                )


def test_the_specifications_show_no_more_than_the_marks(data: dict[str, Any]) -> None:
    """Nothing is averaged, summed, smoothed or banded by the chart itself."""
    words = json.dumps(data["specifications"])
    for forbidden in (
        "aggregate",
        "regression",
        "loess",
        "density",
        "errorband",
        "errorbar",
        "window",
        "impute",
        "url",
    ):
        assert f'"{forbidden}"' not in words
    for chart in data["specifications"]:
        assert chart["layer"][0]["encoding"]["y"]["scale"]["type"] == "log"
        assert {layer["encoding"]["y"]["field"] for layer in chart["layer"]} <= {"y", "lo"}


# ---- echoes ----


def test_figures_and_their_origins(
    html: BeautifulSoup, data: dict[str, Any], tables: Tables, groups: list[list[str]]
) -> None:
    rows = tables.casualty_claims
    leader = {claim: number for number, group in enumerate(groups) for claim in group}
    said = rows.assign(group=rows["claim_id"].map(leader))
    span = said["low"] + "–" + said["high"] + said["vague_term"]
    said["figure"] = said["value"].where(said["value"] != "", span.where(said["bound"].isin(["range", "vague"]), ""))
    said = said[said["figure"] != ""]
    by_figure = said.groupby(["event_id", "casualty_type", "figure"]).agg(
        documents=("document_id", "nunique"), origins=("group", "nunique")
    )
    expected = by_figure[by_figure["documents"] > 1]
    shown = [(documents, len(origins)) for documents, origins in data["figures"]]
    assert sorted(shown) == sorted(expected.itertuples(index=False, name=None))
    assert [documents for documents, _ in shown] == sorted((documents for documents, _ in shown), reverse=True)
    assert numbers(text(html.select("#echoes .lead")[0])) == [len(expected)]
    for documents, origins in data["figures"]:
        members = [i for origin in origins for i in origin]
        assert len({data["claims"]["document"][i] for i in members}) == documents
        assert all(len({data["claims"]["origin"][i] for i in origin}) == 1 for origin in origins)


# ---- consistency ----

REASON = re.compile(r"at (least|most) (\d+) by (\S+), but at (?:least|most) (\d+) by (\S+)")


def reason(row: Any) -> tuple[str, str, int, str, int, str]:
    """The floor's claim, the ceiling's, and the two numbers and days, as the row's own words give them."""
    found = REASON.fullmatch(row.reason)
    assert found, row.reason
    kind, first, first_day, second, second_day = found.groups()
    one, other = (row.claim_id, int(first), first_day), (row.other_claim_id, int(second), second_day)
    floor, ceiling = (one, other) if kind == "least" else (other, one)
    return floor[0], ceiling[0], floor[1], floor[2], ceiling[1], ceiling[2]


def test_pairs_that_cannot_both_hold(html: BeautifulSoup, data: dict[str, Any], tables: Tables) -> None:
    rows = tables.casualty_claims.to_dict("index")
    expected: Counter[tuple[Any, ...]] = Counter()
    plain: set[tuple[Any, ...]] = set()
    for row in tables.inconsistencies.itertuples():
        _, _, low, low_day, high, high_day = reason(row)
        assert low > high and low_day <= high_day
        claim, other = rows[row.claim_id], rows[row.other_claim_id]
        sides = tuple(
            (
                c["claimant_id"],
                c["casualty_type"],
                c["casualty_detail"],
                c["event_id"],
                *map(str, implied(c)),
                c["as_of_date"],
            )
            for c in (claim, other)
        )
        expected[sides] += 1
        if not row.assumes:
            plain.add(sides)
    pairs = data["pairs"]
    known = {(reason(r)[0], reason(r)[1]): r for r in tables.inconsistencies.itertuples()}
    for i, j, assumes in zip(pairs["floor"], pairs["ceiling"], pairs["assumes"], strict=True):
        row = known[address(data, i), address(data, j)]
        _, _, low, low_day, high, high_day = reason(row)
        assert (data["claims"]["low"][i], data["claims"]["high"][j]) == (low, high)
        assert (data["claims"]["asof"][i], data["claims"]["asof"][j]) == (day_number(low_day), day_number(high_day))
        assert bool(assumes) == bool(row.assumes) and len(list(filter(None, assumes.split(", ")))) == len(
            row.assumes.split()
        )
    assert sorted(pairs["pairs"]) == sorted(expected.values())
    needed = [len(list(filter(None, assumes.split(", ")))) for assumes in pairs["assumes"]]
    assert needed == sorted(needed), "the pairs that need fewest assumptions come first"
    note = next(n for n in html.select("#consistency .note") if "folded" in text(n))
    assert numbers(text(note)) == [len(tables.inconsistencies), len(expected), len(plain)]


def implied(row: Any) -> tuple[int | None, int | None]:
    cells = {column: row[column] for column in ("bound", "modality", "claimant_status")}
    return implied_interval({**cells, "low": integer(row["low"]), "high": integer(row["high"])})


def test_the_matrix(html: BeautifulSoup, data: dict[str, Any], tables: Tables) -> None:
    claimant = tables.casualty_claims["claimant_id"].to_dict()
    names = tables.claimants.set_index("claimant_id")["name"]
    verdicts: dict[frozenset[str], str] = {}
    for row in tables.inconsistencies.itertuples():
        pair = frozenset((claimant[row.claim_id], claimant[row.other_claim_id]))
        verdicts[pair] = "no" if not row.assumes or verdicts.get(pair) == "no" else "if"
    shown_rows = html.select("table.matrix tbody tr")
    order = [row.select("th abbr")[0].get("title") for row in shown_rows]
    assert len(order) == len(set(order))
    id_of = {name: claimant for claimant, name in names.items()}
    comparable = compared(data, tables, {id_of[name] for name in order})
    for i, row in enumerate(shown_rows):
        cells = row.select("td:not(.blank)")
        assert len(cells) == i + 1
        for cell, other in zip(cells, order, strict=False):
            pair = frozenset((id_of[order[i]], id_of[other]))
            expected = verdicts.get(pair) or ("yes" if pair in comparable else "none")
            assert cell["class"] == [expected], (order[i], other)
            if expected in ("no", "if"):
                folded = sum(
                    {data["claims"]["who"][a], data["claims"]["who"][b]}
                    == {data["claimants"]["name"].index(order[i]), data["claimants"]["name"].index(other)}
                    for a, b in zip(data["pairs"]["floor"], data["pairs"]["ceiling"], strict=True)
                )
                assert numbers(cell.select("button")[0].get("aria-label").rsplit(",", 1)[1]) == [folded]
    for n in (n for n in html.select("#consistency .note") if "more claimants" in text(n)):
        everyone = {one for pair in compared(data, tables, None) | set(verdicts) for one in pair}
        assert numbers(text(n)) == [len(everyone) - len(order)]


def compared(data: dict[str, Any], tables: Tables, among: set[str] | None) -> set[frozenset[str]]:
    """Pairs of claimants of whom a floor and a ceiling meet, by comparing all claims of one scope with one another."""
    rows = tables.casualty_claims
    origins = {address(data, o) for o in data["claims"]["origin"]}
    ok = (rows["time_frame"] == "cumulative") & (rows["as_of_date"] != "") & rows["claim_id"].isin(origins)
    ok &= ~rows["casualty_type"].isin(["missing", "facing_execution"]) & (rows["casualty_detail"] != "held_now")
    if among is not None:
        ok &= rows["claimant_id"].isin(among)
    columns = ["victim_role", "victim_age_group", "victim_sex", "includes_security_forces"]
    unsaid = ["unspecified", "unspecified", "unspecified", "unknown"]
    found: set[frozenset[str]] = set()
    for _, scope in rows[ok].groupby(["event_id", "casualty_type", "casualty_detail"]):
        sides = [
            (c["claim_id"], c["claimant_id"], c["as_of_date"], tuple(c[column] for column in columns), *implied(c))
            for c in scope.to_dict("records")
        ]
        floors, ceilings = [s for s in sides if s[4] is not None], [s for s in sides if s[5] is not None]
        for floor, ceiling in itertools.product(floors, ceilings):
            pair = frozenset((floor[1], ceiling[1]))
            if pair in found or floor[2] > ceiling[2] or floor[0] == ceiling[0]:
                continue
            parts = zip(floor[3], ceiling[3], unsaid, strict=True)
            if all(a == b or (u in (a, b) and may_be_meant(u, {a, b})) for a, b, u in parts):
                found.add(pair)
    return found


def may_be_meant(unsaid: str, terms: set[str]) -> bool:
    """People of whom it is not said who they are may be everyone or the protesters, but not a narrower group."""
    narrow = {"all", "child", "adult", "female", "male", "yes", "no", "protester"}
    return terms - {unsaid} <= narrow


# ---- parts, coverage, ledger ----


def test_parts_and_remainders(html: BeautifulSoup, tables: Tables) -> None:
    rows = tables.casualty_claims
    names = tables.claimants.set_index("claimant_id")["name"]
    links = tables.claim_relations
    links = links[links["relation"] == "part_of"]
    same = [
        "claimant_id",
        "as_of_date",
        "value",
        "low",
        "high",
        "casualty_type",
        "victim_role",
        "victim_age_group",
        "victim_sex",
    ]
    said = rows[same].agg("|".join, axis=1).to_dict()
    expected: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for whole, parts in links.groupby("other_claim_id")["claim_id"]:
        values = [integer(rows.loc[part, "value"]) for part in parts]
        total = integer(rows.loc[whole, "value"])
        remainder = "none" if total is None or None in values else str(total - sum(v for v in values if v is not None))
        key = (
            names[rows.loc[whole, "claimant_id"]],
            remainder,
            said[whole],
            tuple(sorted(said[part] for part in parts)),
        )
        expected[key].add(rows.loc[whole, "document_id"])
    shown = []
    for item in html.select(".partitions > li"):
        printed = item.select(".remainder b")
        remainder = text(printed[0]).replace("−", "-").replace(",", "") if printed else "none"
        shown.append((text(item.select(".who b")[0]), remainder, numbers(text(item.select(".who .soft")[0]))[0]))
        assert ("off" in item.select(".remainder")[0]["class"]) == (remainder not in ("0", "none"))
        figures = {text(bdi) for bdi in item.select("bdi")} - {"no figure"}
        assert figures <= {re.sub(r"\s+", " ", figure).strip() for figure in rows["figure_text"]}
    assert sorted(shown) == sorted(
        (name, remainder, len(documents)) for (name, remainder, *_), documents in expected.items()
    )
    assert numbers(text(html.select("#parts details > summary")[0])) == [len(expected)] if len(expected) > 6 else True


def test_coverage_of_the_series(html: BeautifulSoup, data: dict[str, Any], tables: Tables) -> None:
    reports = tables.expected_reports
    if reports.empty:
        assert "does not yet list" in text(html.select("#coverage")[0])
        return
    statuses = ["collected", "expected_not_found", "publisher_silent"]
    table = html.select("#coverage .scroll table")[0]
    shown = [[text(cell) for cell in row] for row in table.select("tbody tr")]
    counts = (
        reports.groupby("series")["status"]
        .value_counts()
        .unstack(fill_value=0)
        .reindex(columns=statuses, fill_value=0)
        .sort_index()
    )
    for row, (series, expected) in zip(shown, counts.iterrows(), strict=True):
        dates = reports.loc[reports["series"] == series, "expected_date"]
        assert row[1] == f"{long_day(dates.min())} – {long_day(dates.max())}"
        assert [int(cell.replace(",", "")) for cell in row[2:]] == [len(dates), *expected]
    days = Counter((title, day, status) for title, day, status, _ in data["days"])
    assert sorted((day, status) for _, day, status in days) == sorted(
        (day_number(r.expected_date), r.status) for r in reports.itertuples()
    )
    missing = [numbers(text(dd)) for dd in html.select("#coverage dd")]
    assert sum(map(len, missing)) == 2 * (reports["status"] == "expected_not_found").sum()


def test_the_ledger_of_each_held_document(html: BeautifulSoup, tables: Tables) -> None:
    mentions = tables.number_mentions
    tables_shown = html.select("table.ledger")
    if mentions.empty:
        assert not tables_shown
        return
    head = [text(cell).replace(" ", "_") for cell in tables_shown[0].select("thead th")][1:-1]
    counts = pd.crosstab(mentions["document_id"], mentions["category"])
    assert set(head) == set(counts.columns)
    shown = [numbers(" ".join(text(cell) for cell in row.select("td"))) for row in tables_shown[0].select("tbody tr")]
    assert shown == [[*row, sum(row)] for row in counts.sort_index()[head].to_numpy().tolist()]


# ---- the file ----


def test_linked_data_is_a_dataset(html: BeautifulSoup, folder: Path) -> None:
    said = json.loads(html.select('script[type="application/ld+json"]')[0].get_text())
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["@context"].rstrip("/"), said["@type"]) == ("https://schema.org", "Dataset")
    assert (said["name"], said["version"]) == (descriptor["title"], descriptor["version"])


def test_nothing_can_be_loaded_or_sent(html: BeautifulSoup, folder: Path) -> None:
    policy = html.select('meta[http-equiv="Content-Security-Policy"]')[0].get("content")
    assert (
        policy.startswith("default-src 'none'; script-src 'sha256-")
        and "unsafe-eval" not in policy
        and "http" not in policy
    )
    assert not html.select("script[src], img, iframe, object, embed, form[action], link[rel=stylesheet]")
    assert {link["href"] for link in html.select("link")} == {"data:,"}
    assert (folder / "page.html").stat().st_size < 6 * 2**20


def test_the_same_package_gives_the_same_bytes(built: Project) -> None:
    result = built.run("report", env={"PYTHONHASHSEED": "1", "TZ": "Asia/Tehran", "LC_ALL": "C"})
    assert result.returncode == 0, result.stderr
    assert (built.root / "site/index.html").read_bytes() == page(load_package(built.root))
    assert [path.name for path in (built.root / "site").iterdir()] == ["index.html"]


def test_markup_in_a_cell_stays_text(built: Project) -> None:
    make_hostile(built.root)
    path = build_page(built.root)
    raw = path.read_text(encoding="utf-8")
    data_and_text = [
        part for part in re.split(r"(<script>.*?</script>)", raw, flags=re.S) if not part.startswith("<script>")
    ]
    assert not any("<img" in part or ">49" in part for part in data_and_text)
    assert len(data_and_text) == 3, "the two scripts of the page and no other"
    html = read_page(path)
    assert len(html.select("script")) == 4
    data = embedded(html)
    assert set(data["documents"]["title"]) == {HOSTILE} and set(data["documents"]["url"]) == {None}


@pytest.mark.parametrize(
    ("edit", "names"),
    [
        (lambda root: (root / "datapackage.json").unlink(), "datapackage.json"),
        (lambda root: (root / "data/casualty_claims.csv").unlink(), "casualty_claims"),
        (lambda root: (root / "data/claimants.csv").write_text("claimant_id,name\na,b\n"), "data/claimants.csv"),
        (lambda root: (root / "data/claimants.csv").write_bytes(b"\xff\xfe"), "claimants.csv"),
        (lambda root: change(root, "casualty_claims", ",2026-01-10,", ",2026-01-40,"), "as_of_date"),
        (lambda root: change(root, "casualty_claims", "example-crackdown", "no-such-event"), "event_id"),
        (
            lambda root: change(root, "../datapackage", '"title": "Iran protest', '"heading": "Iran protest', ".json"),
            "title",
        ),
    ],
)
def test_bad_input_is_one_line(built: Project, edit: Any, names: str) -> None:
    edit(built.root)
    with pytest.raises(Unreadable) as found:
        page(load_package(built.root))
    assert names in str(found.value) and "\n" not in str(found.value)


def test_the_command_says_what_is_wrong_in_one_line(built: Project) -> None:
    (built.root / "site").write_text("in the way")
    said = one_line(built.run("report"), 2)
    assert len(said.strip().splitlines()) == 1 and "site" in said
    (built.root / "data/documents.csv").unlink()
    said = one_line(built.run("report", "--to", "page.html"), 2)
    assert len(said.strip().splitlines()) == 1 and "documents" in said
    assert not (built.root / "page.html").exists()


def change(root: Path, table: str, old: str, new: str, suffix: str = ".csv") -> None:
    path = root / f"data/{table}{suffix}"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
