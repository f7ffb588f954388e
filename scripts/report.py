"""Make the page for readers: one HTML file that shows who claimed what, and asks nothing of the network."""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from scripts._problems import Unreadable, main


def report(
    to: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the page.")] = Path("site/index.html"),
) -> None:
    """Write the page of the package in this folder."""
    from scripts._report.package import load_package  # slow to import, and not needed for --help
    from scripts._report.page import page

    package = load_package(Path())
    _make_folder(to.parent)
    content = page(package)
    _write(to, content)
    typer.echo(f"{to}: {len(content) / 2**20:.1f} MB")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable(f"{folder}: no folder can be made there ({error.strerror})") from None


def _write(path: Path, content: bytes) -> None:
    """Put the whole file in place, or nothing. Raises Unreadable."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(content)
                file.close()
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Unreadable(f"{path}: cannot be written ({error.strerror})") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    main(report)
