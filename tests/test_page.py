"""The page in a real browser: headless Chromium, no network, both widths, light and dark, mouse and keyboard."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.conftest import Project
from tests.page_text import build_page, committed, make_hostile

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder() -> Path:
    return committed()


@pytest.fixture(scope="module")
def claims(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "data/casualty_claims.csv", dtype=str, keep_default_na=False)
    return frame[frame["record_status"] == "active"]


class Visit:
    """A page that is open, what it said on the console, and what it asked of the network."""

    def __init__(self, browser: Browser, path: Path, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        address = path.as_uri()

        def note(request: Request) -> None:
            if request.url.split("#")[0] not in (address, "data:,"):
                self.asked.append(request.url)

        self.page.on("request", note)
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")

    def draw_everything(self) -> None:
        """Scroll to each chart until it is drawn."""
        for figure in self.page.locator("figure.chart").all():
            figure.scroll_into_view_if_needed()
            figure.locator("svg.marks").wait_for()

    def shown(self, status: str = "#shown") -> int:
        """The first number of a status line."""
        return int(re.findall(r"[\d,]+", self.page.inner_text(status))[0].replace(",", ""))


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Any]:
    opened: list[Visit] = []

    def open_page(viewport: Any = WIDE, scheme: str = "light", path: Path = folder / "page.html") -> Visit:
        opened.append(Visit(browser, path, viewport=viewport, color_scheme=scheme, has_touch=viewport is NARROW))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["1280-light", "390-dark"])
def test_quiet_offline_accessible_and_within_its_width(visit: Any, viewport: Any, scheme: str) -> None:
    seen = visit(viewport, scheme)
    seen.draw_everything()
    page = seen.page
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.locator("#claims-table .figure button").first.click()
    page.locator("#figures summary").first.click()
    for summary in page.locator("details.numbers summary").all()[:2]:
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    result = Axe().run(page).response
    bad = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in bad] == []
    assert {"color-contrast", "button-name", "label", "td-headers-attr"} & {passed["id"] for passed in result["passes"]}
    assert (seen.said, seen.asked) == ([], [])


def test_the_policy_stops_every_request(visit: Any) -> None:
    """Even a script that got into the page could reach nobody."""
    seen = visit()
    blocked = seen.page.evaluate(
        """async () => {
          const tries = [fetch('https://example.org/x').catch(e => 'no'),
            new Promise(done => { const i = new Image(); i.onload = () => done('yes'); i.onerror = () => done('no'); i.src = 'https://example.org/x.png'; }),
            new Promise(done => { const s = document.createElement('script'); s.onload = () => done('yes'); s.onerror = () => done('no'); s.src = 'https://example.org/x.js'; document.head.append(s); })];
          return Promise.all(tries);
        }"""
    )
    assert blocked == ["no", "no", "no"]
    assert all("Content Security Policy" in line for line in seen.said) and seen.said


def test_charts_follow_the_colour_scheme(visit: Any) -> None:
    seen = visit()
    page = seen.page
    colours = "() => [...new Set([...document.querySelectorAll('figure.large svg.marks text')].map(t => t.getAttribute('fill')))]"
    page.wait_for_selector("figure.large svg.marks")
    light = page.evaluate(colours)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "(before) => !document.querySelector('figure.large svg.marks text').outerHTML.includes(before)", arg=light[0]
    )
    dark = page.evaluate(colours)
    assert light and dark and not set(light) & set(dark)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 21, 20)"


def test_one_mark_is_one_figure(visit: Any, claims: pd.DataFrame) -> None:
    """Marks can be pointed at and pressed; a claimant can be singled out."""
    seen = visit()
    page = seen.page
    page.wait_for_selector("figure.large svg.marks")
    drawn = page.evaluate(
        "() => { const d = JSON.parse(document.getElementById('data').textContent); return d.charts[0].marks.length; }"
    )
    points = page.locator("figure.large .mark-symbol.role-mark > path")
    ranges = page.locator("figure.large .mark-rule.role-mark > line")
    assert points.count() + ranges.count() == drawn
    points.last.hover(force=True)
    page.wait_for_selector("#tip:not([hidden])")
    assert (
        "said, of" in page.inner_text("#tip")
        or "possible" in page.inner_text("#tip")
        or "passed on" in page.inner_text("#tip")
    )
    points.last.click(force=True)
    page.wait_for_function("() => document.querySelector('#shown button')")
    assert 1 <= seen.shown() < len(claims)
    page.click("#shown button")
    assert page.locator("#shown button").count() == 0
    page.select_option("#pick", index=1)
    page.wait_for_timeout(100)
    assert page.evaluate(
        "() => [...document.querySelectorAll('figure.large .mark-symbol path')].some(p => p.getAttribute('opacity') === '0.06')"
    )
    assert (seen.said, seen.asked) == ([], [])


def test_a_finger_reads_first_and_opens_with_the_second_tap(visit: Any) -> None:
    seen = visit(NARROW)
    page = seen.page
    page.wait_for_selector("figure.large svg.marks")
    box = page.locator("figure.large .mark-symbol.role-mark > path").last.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(*middle)
    page.wait_for_selector("#tip:not([hidden])")
    tip = page.locator("#tip").bounding_box()
    assert tip and tip["x"] >= 0 and tip["x"] + tip["width"] <= NARROW["width"]
    page.touchscreen.tap(*middle)
    page.wait_for_function("() => document.querySelector('#shown button')")
    assert seen.shown() >= 1 and not page.locator("#tip").is_visible()


def test_search_filter_and_page(visit: Any, claims: pd.DataFrame) -> None:
    seen = visit()
    page = seen.page
    page.uncheck("#origins")
    assert seen.shown() == len(claims)
    rows = page.locator("#claims-table tbody tr")
    assert rows.count() == min(25, len(claims))
    page.select_option("#type", label=f"injured ({(claims['casualty_type'] == 'injured').sum():,})")
    assert seen.shown() == (claims["casualty_type"] == "injured").sum()
    page.select_option("#forces", "in")
    both = (claims["casualty_type"] == "injured") & (claims["includes_security_forces"] == "yes")
    assert seen.shown() == both.sum()
    page.click("#filters [type=reset]")
    page.wait_for_function("() => document.getElementById('type').value === ''")
    page.uncheck("#origins")
    days = claims["as_of_date"]
    page.fill("#from", "2026-01-10")
    page.fill("#until", "2026-01-21")
    page.locator("#until").dispatch_event("change")
    assert seen.shown() == ((days >= "2026-01-10") & (days <= "2026-01-21")).sum()
    page.click("#filters [type=reset]")
    page.wait_for_function("() => document.getElementById('from').value === ''")
    page.uncheck("#origins")
    found = []
    for figure in ("3,117", "3117", "۳۱۱۷", "٣١١٧"):
        page.fill("#search", figure)
        page.wait_for_timeout(250)
        found.append(seen.shown())
    assert len(set(found)) == 1 and found[0] >= (claims["value"] == "3117").sum() > 0
    page.fill("#search", "no such thing anywhere")
    page.wait_for_timeout(250)
    assert seen.shown() == 0 and "No claim fits" in page.inner_text("#claims-table tbody")
    page.fill("#search", "")
    page.wait_for_timeout(250)
    first = rows.first.inner_text()
    page.click("#pager button:has-text('Next')")
    assert "Page 2 of" in page.inner_text("#pager") and rows.first.inner_text() != first
    assert page.evaluate("document.activeElement.textContent") == "Next"


def test_sorting(visit: Any, claims: pd.DataFrame) -> None:
    seen = visit()
    page = seen.page
    page.uncheck("#origins")
    head = page.locator("#claims-table thead th", has_text="As of")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    newest = pd.Timestamp(claims["as_of_date"].max())
    cells = page.locator("#claims-table td.c-asof")
    assert (
        f"{newest.day} {newest:%b} {newest.year}" in cells.first.inner_text()
        or newest.strftime("%B %Y") in cells.first.inner_text()
    )
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    oldest = pd.Timestamp(claims.loc[claims["as_of_date"] != "", "as_of_date"].min())
    assert str(oldest.year) in cells.first.inner_text()
    page.select_option("#sort", "figure down")
    top = claims[["value", "high", "low"]].map(lambda cell: int(cell or 0)).max(axis=1)
    printed = set(claims.loc[top == top.max(), "figure_text"])
    assert page.locator("#claims-table td.figure bdi").first.inner_text() in printed
    assert page.locator("#claims-table thead th[aria-sort]").count() == 1


def test_figures_keep_their_language_and_direction(visit: Any, claims: pd.DataFrame, folder: Path) -> None:
    documents = pd.read_csv(folder / "data/documents.csv", dtype=str, keep_default_na=False).set_index("document_id")
    languages = claims["document_id"].map(documents["language"])
    seen = visit(NARROW)
    page = seen.page
    page.uncheck("#origins")
    for language in {"fa", "ar"} & set(languages):
        claim = claims[(languages == language) & claims["figure_text"].str.contains("[؀-ۿ]")].iloc[0]
        page.fill("#search", claim["claim_id"])
        page.wait_for_timeout(250)
        cell = page.locator("#claims-table td.figure bdi").first
        assert cell.inner_text() == claim["figure_text"]
        assert (cell.get_attribute("lang"), cell.get_attribute("dir")) == (language, "auto")
        assert page.evaluate("e => getComputedStyle(e).direction", cell.element_handle()) == "rtl"


def test_everything_by_keyboard(visit: Any) -> None:
    seen = visit()
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached: set[str] = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
              return [e.id || e.className || e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || e.matches('input,select,summary')]; }"""
        )
        assert where[1], f"{where[0]}: the focus cannot be seen"
        reached.add(where[0])
    assert {"pick", "search", "who", "type", "whom", "forces", "origins", "sort"} <= reached
    assert any(name.startswith("claim-") for name in reached)
    toggle = page.locator("#claims-table .figure button").first
    toggle.focus()
    page.keyboard.press("Enter")
    assert page.locator("#claims-table .figure button").first.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    sentence = page.inner_text("#claims-table .more .sentence")
    assert sentence.endswith(".") and page.locator("#claims-table .figure button").first.inner_text() in sentence
    claim = page.inner_text("#claims-table .more a[href^='#claim=']")
    page.keyboard.press("Enter")
    assert page.locator("#claims-table .more").count() == 0
    page.goto(f"{page.url.split('#')[0]}#claim={claim}")
    page.wait_for_function("() => document.querySelector('#shown button')")
    assert seen.shown() == 1 and page.inner_text("#claims-table .more .sentence") == sentence


