"""Whatever is wrong with a package, `validate` names the table and says it in words: no traceback, nothing opened outside, nothing fetched."""

import hashlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import validate
from tests.conftest import Project, one_line

CLAIMS = "data/casualty_claims.csv"


def findings(project: Project, *arguments: str) -> list[dict[str, str]]:
    result = project.run("validate", "--json", *arguments)
    assert "Traceback" not in result.stderr + result.stdout, result.stderr
    assert result.returncode in (0, 1), result.stderr
    report = json.loads(result.stdout)
    assert report["valid"] is (result.returncode == 0) is (not report["findings"])
    return report["findings"]


@pytest.fixture
def without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the rules across rows and tables, which have tests of their own, where form, paths and descriptor are tested."""
    monkeypatch.setattr(validate, "check", lambda frames: [])


def refresh(project: Project) -> None:
    """Give the descriptor the hash and size of every table, so that only what is wrong with the content is left to find."""
    path = project.root / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (project.root / resource["path"]).read_bytes()
        resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    path.write_text(json.dumps(package), encoding="utf-8")


def edit_descriptor(project: Project, edit: Callable[[dict[str, Any]], Any]) -> None:
    path = project.root / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    edit(package)
    path.write_text(json.dumps(package), encoding="utf-8")


def claims_resource(package: dict[str, Any]) -> dict[str, Any]:
    return next(r for r in package["resources"] if r["name"] == "casualty_claims")


def test_a_built_package_is_valid(built: Project) -> None:
    assert findings(built) == []


def test_another_folder_can_be_validated(built: Project, tmp_path: Path) -> None:
    result = Project(tmp_path).run("validate", str(built.root))
    assert result.returncode == 0, result.stdout


CELLS = {
    "scientific notation": (",900,900,900,", ",9e2,900,900,", "column-type", "value"),
    "grouped digits": (",900,900,900,", ',"2,571",900,900,', "column-type", "value"),
    "persian digits": (",900,900,900,", ",۹۰۰,900,900,", "column-type", "value"),
    "a decimal": (",900,900,900,", ",900.5,900,900,", "column-type", "value"),
    "NA": (",900,900,900,", ",NA,900,900,", "column-type", "value"),
    "an unknown term": (",killed,", ",slain,", "column-constraint", "casualty_type"),
    "a term in capitals": (",killed,", ",Killed,", "column-constraint", "casualty_type"),
    "a term with a blank": (",killed,", ",killed ,", "column-constraint", "casualty_type"),
    "a missing term": (",killed,", ",,", "column-constraint", "casualty_type"),
    "a date that does not exist": ("2026-01-10,exact_day", "2026-01-32,exact_day", "column-type", "as_of_date"),
    "a look-alike identifier": (",example-monitor,", ",ехample-monitor,", "column-constraint", "claimant_id"),
    "a zero-width character": (",example-monitor,", ",example\u200b-monitor,", "column-constraint", "claimant_id"),
}


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_found_with_its_row_and_column(built: Project, name: str) -> None:
    old, new, rule, column = CELLS[name]
    path = built.root / CLAIMS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    refresh(built)
    found = findings(built)
    assert {(f["rule"], f["column"]) for f in found} >= {(rule, column)}, found
    assert all(f["key"] for f in found if f["rule"] == rule)


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a byte order mark": (lambda b: b"\xef\xbb\xbf" + b, "byte order mark"),
    "UTF-16": (lambda b: b.decode().encode("utf-16"), "UTF-16"),
    "Latin-1": (lambda b: b.replace(b"Thousands", b"Thous\xe4nds"), "not UTF-8"),
    "a NUL byte": (lambda b: b.replace(b"Thousands", b"Thous\0nds"), "NUL byte"),
    "carriage returns": (lambda b: b.replace(b"\n", b"\r\n"), "carriage return"),
    "a ragged row": (lambda b: b.replace(b"\n", b",,\n", 3), "cells where the header has"),
    "a short row": (lambda b: b + b"one,two\n", "2 cells where the header has"),
    "no header": (lambda b: b.split(b"\n", 1)[1], "the header"),
    "a header only": (lambda b: b.split(b"\n", 1)[0] + b"\n", "header only"),
    "nothing": (lambda b: b"", "empty"),
    "a million columns": (lambda b: b",".join(b"c" for _ in range(1_000_000)) + b"\n", "1,000,000 columns"),
    "a giant cell": (lambda b: b.replace(b"Thousands", b"x" * 3_000_000), "not a CSV"),
    "an unclosed quote": (lambda b: b + b'"never closed', "not a CSV"),
    "a column renamed": (lambda b: b.replace(b"claim_id", b"claimid", 1), "lacks claim_id"),
    "a column twice": (lambda b: b.replace(b"document_id", b"claim_id", 1), "'claim_id' twice"),
    "columns in another order": (lambda b: b.replace(b"claim_id,document_id", b"document_id,claim_id", 1), "another order"),
    "a formula": (lambda b: b.replace(b"Thousands", b'"=HYPERLINK(""http://127.0.0.1"")"'), "="),
    "a row twice": (lambda b: b + b.splitlines(keepends=True)[1], "more than once"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_a_finding_of_its_table(built: Project, name: str) -> None:
    break_file, words = FILES[name]
    path = built.root / CLAIMS
    path.write_bytes(break_file(path.read_bytes()))
    refresh(built)
    found = [f for f in findings(built) if f["table"] == "casualty_claims"]
    assert any(words in f["message"] for f in found), found[:10]


def test_a_broken_table_does_not_hide_what_is_wrong_with_the_others(built: Project) -> None:
    (built.root / CLAIMS).write_bytes(b"\0")
    events = built.root / "data/events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("lethal_force", "harm"), encoding="utf-8")
    assert {"casualty_claims", "events"} <= {f["table"] for f in findings(built)}


PATHS = {
    "upwards": "../outside.csv",
    "hidden upwards": "data/../../outside.csv",
    "absolute": "/etc/passwd",
    "remote": "http://127.0.0.1:{port}/data.csv",
    "remote, s3": "s3://bucket/data.csv",
    "Windows": "..\\outside.csv",
    "not there": "data/no-such.csv",
    "a folder": "data",
    "a NUL": "data/\0.csv",
    "a list": ["data/casualty_claims.csv"],
    "none": None,
}


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port that notes whoever connects to it."""
    visits: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(30)

    def accept() -> None:
        try:
            while True:
                connection, _ = server.accept()
                visits.append(b"visit")
                connection.close()
        except OSError:
            return

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], visits
    server.close()


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("name", PATHS)
def test_a_path_that_leads_out_is_refused_and_never_opened(
    built: Project, name: str, listener: tuple[int, list[bytes]]
) -> None:
    port, visits = listener
    (built.root.parent / "outside.csv").write_text("secret\n1\n", encoding="utf-8")
    path = PATHS[name]
    path = path.format(port=port) if isinstance(path, str) else path
    edit_descriptor(built, lambda p: claims_resource(p).update(path=path))
    found = findings(built)
    assert any(f["table"] == "casualty_claims" and f["rule"] == "readable" for f in found), found
    assert not visits and "secret" not in json.dumps(found)


