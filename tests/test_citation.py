"""The citation files are valid by the schemas of those who read them, and agree with the package."""

import datetime
import importlib.util
import json
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import jsonschema
import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.descriptor import PACKAGE
from tests.conftest import ROOT

CFF_SCHEMA = "vendor/citation-file-format.json"


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def zenodo() -> dict[str, Any]:
    return json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cff_schema() -> dict[str, Any]:
    """The official CFF 1.2.0 schema, which check-jsonschema carries."""
    # Found, not imported: the schema is all that is wanted of it.
    found = importlib.util.find_spec("check_jsonschema")
    if found is None or found.origin is None:
        if os.environ.get("CI"):
            pytest.fail("check-jsonschema is not installed; it carries the schema of CITATION.cff")
        pytest.skip("check-jsonschema, which carries the schema of CITATION.cff, is not installed")
    schema = json.loads(
        Path(found.origin).with_name("builtin_schemas").joinpath(CFF_SCHEMA).read_text(encoding="utf-8")
    )
    assert schema["$id"] == "https://citation-file-format.github.io/1.2.0/schema.json"
    return schema


def as_json(data: Any) -> Any:
    """YAML as JSON would hold it: days as text."""
    return json.loads(json.dumps(data, default=str))


def test_the_citation_file_is_valid_by_the_official_schema(
    citation: dict[str, Any], cff_schema: dict[str, Any]
) -> None:
    checker = jsonschema.Draft7Validator(cff_schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(as_json(citation))] == []


def test_the_official_schema_would_notice_a_fault(citation: dict[str, Any], cff_schema: dict[str, Any]) -> None:
    for fault in ({"type": "data"}, {"authors": []}, {"date-released": "20.11.2026"}, {"licence": "MIT"}):
        assert list(jsonschema.Draft7Validator(cff_schema).iter_errors(as_json({**citation, **fault})))


class Creator(BaseModel):
    """A creator as Zenodo documents it: `Family name, Given names`, or an organisation."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1)]
    affiliation: str | None = None
    orcid: Annotated[str, Field(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None


class Zenodo(BaseModel):
    """The fields that Zenodo's REST documentation gives for a deposit, as far as a dataset may use them."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(min_length=1)]
    description: Annotated[str, Field(min_length=1)]
    upload_type: Literal["dataset"]
    publication_date: datetime.date
    version: str
    creators: Annotated[list[Creator], Field(min_length=1)]
    access_right: Literal["open", "embargoed", "restricted", "closed"]
    license: str | None = None
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = None
    keywords: list[Annotated[str, Field(min_length=1)]] = []
    notes: str | None = None

    @model_validator(mode="after")
    def _open_needs_a_licence(self) -> "Zenodo":
        if self.access_right in ("open", "embargoed") and not self.license:
            raise ValueError("an open deposit needs a license")
        return self


def test_zenodos_file_has_the_fields_that_zenodo_documents(zenodo: dict[str, Any]) -> None:
    Zenodo.model_validate(zenodo)


def test_zenodos_file_has_only_the_markup_that_zenodo_keeps(zenodo: dict[str, Any]) -> None:
    assert set(re.findall(r"</?(\w+)", zenodo["description"])) <= {"p", "br", "em", "strong", "a", "ul", "li"}


def test_one_version_everywhere(citation: dict[str, Any], zenodo: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {project["version"], citation["version"], zenodo["version"]} == {PACKAGE["version"]}
    assert re.fullmatch(r"\d+\.\d+\.\d+", PACKAGE["version"])


def test_the_changelog_tells_of_this_version() -> None:
    assert re.search(
        rf"^## {re.escape(PACKAGE['version'])}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )


def test_one_title_licence_day_and_maintainer_everywhere(citation: dict[str, Any], zenodo: dict[str, Any]) -> None:
    assert citation["title"] == zenodo["title"] == PACKAGE["title"]
    assert citation["license"] == zenodo["license"] == PACKAGE["licenses"][0]["name"]
    assert str(citation["date-released"]) == zenodo["publication_date"] == PACKAGE["created"][:10]
    assert citation["keywords"] == zenodo["keywords"] == PACKAGE["keywords"]
    people = [contributor["title"] for contributor in PACKAGE["contributors"]]
    assert (
        [author["name"] for author in citation["authors"]]
        == [creator["name"] for creator in zenodo["creators"]]
        == people
    )
    assert citation["type"] == zenodo["upload_type"] == "dataset"


def test_the_built_descriptor_has_that_version_too() -> None:
    path = ROOT / "datapackage.json"
    if not path.is_file():
        pytest.skip("the package is not built here")
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == PACKAGE["version"]
