"""Hostile input, ten thousand times: `make fuzz`. Whatever comes, a command ends with findings or one line, never with a crash.

Not collected by the usual test run: it takes minutes.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from schemas.records import ClaimantRecord, DocumentDraft, DocumentRecord, EventRecord, SeriesRecord, check_record
from schemas.tables import TABLES, columns
from scripts._problems import Unreadable, printable
from scripts._yaml import dump_yaml, read_yaml
from scripts.validate import read_table, validate_package
from tests.curated_example import DOCUMENTS

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
QUIET = Console(quiet=True)
UNHURRIED = {"deadline": None, "suppress_health_check": list(HealthCheck)}

PIECES = [
    "",
    ",",
    '"',
    "\n",
    "\r\n",
    "\r",
    "\0",
    "\ufeff",
    "\u202e",
    "\u200b",
    "=1+1",
    "NA",
    "1e3",
    "۲۵۷۱",
    "2026-01-08",
    "killed",
    "hrana",
    ";",
    "\t",
    "'",
    "é",
]
csv_text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=60).map("".join)


@st.composite
def csv_bytes(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table's name, and bytes that may or may not be a CSV of it."""
    table = draw(st.sampled_from(sorted(TABLES)))
    header = ",".join(columns(table)) + "\n" if draw(st.booleans()) else ""
    text = header + draw(csv_text)
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "utf-8-sig", "latin-1"]))
    content = text.encode(encoding, errors="replace")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at:]
    return table, content


@settings(max_examples=5500, **UNHURRIED)
@given(csv_bytes())
def fuzz_csv(drawn: tuple[str, bytes]) -> None:
    table, content = drawn
    path = FOLDER / "table.csv"
    path.write_bytes(content)
    try:
        _, problems = read_table(path, table)
    except Unreadable as error:
        assert printable(str(error)) and "\n" not in printable(str(error))
    else:
        assert all(problem.message for problem in problems)


scalars = st.one_of(st.sampled_from(["", "killed", "2026-01-08", "2026-02-30", "c01", "no", "12:30", "~", "at least 2,571", "&x", "*x", "!!python/object:os.system"]), st.text(max_size=10))  # fmt: skip
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


@st.composite
def yaml_bytes(draw: st.DrawFn) -> bytes:
    """A record with some of its fields replaced by anything, or text that may not be YAML at all."""
    if draw(st.integers(0, 2)) == 0:
        return draw(
            st.one_of(st.binary(max_size=80), st.text(alphabet="abc:-[]{}'\"&*!|>#%@\n ", max_size=80).map(str.encode))
        )
    document: dict[str, Any] = json.loads(json.dumps(draw(st.sampled_from(DOCUMENTS))))
    targets = [document, *document["claims"]]
    for _ in range(draw(st.integers(1, 4))):
        target = draw(st.sampled_from(targets))
        target[draw(st.sampled_from([*target, "surprise"]))] = draw(trees)
    return dump_yaml(document).encode()


@settings(max_examples=4000, **UNHURRIED)
@given(yaml_bytes())
def fuzz_yaml(content: bytes) -> None:
    path = FOLDER / "record.yaml"
    path.write_bytes(content)
    try:
        data, lines = read_yaml(path)
    except Unreadable as error:
        assert str(error)
        return
    for model in (DocumentRecord, DocumentDraft, ClaimantRecord, EventRecord, SeriesRecord):
        record, faults = check_record(model, data)
        assert (record is None) == bool(faults)
        assert all(fault.message and lines.at(fault.path) >= 1 for fault in faults)


json_trees = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), scalars, st.sampled_from(["../x", "/etc/passwd", "http://127.0.0.1:9/x", "data/events.csv", "documents", "tabular-data-resource"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["name", "path", "schema", "fields", "type", "$ref", "foreignKeys", "constraints", "hash", "bytes", "resources"]), inner, max_size=5)),
    max_leaves=25,
)  # fmt: skip


@st.composite
def descriptors(draw: st.DrawFn) -> bytes:
    """A descriptor whose resources are anything, some with the name of a table."""
    resources = draw(
        st.lists(
            st.one_of(
                json_trees,
                st.fixed_dictionaries(
                    {"name": st.sampled_from(sorted(TABLES)), "path": json_trees, "schema": json_trees}
                ),
            ),
            max_size=4,
        )
    )
    package = {
        "name": draw(scalars),
        "resources": resources,
        **draw(
            st.dictionaries(
                st.sampled_from(["version", "created", "licenses", "profile", "$schema"]), json_trees, max_size=3
            )
        ),
    }
    return json.dumps(package).encode() if draw(st.integers(0, 9)) else draw(st.binary(max_size=60))


@settings(max_examples=500, **UNHURRIED)
@given(descriptors())
def fuzz_descriptor(content: bytes) -> None:
    (FOLDER / "package").mkdir(exist_ok=True)
    (FOLDER / "package/datapackage.json").write_bytes(content)
    try:
        assert validate_package(FOLDER / "package", QUIET)
    except Unreadable as error:
        assert str(error)


test_fuzz_csv, test_fuzz_yaml, test_fuzz_descriptor = fuzz_csv, fuzz_yaml, fuzz_descriptor
