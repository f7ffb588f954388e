"""What several tests share: a small project of its own to build in and to break, and the texts if they are at hand."""

import contextlib
import importlib
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from scripts._problems import app_of
from scripts._yaml import dump_yaml
from tests.curated_example import CLAIMANTS, DOCUMENTS, EVENTS, SERIES
from tests.mutants import pytest_terminal_summary  # noqa: F401  prints, rule by rule, what caught its mutants

ROOT = Path(__file__).parent.parent

# Enough to catch a broken law at once; `make fuzz` is where thousands are tried.
settings.register_profile("suite", max_examples=40, deadline=None)
settings.load_profile("suite")


@dataclass(frozen=True)
class Result:
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Project:
    """A folder in the shape of this project."""

    root: Path

    def run(self, command: str, *arguments: str, env: dict[str, str] | None = None) -> Result:
        """What `python -m scripts.COMMAND` does there, in this process: starting Python anew takes longer than most tests."""
        module = importlib.import_module(f"scripts.{command}")
        function = getattr(module, command, None) or module.list_numbers
        variables = {"SOURCES_DIR": "", "COLUMNS": "200", **(env or {})}
        with contextlib.chdir(self.root):
            result = CliRunner().invoke(app_of(function), list(arguments), env=variables)
        crash = result.exception if not isinstance(result.exception, SystemExit | None) else None
        trace = "".join(traceback.format_exception(crash)) if crash else ""
        return Result(result.exit_code, result.stdout, result.stderr + trace)

    def run_apart(self, command: str, *arguments: str) -> Result:
        """The same in a process of its own, as a user would."""
        done = subprocess.run(
            [sys.executable, "-m", f"scripts.{command}", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCES_DIR": ""},
            capture_output=True,
            text=True,
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def document(self, number: int = 0) -> Path:
        """The file of an example document."""
        return self.root / "data/curated/documents" / f"{DOCUMENTS[number]['document_id']}.yaml"

    def generated(self) -> dict[str, bytes]:
        """Every file outside data/curated, by path."""
        return {
            str(p.relative_to(self.root)): p.read_bytes()
            for p in sorted(self.root.rglob("*"))
            if p.is_file() and "curated" not in p.parts
        }


def write_project(root: Path) -> Project:
    """Write the example records into a folder."""
    curated = root / "data/curated"
    (curated / "documents").mkdir(parents=True)
    for name, entries in (("claimants", CLAIMANTS), ("events", EVENTS), ("series", SERIES)):
        (curated / f"{name}.yaml").write_text(dump_yaml(entries), encoding="utf-8")
    for document in DOCUMENTS:
        (curated / "documents" / f"{document['document_id']}.yaml").write_text(dump_yaml(document), encoding="utf-8")
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of its own, not built."""
    return write_project(tmp_path / "project")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    built = write_project(tmp_path_factory.mktemp("built") / "project")
    result = built.run("build")
    assert result.returncode == 0, result.stderr
    return built


@pytest.fixture
def built(_built: Project, tmp_path: Path) -> Project:
    """A copy of a built project."""
    shutil.copytree(_built.root, tmp_path / "built")
    return Project(tmp_path / "built")


def one_line(result: Result, status: int) -> str:
    """What a failed command said: on standard error, without a traceback, with the exit status it should have."""
    said = result.stderr + result.stdout
    assert "Traceback" not in said, said
    assert result.returncode == status, said
    return said


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of source texts. Missing, it fails the test in CI, unless CI says by an empty SOURCES_DIR that it has none."""
    named = os.environ.get("SOURCES_DIR", str(ROOT / "../shared/sources"))
    if named and Path(named).is_dir():
        return Path(named)
    if os.environ.get("CI") and named:
        pytest.fail(f"SOURCES_DIR names {named}, which is not there")
    pytest.skip("the texts of the documents are not at hand: set SOURCES_DIR to the folder that holds them")


Edit = Callable[[Path], None]
