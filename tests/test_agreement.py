"""Agreement between two coders is what its definitions say."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.records import DocumentRecord, check_record
from scripts.agreement import CLAIM_FIELDS, coded_claims, compare, field_agreement, markdown, pair_claims, read_folder
from tests.conftest import ROOT, Project, one_line
from tests.curated_example import DOCUMENTS

SECOND = ROOT / "data/curated/second_coding"


def record(document: dict) -> dict:
    checked, faults = check_record(DocumentRecord, document)
    assert checked is not None, faults
    return checked.model_dump()


FIRST = record(DOCUMENTS[0])


def test_a_coding_agrees_with_itself_in_everything() -> None:
    result = compare([(FIRST, FIRST)])
    assert result.precision == result.recall == 1 and result.claims_paired == len(FIRST["claims"])
    assert all(f.percent == 100 and f.alpha in (None, 1) for f in result.fields)


def test_a_claim_that_only_one_coder_has_lowers_precision_or_recall() -> None:
    fewer = {**FIRST, "claims": FIRST["claims"][:-1]}
    assert compare([(FIRST, fewer)]).precision == 1 and compare([(FIRST, fewer)]).recall < 1
    assert compare([(fewer, FIRST)]).precision < 1 and compare([(fewer, FIRST)]).recall == 1


def test_claims_are_paired_by_their_figure_whatever_else_differs() -> None:
    other = copy.deepcopy(FIRST)
    for claim in other["claims"]:
        claim["victim_role"] = "mixed"
    pairs = pair_claims(coded_claims(FIRST), coded_claims(other)[::-1])
    assert len(pairs) == len(FIRST["claims"]) and all(
        a["value"] == b["value"] and a["vague_term"] == b["vague_term"] for a, b in pairs
    )


def test_claims_with_other_figures_are_no_pair() -> None:
    other = copy.deepcopy(FIRST)
    other["claims"][0]["figure_text"] = "at least 1,240"
    assert len(pair_claims(coded_claims(FIRST), coded_claims(other))) == len(FIRST["claims"]) - 1


def test_alpha_is_what_krippendorff_computes_by_hand() -> None:
    """Nominal, two coders, ten units, from the coincidence matrix: Do = 4/20, De = 2·12·8/(20·19), alpha = 1 - Do/De."""
    pairs = [("a", "a")] * 5 + [("b", "b")] * 3 + [("a", "b")] * 2
    by_hand = 1 - (4 / 20) / (2 * 12 * 8 / (20 * 19))
    assert field_agreement("x", pairs).alpha == pytest.approx(by_hand, abs=0.001)
    assert field_agreement("x", pairs).percent == 80


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_agreement_does_not_ask_who_was_first(pairs: list[tuple[str, str]]) -> None:
    one, other = field_agreement("x", pairs), field_agreement("x", [(b, a) for a, b in pairs])
    assert (one.percent, one.alpha) == (other.percent, other.alpha)
    assert one.alpha is None or one.alpha <= 1


def test_nothing_to_compare_is_said_in_one_line(project: Project) -> None:
    (project.root / "empty").mkdir()
    assert "no records in it" in one_line(project.run("agreement", "empty"), 2)
    assert "no such folder" in one_line(project.run("agreement", "nowhere"), 2)


def test_the_second_coding_is_of_the_pages_that_were_drawn() -> None:
    drawn = {
        line.strip().removeprefix("- ")
        for line in (SECOND / "sample.yaml").read_text(encoding="utf-8").splitlines()
        if line.startswith("  - ")
    }
    coded = set(read_folder(SECOND))
    assert len(drawn) >= 59 and coded <= drawn and len(coded) >= 0.95 * len(drawn)


def test_the_readme_shows_the_agreement_there_is() -> None:
    result = Project(ROOT).run("agreement", "--markdown")
    assert result.returncode == 0 and result.stdout.strip() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_has_every_field() -> None:
    table = markdown(compare([(FIRST, FIRST)]))
    assert all(f"`{name}`" in table for name in CLAIM_FIELDS)
    assert json.loads(Project(ROOT).run("agreement", "--json").stdout)["documents"] > 50
    assert Path(SECOND / "sample.yaml").exists()
