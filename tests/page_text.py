"""What the tests read off the page, and a hostile package. Knows HTML and JSON, nothing of how the page is made."""

import atexit
import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup, Tag

from scripts._report.package import load_package
from scripts._report.page import page
from tests.conftest import ROOT

HOSTILE = (
    "</script></style><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>{{7*7}}<!--"
)


def copy_package(folder: Path) -> Path:
    """The committed package, alone and still, so that page and tests read the same bytes."""
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("curated"))
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


@cache
def committed() -> Path:
    """A copy of the committed package with its page beside it, one for each process of the test run."""
    kept = tempfile.TemporaryDirectory(prefix="page-")
    atexit.register(kept.cleanup)
    folder = copy_package(Path(kept.name))
    build_page(folder)
    return folder


def build_page(folder: Path) -> Path:
    """The page of the package in a folder, as a file beside it."""
    path = folder / "page.html"
    path.write_bytes(page(load_package(folder)))
    return path


def make_hostile(folder: Path) -> None:
    """Put markup into every cell that a page would show, and an address that a link must not lead to."""
    for table, columns in (
        ("documents", ["title", "publisher"]),
        ("claimants", ["name"]),
        ("events", ["title", "place_name"]),
        ("casualty_claims", ["figure_text", "victim_label"]),
    ):
        path = folder / f"data/{table}.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        for column in columns:
            frame[column] = HOSTILE
        if table == "documents":
            frame["source_url"] = "javascript:document.title='owned'"
        frame.to_csv(path, index=False, lineterminator="\n")
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {"title": HOSTILE, "description": HOSTILE}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def read_page(path: Path) -> BeautifulSoup:
    """The page as a browser would nest it."""
    return BeautifulSoup(path.read_bytes(), "lxml")


def embedded(html: BeautifulSoup) -> dict[str, Any]:
    """The JSON in the page, its folded columns unfolded."""

    def unfold(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"cells", "at"}:
            return [value["cells"][i] for i in value["at"]]
        return {k: unfold(v) for k, v in value.items()} if isinstance(value, dict) else value

    data = json.loads(html.select("#data")[0].get_text())
    return {key: value if key in ("specifications", "strip") else unfold(value) for key, value in data.items()}


def text(element: Tag) -> str:
    """The words of an element, blanks folded."""
    return re.sub(r"\s+", " ", element.get_text()).strip()


def numbers(string: str) -> list[int]:
    """The numbers in it as the page prints them: 1,234."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d{1,3}(?:,\d{3})+|\d+", string)]
