"""A package read for export: its descriptor, its tables as typed frames, its files as bytes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from schemas.table_schema import table_schema
from schemas.tables import TABLES
from scripts._package import read_descriptor, table_path
from scripts._problems import Problem, Unreadable
from scripts.validate import read_table


@dataclass(frozen=True)
class Table:
    """One table: the schemas' word on its columns, its typed rows, and the CSV it was read from."""

    name: str
    frame: pd.DataFrame
    csv: bytes

    @property
    def schema(self) -> dict[str, Any]:
        """Its Table Schema."""
        return table_schema(TABLES[self.name])

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Its columns, as Table Schema describes them."""
        return list(self.schema["fields"])

    @property
    def title(self) -> str:
        """What people call it."""
        return str(TABLES[self.name].to_schema().title)

    @property
    def description(self) -> str:
        """What one row is."""
        return " ".join((TABLES[self.name].__doc__ or "").split())

    @property
    def sha256(self) -> str:
        """Hash of the CSV."""
        return hashlib.sha256(self.csv).hexdigest()


@dataclass(frozen=True)
class Package:
    """A readable package; a table without rows is not in it."""

    descriptor: dict[str, Any]
    tables: dict[str, Table]

    def text(self, key: str) -> str:
        """A property of the descriptor as text; empty if it has none."""
        return str(self.descriptor.get(key) or "")

    @property
    def licence_url(self) -> str:
        """Address of the licence of the data."""
        licences = self.descriptor.get("licenses") or [{}]
        return str(licences[0].get("path") or licences[0].get("name") or "")

    @property
    def creator(self) -> str:
        """Who made it."""
        contributors = self.descriptor.get("contributors") or [{}]
        return str(contributors[0].get("title") or "")

    @property
    def released(self) -> str:
        """The day of the release, as YYYY-MM-DD."""
        return self.text("created")[:10]


def open_package(folder: Path) -> Package:
    """The package in a folder. Raises Unreadable if a table is not there or its cells are not of the types they should be."""
    descriptor = read_descriptor(folder)
    resources = {resource.get("name"): resource for resource in descriptor["resources"] if isinstance(resource, dict)}
    tables = {}
    for name in TABLES:
        if name not in resources:
            continue
        path = table_path(folder, resources[name])
        frame, problems = read_table(path, name)
        if frame is None or problems:
            raise Unreadable(_one_line(path, problems))
        tables[name] = Table(name, frame, path.read_bytes())
    if not tables:
        raise Unreadable(f"{folder}: the descriptor lists none of the tables {', '.join(TABLES)}; run `make build`")
    return Package(descriptor, tables)


def _one_line(path: Path, problems: list[Problem]) -> str:
    first = problems[0]
    where = ", ".join(filter(None, (first.key, first.column)))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{path}: {where}: {first.message}{more}; `python -m scripts.validate` lists all"
