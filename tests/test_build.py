"""The build gives the same bytes from the same records, writes all or nothing, and says in words what is wrong with a record."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import _files
from scripts._files import STAGING, finish_interrupted_write, write_files
from scripts._yaml import dump_yaml, read_yaml
from tests.conftest import ROOT, Project, one_line, write_project


def test_building_twice_gives_the_same_bytes(built: Project) -> None:
    before = built.generated()
    result = built.run("build")
    assert result.returncode == 0 and "0 changed" in result.stdout
    assert built.generated() == before


def test_the_order_of_the_input_makes_no_difference(built: Project, tmp_path: Path) -> None:
    other = write_project(tmp_path / "other")
    curated = other.root / "data/curated"
    for name in ("claimants", "events"):
        entries, _ = read_yaml(curated / f"{name}.yaml")
        random.Random(1).shuffle(entries)
        entries = [dict(sorted(entry.items(), reverse=True)) for entry in entries]
        (curated / f"{name}.yaml").write_text(dump_yaml(entries), encoding="utf-8")
    document, _ = read_yaml(other.document())
    document["claims"].reverse()
    other.document().write_text(dump_yaml(document), encoding="utf-8")
    assert other.run("build").returncode == 0
    assert other.generated() == built.generated()


def test_check_is_content_with_what_a_build_gave(built: Project) -> None:
    assert built.run("build", "--check").returncode == 0


@pytest.mark.parametrize("name", ["data/casualty_claims.csv", "datapackage.json", "schemas/json/document.schema.json"])
def test_check_fails_when_a_file_is_not_what_a_build_gives(built: Project, name: str) -> None:
    path = built.root / name
    path.write_text(path.read_text(encoding="utf-8").replace("a", "b", 1), encoding="utf-8")
    before = path.read_bytes()
    assert name in one_line(built.run("build", "--check"), 1)
    assert path.read_bytes() == before


def test_check_fails_when_a_table_is_left_over(built: Project) -> None:
    (built.root / "data/number_mentions.csv").write_text("document_id\n", encoding="utf-8")
    assert "data/number_mentions.csv" in one_line(built.run("build", "--check"), 1)
    assert built.run("build").returncode == 0
    assert not (built.root / "data/number_mentions.csv").exists()


def edit(old: str, new: str) -> tuple[str, str]:
    return old, new


BAD_RECORDS = {
    "an unknown term": (edit("casualty_type: killed", "casualty_type: kiled"), 1, ["claims[0].casualty_type", "'kiled'", "did you mean killed?"]),
    "an unknown field": (edit("title: Toll", "titel: Toll"), 1, ["titel", "did you mean title?", "title: is missing"]),
    "a missing field": (edit("language: en\n", ""), 1, ["language: is missing"]),
    "a claimant that is nowhere": (edit("claimant_id: example-ministry", "claimant_id: example-ministri"), 1, ["claims[5].claimant_id", "did you mean example-ministry?"]),
    "an event that is nowhere": (edit("event_id: example-shooting", "event_id: no-such-thing-at-all"), 1, ["no-such-thing-at-all", "events.yaml"]),
    "a claim that is nowhere": (edit("claim_id: c01", "claim_id: c99"), 1, ["example-monitor-2026-01-10-toll-c99"]),
    "a claim number that stands twice": (edit("id: c02", "id: c01"), 1, ["'c01' stands twice"]),
    "a figure that cannot be read": (edit("figure_text: '900'", "figure_text: umpteen-ish"), 1, ["claims[5].figure_text", "umpteen-ish"]),
    "a figure that is none for the language": (edit("figure_text: '900'", "figure_text: '9.00.0'"), 1, ["claims[5].figure_text"]),
    "a day that does not exist": (edit("published_date: '2026-01-10'", "published_date: '2026-02-30'"), 1, ["published_date", "2026-02-30"]),
    "a date in another form": (edit("published_date: '2026-01-10'", "published_date: 10 January 2026"), 1, ["published_date", "2026-01-08"]),
    "another name than its file": (edit("document_id: example-monitor-2026-01-10-toll\n", "document_id: something-else\n"), 1, ["something-else"]),
    "a key that stands twice": (edit("language: en\n", "language: en\nlanguage: fa\n"), 2, ["'language' stands there twice"]),
    "malformed YAML": (edit("claims:", "claims: ["), 2, ["not YAML"]),
    "an alias of YAML": (edit("language: en", "language: &x en\nnotes: *y"), 2, ["not YAML"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_wrong_record_is_reported_with_file_and_line(built: Project, name: str) -> None:
    (old, new), status, words = BAD_RECORDS[name]
    before = built.generated()
    text = built.document().read_text(encoding="utf-8")
    assert old in text
    built.document().write_text(text.replace(old, new, 1), encoding="utf-8")
    said = one_line(built.run("build"), status)
    assert f"{built.document().name}:" in said and all(word in said for word in words), said
    assert built.generated() == before


def test_all_faults_are_reported_at_once(built: Project) -> None:
    text = built.document().read_text(encoding="utf-8")
    text = (
        text.replace("casualty_type: killed", "casualty_type: kiled")
        .replace("language: en\n", "")
        .replace("'2026-01-20'", "'2026-13-20'")
    )
    built.document().write_text(text, encoding="utf-8")
    built.document(1).write_text(
        built.document(1).read_text(encoding="utf-8").replace("role: relayed_by", "role: told_by"), encoding="utf-8"
    )
    said = one_line(built.run("build"), 1)
    for word in ("kiled", "language: is missing", "2026-13-20", "told_by"):
        assert word in said
    assert said.count("kiled") >= 5


def test_an_identifier_that_stands_twice_is_reported_with_both_places(built: Project) -> None:
    path = built.root / "data/curated/claimants.yaml"
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    said = one_line(built.run("build"), 1)
    assert "'example-monitor' stands already in data/curated/claimants.yaml:1" in said


def test_a_relation_that_stands_twice_is_reported(built: Project) -> None:
    data, _ = read_yaml(built.document())
    data["claims"][1]["relations"] *= 2
    built.document().write_text(dump_yaml(data), encoding="utf-8")
    assert "part_of" in one_line(built.run("build"), 1)


def test_a_file_that_is_not_utf8_is_named(built: Project) -> None:
    built.document().write_bytes(
        built.document().read_text(encoding="utf-8").replace("Toll of", "Toll \u00e9 of").encode("latin-1")
    )
    assert "not UTF-8 (byte " in one_line(built.run("build"), 2)


def test_outside_a_project_the_build_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no such folder" in one_line(Project(tmp_path / "empty").run("build"), 2)


def test_wrong_use_exits_with_2(built: Project) -> None:
    assert built.run("build", "--chek").returncode == 2


def consistent(root: Path) -> bool:
    """Whether every table is the one that the descriptor describes."""
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    import hashlib

    return all(
        f"sha256:{hashlib.sha256((root / r['path']).read_bytes()).hexdigest()}" == r["hash"]
        for r in package["resources"]
    )


@pytest.mark.parametrize("step", range(6))
def test_a_machine_that_stops_leaves_the_old_files_or_the_new(
    tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop at each step of the moving; the next command finishes it."""
    old = {"a.csv": b"old a", "b/c.csv": b"old c", "d.json": b"old d"}
    new = {name: content.replace(b"old", b"new") for name, content in old.items()}
    write_files(tmp_path, old)
    moves = 0
    replace = Path.replace

    def stops(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves > step:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(_files, "_in_process_of_its_own", _files._move_into_place)
    monkeypatch.setattr(Path, "replace", stops)
    try:
        write_files(tmp_path, new, remove=("a.csv",) if step == 5 else ())
    except KeyboardInterrupt:
        monkeypatch.setattr(Path, "replace", replace)
        finish_interrupted_write(tmp_path)
    now = {str(p.relative_to(tmp_path)): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert now == (new if step < 5 else {k: v for k, v in new.items() if k != "a.csv"})
    assert not (tmp_path / STAGING).exists()


def test_files_that_were_never_complete_are_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, {"a.csv": b"old"})
    monkeypatch.setattr(_files, "_write_durably", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_files(tmp_path, {"a.csv": b"new"})
    assert (tmp_path / "a.csv").read_bytes() == b"old" and not (tmp_path / STAGING).exists()


def test_a_killed_build_leaves_the_old_files_or_the_new(built: Project) -> None:
    text = built.document().read_text(encoding="utf-8")
    versions = [text, text.replace("Toll of the tenth", "Toll up to the tenth")]
    for attempt in range(8):
        built.document().write_text(versions[attempt % 2], encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.build"],
            cwd=built.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCES_DIR": ""},
            stdout=subprocess.DEVNULL,
        )
        staging = built.root / STAGING
        deadline = time.monotonic() + 20
        while process.poll() is None and not staging.exists() and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(0.002 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(0.1)
        assert consistent(built.root), attempt


@pytest.mark.parametrize(
    "command", ["build", "validate", "numbers", "seal", "verify", "report", "export", "agreement", "echoes", "bench"]
)
def test_a_command_says_what_it_does(command: str) -> None:
    result = Project(ROOT).run_apart(command, "--help")
    assert result.returncode == 0 and "Usage: python -m scripts." in result.stdout and not result.stderr


def test_a_command_in_a_process_of_its_own_does_the_same(built: Project) -> None:
    assert built.run_apart("build", "--check").returncode == 0
    assert built.run_apart("validate", "--json").stdout == built.run("validate", "--json").stdout
    built.document().write_text("claims: [", encoding="utf-8")
    apart = built.run_apart("build")
    assert apart.returncode == 2 and "Traceback" not in apart.stderr and len(apart.stderr.strip().splitlines()) == 1