def test_a_link_that_leads_out_is_refused(built: Project) -> None:
    outside = built.root.parent / "outside.csv"
    (built.root / CLAIMS).rename(outside)
    (built.root / CLAIMS).symlink_to(outside)
    assert any("link that leads out" in f["message"] for f in findings(built))


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("where", ["package", "resource", "schema", "dialect", "profile"])
def test_a_descriptor_cannot_make_it_fetch_anything(
    built: Project, where: str, listener: tuple[int, list[bytes]]
) -> None:
    port, visits = listener
    url = f"http://127.0.0.1:{port}/x.json"
    edits: dict[str, Callable[[dict[str, Any]], Any]] = {
        "package": lambda p: p.update({"$schema": url, "profile": url, "resources": [url, *p["resources"]]}),
        "resource": lambda p: claims_resource(p).update({"$schema": url, "basepath": url, "sources": [{"path": url}]}),
        "schema": lambda p: claims_resource(p).update(schema=url),
        "dialect": lambda p: claims_resource(p).update(dialect=url),
        "profile": lambda p: claims_resource(p).update(profile=url, scheme="http"),
    }
    edit_descriptor(built, edits[where])
    found = findings(built)
    assert found and not visits, found


DESCRIPTORS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a table missing": lambda p: p["resources"].remove(claims_resource(p)),
    "a table twice": lambda p: p["resources"].append(claims_resource(p)),
    "an unknown table": lambda p: p["resources"].append({"name": "extra", "path": "data/events.csv", "format": "csv"}),
    "a field missing": lambda p: claims_resource(p)["schema"]["fields"].pop(),
    "another type": lambda p: claims_resource(p)["schema"]["fields"][13].update(type="string"),
    "a constraint gone": lambda p: claims_resource(p)["schema"]["fields"][0].pop("constraints"),
    "no primary key": lambda p: claims_resource(p)["schema"].pop("primaryKey"),
    "no foreign keys": lambda p: claims_resource(p)["schema"].pop("foreignKeys"),
    "another missing value": lambda p: claims_resource(p)["schema"].update(missingValues=["", "NA"]),
    "a wrong hash": lambda p: claims_resource(p).update(hash="sha256:" + "0" * 64),
    "a wrong size": lambda p: claims_resource(p).update(bytes=1),
    "a schema that is none": lambda p: claims_resource(p).update(schema=[1, 2]),
    "a schema that refers to itself": lambda p: claims_resource(p).update(schema={"$ref": "#/resources/2/schema", "fields": [{"$ref": "#"}]}),
    "a version that is none": lambda p: p.update(version="newest"),
    "a day that does not exist": lambda p: p.update(created="2026-02-30T00:00:00Z"),
    "no licence": lambda p: p.pop("licenses"),
    "a licence without a name": lambda p: p.update(licenses=[{"title": "free"}]),
    "an odd resource": lambda p: p["resources"].insert(0, 7),
    "keys of the wrong kind": lambda p: claims_resource(p)["schema"].update(foreignKeys=[{"fields": 3, "reference": []}], primaryKey={"a": 1}),
}  # fmt: skip


