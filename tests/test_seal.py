"""Sealing turns quotations into anchors or says why not, and loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from scripts._yaml import dump_yaml, read_yaml
from tests.conftest import Project, one_line
from tests.curated_example import TEXT

CLAIM: dict[str, Any] = {
    "id": "c01",
    "claimant_id": "example-monitor",
    "event_id": "example-crackdown",
    "casualty_type": "killed",
    "victim_role": "all",
    "figure_text": "at least 1,204",
    "time_frame": "cumulative",
    "as_of_date": "2026-01-10",
    "as_of_precision": "exact_day",
    "as_of_basis": "stated",
    "quote": "said on 10 January 2026 that at least 1,204 people had been killed",
}
DRAFT: dict[str, Any] = {
    "document_id": "example-blog-2026-01-12-draft",
    "title": "A draft",
    "publisher": "Example Blog",
    "publisher_type": "other",
    "document_type": "opinion",
    "language": "en",
    "source_url": "https://example.com/draft",
    "published_date": "2026-01-12",
    "published_precision": "exact_day",
    "published_basis": "stated",
    "retrieved_date": "2026-01-20",
    "text_access": "excerpt",
    "copy_status": "unknown",
    "claims": [CLAIM],
}


def seal(project: Project, draft: dict[str, Any], *arguments: str) -> Any:
    """Write a draft, and the text beside it, and seal it."""
    folder = project.root / "drafts"
    folder.mkdir(exist_ok=True)
    (folder / "draft.yaml").write_text(dump_yaml(draft), encoding="utf-8")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    return project.run("seal", "drafts/draft.yaml", *arguments)


def record(project: Project) -> Path:
    return project.root / f"data/curated/documents/{DRAFT['document_id']}.yaml"


def changed(**fields: Any) -> dict[str, Any]:
    """The draft with fields of its claim changed."""
    return {**DRAFT, "claims": [{**CLAIM, **fields}]}


def test_a_sealed_draft_is_a_record_that_builds_and_holds_no_quotation(built: Project) -> None:
    assert seal(built, DRAFT).returncode == 0
    text = record(built).read_text(encoding="utf-8")
    assert "quote" not in text and "had been killed" not in text
    assert built.run("build").returncode == 0
    assert "example-blog-2026-01-12-draft-c01" in (built.root / "data/casualty_claims.csv").read_text(encoding="utf-8")


def test_sealing_again_changes_nothing(built: Project) -> None:
    seal(built, DRAFT)
    before = record(built).read_bytes()
    assert seal(built, DRAFT).returncode == 0
    assert record(built).read_bytes() == before


def test_a_record_that_says_something_else_is_not_overwritten_unasked(built: Project) -> None:
    seal(built, DRAFT)
    before = record(built).read_bytes()
    other = changed(victim_role="protester")
    assert "--replace" in one_line(seal(built, other), 1)
    assert record(built).read_bytes() == before
    assert seal(built, other, "--replace").returncode == 0
    assert "victim_role: protester" in record(built).read_text(encoding="utf-8")


def test_checking_writes_nothing(built: Project) -> None:
    assert seal(built, DRAFT, "--check").returncode == 0
    assert not record(built).exists()


def test_with_its_text_a_record_has_offsets_hash_and_the_figures_of_its_ledger(built: Project) -> None:
    assert seal(built, {**DRAFT, "text_access": "full_text"}, "--text", "drafts/text.txt").returncode == 0
    data, _ = read_yaml(record(built))
    anchor = data["claims"][0]["evidence"][0]
    passage = TEXT[int(anchor["start"]) : int(anchor["end"])]
    assert "1,204" in passage and int(data["text_characters"]) == len(TEXT)
    mention = data["numbers"][0]
    assert TEXT[int(mention["start"]) : int(mention["end"])] == mention["text"] == "1,204"
    assert mention["claim_id"] == "c01" and mention["category"] == "casualty"


@pytest.mark.parametrize(
    ("draft", "arguments", "words"),
    [
        (
            changed(quote="said on 10 January 2026 that at least 1,204 persons had been slain"),
            ("--text", "drafts/text.txt"),
            "is not in the text",
        ),
        (
            changed(figure_text="members of the security forces", bound="unquantified", quote="of the security forces"),
            ("--text", "drafts/text.txt"),
            "letter for letter",
        ),
        (changed(figure_text="at least 1,240"), (), "'at least 1,240' does not stand in the quotation"),
        (changed(figure_text="umpteen", quote="that umpteen people had been killed there"), (), "umpteen"),
        (changed(figure_text="1,204", quote="least 1,204"), (), "at least 4 are needed"),
        (changed(casualty_type="slain"), (), "'slain' is not one of its terms"),
    ],
    ids=["not in the text", "figure elsewhere", "figure transposed", "figure unreadable", "too short", "unknown term"],
)
def test_a_draft_is_refused(built: Project, draft: dict[str, Any], arguments: tuple[str, ...], words: str) -> None:
    access = "full_text" if arguments else "excerpt"
    said = one_line(seal(built, {**draft, "text_access": access}, *arguments), 1)
    assert words in said and "draft.yaml:" in said
    assert not record(built).exists()


def test_a_quotation_that_stands_twice_is_refused(built: Project) -> None:
    (built.root / "drafts").mkdir()
    (built.root / "drafts/draft.yaml").write_text(dump_yaml({**DRAFT, "text_access": "full_text"}), encoding="utf-8")
    (built.root / "drafts/text.txt").write_text(TEXT + "\n" + TEXT, encoding="utf-8")
    assert "stands 2 times" in one_line(built.run("seal", "drafts/draft.yaml", "--text", "drafts/text.txt"), 1)


def test_a_text_that_is_needed_is_asked_for(built: Project) -> None:
    assert "--text FILE" in one_line(seal(built, {**DRAFT, "text_access": "full_text"}), 1)


def test_a_draft_that_is_not_there_is_named(built: Project) -> None:
    assert "nowhere.yaml: no such draft" in one_line(built.run("seal", "nowhere.yaml"), 2)


def test_an_unaccounted_number_of_a_held_text_fails_the_build(built: Project) -> None:
    assert seal(built, {**DRAFT, "text_access": "full_text"}, "--text", "drafts/text.txt").returncode == 0
    before = built.generated()
    said = one_line(built.run("build", env={"SOURCES_DIR": "drafts"}), 1)
    assert "'1,100' at 86–91" in said or "'1,100'" in said
    assert "not accounted for" in said and "'77'" in said
    assert built.generated() == before


def test_the_numbers_of_a_text_can_be_pasted_into_a_draft(built: Project) -> None:
    (built.root / "text.txt").write_text(TEXT, encoding="utf-8")
    listed = built.run("numbers", "text.txt", "--yaml").stdout
    (built.root / "numbers.yaml").write_text(listed, encoding="utf-8")
    numbers = read_yaml(built.root / "numbers.yaml")[0]["numbers"]
    (built.root / "drafts").mkdir()
    (built.root / "drafts/text.txt").write_text(TEXT, encoding="utf-8")
    assert (
        seal(built, {**DRAFT, "text_access": "full_text", "numbers": numbers}, "--text", "drafts/text.txt").returncode
        == 0
    )
    assert "not accounted for" not in built.run("build", env={"SOURCES_DIR": "drafts"}).stderr
