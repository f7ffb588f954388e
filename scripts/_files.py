"""Writing several files as one: after a kill at any moment the old files stand there or the new ones, never a mixture.

New files are first written in full beside the old ones, into a staging folder. A journal then says that they are complete, and
only then are they moved into place, by a process of its own that the death of the command does not end. If the machine itself
stops in between, the journal is there and the next command moves the rest before it does anything else.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

STAGING = ".staged"
_JOURNAL = "complete"


def write_files(root: Path, contents: Mapping[str, bytes], remove: tuple[str, ...] = ()) -> None:
    """Put the files (path relative to root -> bytes) in place, and take others away, all or nothing.

    Raises OSError, with nothing changed, if they cannot be written.
    """
    finish_interrupted_write(root)
    staging = root / STAGING
    staging.mkdir()
    try:
        for name, content in contents.items():
            _write_durably(staging / "files" / name, content)
        _write_durably(staging / "remove", "\n".join(remove).encode())
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _write_durably(staging / _JOURNAL, b"")
    _in_process_of_its_own(root)


def finish_interrupted_write(root: Path) -> None:
    """Move what a stopped machine left behind; what was never complete is thrown away."""
    staging = root / STAGING
    if (staging / _JOURNAL).exists():
        _move_into_place(root)
    elif staging.exists():
        shutil.rmtree(staging)


def _write_durably(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _in_process_of_its_own(root: Path) -> None:
    if not hasattr(os, "fork"):
        _move_into_place(root)
        return
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setsid()
            _move_into_place(root)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if status:
        raise OSError(f"files could not be moved into place; run the command again to finish ({root / STAGING})")


def _move_into_place(root: Path) -> None:
    staging = root / STAGING
    files = staging / "files"
    for path in sorted(p for p in files.rglob("*") if p.is_file()):
        target = root / path.relative_to(files)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for name in filter(None, (staging / "remove").read_text(encoding="utf-8").split("\n")):
        (root / name).unlink(missing_ok=True)
    (staging / _JOURNAL).unlink()
    shutil.rmtree(staging)