@pytest.mark.usefixtures("without_rules")
@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_wrong_descriptor_is_a_finding(built: Project, name: str) -> None:
    edit_descriptor(built, DESCRIPTORS[name])
    assert any(f["rule"].startswith("descriptor") for f in findings(built))


UNREADABLE = {
    "missing": (None, "is missing"),
    "not JSON": (b"{", "not JSON"),
    "not UTF-8": (b'{"a": "\xe9"}', "not UTF-8"),
    "a list": (b"[]", "not a Data Package"),
    "no resources": (b'{"name": "x"}', "not a Data Package"),
    "nested too deeply": (b"[" * 200_000, "nested too deeply"),
    "a giant number": (b'{"resources": [' + b"9" * 10_000 + b"]}", "a number too long"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_descriptor_that_cannot_be_read_is_said_in_one_line(built: Project, name: str) -> None:
    content, words = UNREADABLE[name]
    path = built.root / "datapackage.json"
    path.unlink() if content is None else path.write_bytes(content)
    said = one_line(built.run("validate"), 2)
    assert words in said and "datapackage.json" in said


def test_the_report_for_people_counts_what_it_does_not_show(built: Project) -> None:
    path = built.root / "data/vocabularies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("unmapped", "=cmd"), encoding="utf-8")
    refresh(built)
    said = one_line(built.run("validate"), 1)
    assert "… and " in said and " more" in said and "data/vocabularies.csv" in said
