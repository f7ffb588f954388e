"""Echoes are proposed, decided by people, and written into records without losing anything."""

from pathlib import Path

from scripts._yaml import dump_yaml, read_yaml
from tests.conftest import Project, one_line

MONITOR, GAZETTE = "example-monitor-2026-01-10-toll", "example-gazette-2026-01-11-echo"


def without_echo(project: Project) -> Path:
    """The gazette's record before anybody decided what its claim is."""
    data, _ = read_yaml(project.document(1))
    data["claims"][0].pop("relations")
    project.document(1).write_text(dump_yaml(data), encoding="utf-8")
    assert project.run("build").returncode == 0
    return project.document(1)


def proposals(project: Project) -> list[dict]:
    result = project.run("echoes")
    assert result.returncode == 0, result.stderr
    (project.root / "proposals.yaml").write_text(result.stdout, encoding="utf-8")
    return read_yaml(project.root / "proposals.yaml")[0] or []


def test_the_same_figure_of_the_same_claimant_is_proposed_with_the_claimants_own_document_as_origin(
    built: Project,
) -> None:
    without_echo(built)
    (found,) = proposals(built)
    assert found["origin"] == f"{MONITOR}-c01"
    assert [candidate["claim_id"] for candidate in found["candidates"]] == [f"{GAZETTE}-c01"]
    assert found["candidates"][0]["relation"] == "undecided"


def test_what_is_decided_already_is_not_proposed_again(built: Project) -> None:
    assert proposals(built) == []


def test_a_decision_is_written_into_the_record_and_nothing_else_changes(built: Project) -> None:
    before = built.document(1).read_text(encoding="utf-8")
    path = without_echo(built)
    decided = proposals(built)
    decided[0]["candidates"][0]["relation"] = "echoes"
    (built.root / "decided.yaml").write_text(dump_yaml(decided), encoding="utf-8")
    assert built.run("echoes", "--apply", "decided.yaml").returncode == 0
    (built.root / "before.yaml").write_text(before, encoding="utf-8")
    assert read_yaml(path)[0] == read_yaml(built.root / "before.yaml")[0]


def test_what_is_undecided_or_none_leaves_the_record_as_it_was(built: Project) -> None:
    path = without_echo(built)
    before = path.read_bytes()
    proposals(built)
    assert built.run("echoes", "--apply", "proposals.yaml").returncode == 0
    assert path.read_bytes() == before


def test_a_word_that_is_no_relation_is_refused_and_nothing_written(built: Project) -> None:
    path = without_echo(built)
    before = path.read_bytes()
    decided = proposals(built)
    decided[0]["candidates"][0]["relation"] = "ecchoes"
    (built.root / "decided.yaml").write_text(dump_yaml(decided), encoding="utf-8")
    assert "'ecchoes' is not a relation" in one_line(built.run("echoes", "--apply", "decided.yaml"), 1)
    assert path.read_bytes() == before