def test_echoes(visit: Any, claims: pd.DataFrame) -> None:
    seen = visit()
    page = seen.page
    page.fill("#figure-search", "3,117")
    item = page.locator("#figures > li").first
    assert item.locator(".n").inner_text() == "3,117"
    killed = claims[(claims["value"] == "3117") & (claims["casualty_type"] == "killed")]
    carried = killed.groupby("event_id")["document_id"].nunique().max()
    assert f"{carried:,} document" in item.locator(".m").inner_text()
    item.locator("summary").click()
    item.locator(".tree > li").first.wait_for()
    assert item.locator(".tree > li").count() == int(
        re.findall(r"([\d,]+) origin", item.locator(".m").inner_text())[0].replace(",", "")
    )
    assert item.locator(".tree bdi").count() > carried
    page.fill("#figure-search", "")
    before = page.locator("#figures > li").count()
    if page.locator("#more-figures").is_visible():
        page.click("#more-figures")
        assert page.locator("#figures > li").count() > before


def test_a_slip_is_shown_with_what_it_miscopies(visit: Any, built: Project) -> None:
    relations = built.root / "data/claim_relations.csv"
    content = relations.read_text(encoding="utf-8")
    assert "echoes" in content
    relations.write_text(content.replace("echoes", "mistranscribes"), encoding="utf-8")
    page = visit(path=build_page(built.root)).page
    page.locator("#figures summary", has_text="1,204").click()
    slip = page.locator(".tree li li", has_text="with a slip")
    slip.wait_for()
    assert "Example Gazette" in slip.inner_text() and "At least 1,204" in slip.inner_text()


