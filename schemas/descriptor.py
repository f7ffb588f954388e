"""The Data Package descriptor, made from the pandera models: nothing in `datapackage.json` is written by hand elsewhere.

Data Package v2, https://datapackage.org/standard/data-package/. Left out on purpose, because the published profile and the
tools disagree about them: `fieldsMatch`, type `list`, `missingValues` as objects. `type` and `profile` are there for older
readers, frictionless-r among them.
"""

import datetime
import hashlib
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import jsonschema

from schemas.table_schema import table_schema
from schemas.tables import TABLES

SEMANTIC_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
PROFILES = "https://datapackage.org/profiles/2.0"

#: The package as a whole. `version` and `created` are set by hand for a release: see CONTRIBUTING.md.
PACKAGE: dict[str, Any] = {
    "name": "iran-protest-casualty-claims",
    "title": "Iran protest casualty claims, 2025–26",
    "description": (
        "Who said how many people were killed, injured or detained in Iran's protests and their suppression since "
        "28 December 2025; of whom, when, as of when, on what basis; in which document; and how the figure travelled. "
        "Every row is a claim, not a fact: a convenience sample of documents, no estimate, no sum."
    ),
    "version": "0.1.0",
    "created": "2026-11-20T00:00:00Z",
    "keywords": ["Iran", "protests", "casualty recording", "human rights", "provenance", "claims"],
    "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
    "contributors": [{"title": "Maintainers of Iran protest casualty claims", "roles": ["creator", "maintainer"]}],
    "sources": [{"title": "The documents listed in data/documents.csv", "path": "data/documents.csv"}],
}  # fmt: skip


def csv_path(table: str) -> str:
    """Where a table's CSV stands, relative to the descriptor."""
    return f"data/{table}.csv"


def resource(table: str, content: bytes) -> dict[str, Any]:
    """The resource of one table, given the bytes of its CSV."""
    model = TABLES[table]
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": table,
        "type": "table",
        "profile": "tabular-data-resource",
        "title": model.to_schema().title,
        "description": inspect.cleandoc(model.__doc__ or ""),
        "path": csv_path(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table_schema(model),
    }


def descriptor(contents: Mapping[str, bytes]) -> dict[str, Any]:
    """`datapackage.json` for the given CSVs (table -> bytes), tables in the order of `schemas.tables`.

    A foreign key to a table that is not given is left out: readers refuse tables without rows, so none is published.
    """
    tables = [resource(table, contents[table]) for table in TABLES if table in contents]
    for entry in tables:
        keys = [
            key for key in entry["schema"].get("foreignKeys", []) if key["reference"]["resource"] in ("", *contents)
        ]
        if not keys:
            entry["schema"].pop("foreignKeys", None)
        else:
            entry["schema"]["foreignKeys"] = keys
    return {"$schema": f"{PROFILES}/datapackage.json", **PACKAGE, "resources": tables}


def profile_faults(package: Any) -> Iterator[tuple[str, str]]:
    """(place, message) for everything that the official Data Package 2.0 profile says against a descriptor.

    The profile is read from the wheel of dplib-py: nothing is fetched.
    """
    profile = json.loads(resources.files("dplib").joinpath("profiles/2.0/datapackage.json").read_text(encoding="utf-8"))
    for error in jsonschema.Draft7Validator(profile).iter_errors(package):
        yield "/".join(map(str, error.absolute_path)), error.message


def release_faults(package: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(property, message) for what the profile leaves open: version, release date, name and licence."""
    version, created, licenses = package.get("version"), package.get("created"), package.get("licenses")
    if not isinstance(version, str) or not SEMANTIC_VERSION.fullmatch(version):
        yield "version", f"version is {version!r}; write a semantic one, such as 0.1.0"
    try:
        datetime.datetime.fromisoformat(created if isinstance(created, str) else "")
    except ValueError:
        yield "created", f"created is {created!r}; write a time that exists, such as 2026-11-20T00:00:00Z"
    if package.get("name") != PACKAGE["name"]:
        yield "name", f"name is {package.get('name')!r}; it should be {PACKAGE['name']!r}"
    named = (
        isinstance(licenses, list)
        and licenses
        and all(isinstance(x, dict) and (x.get("name") or x.get("path")) for x in licenses)
    )
    if not named:
        yield "licenses", "a licence with a name or path must be given"