def test_contradictions(visit: Any, folder: Path) -> None:
    rows = pd.read_csv(folder / "data/inconsistencies.csv", dtype=str, keep_default_na=False)
    seen = visit()
    page = seen.page
    everything = int(re.findall(r"of ([\d,]+) contradiction", page.inner_text("#pairs-shown"))[0].replace(",", ""))
    assert 0 < everything <= len(rows)
    reasons = {tuple(sorted(re.findall(r"\b\d+\b(?!-)(?<!\d{4}-\d\d-\d\d)(?<!-\d\d)", r))) for r in rows["reason"]}
    for item in page.locator("#pairs > li").all():
        low, high = (n.replace(",", "") for n in re.findall(r"[\d,]+", item.locator(".versus").inner_text()))
        said = item.locator("p").nth(1).inner_text()
        assert (
            f"at least {int(low):,} were" in said and f"at most {int(high):,} by" in said and "both cannot hold" in said
        )
        assert int(low) > int(high)
        assert tuple(sorted((low, high))) in reasons
    page.check("#pair-plain")
    assert "Nothing has to be assumed" in page.inner_text(
        "#pairs > li >> nth=0"
    ) or "No contradiction fits" in page.inner_text("#pairs-shown")
    cell = page.locator("table.matrix td.no button, table.matrix td.if button").first
    pairs = int(re.findall(r"([\d,]+) pairs?$", str(cell.get_attribute("aria-label")))[0])
    cell.click()
    assert f"of {pairs:,} contradiction" in page.inner_text("#pairs-shown")
    page.locator("#pairs > li button").first.click()
    assert seen.shown() == 2


def test_hostile_cells_stay_text(visit: Any, built: Project) -> None:
    make_hostile(built.root)
    seen = visit(path=build_page(built.root))
    seen.draw_everything()
    page = seen.page
    page.uncheck("#origins")
    for button in page.locator("#claims-table .figure button").all():
        button.click()
    for summary in page.locator("#figures summary").all():
        summary.click()
    if page.locator("figure.large .mark-symbol path").count():
        page.locator("figure.large .mark-symbol path").first.hover(force=True)
    assert page.title().startswith("Who said how many")
    assert page.locator("img").count() == 0 and page.locator("a[href^=javascript]").count() == 0
    assert "<img src=x" in page.inner_text("#claims-table")
    assert (seen.said, seen.asked) == ([], [])
