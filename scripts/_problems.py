"""How every command speaks of trouble: findings exit 1, unreadable input or wrong use exits 2, one line each, no traceback."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any

import typer


@dataclass(frozen=True, order=True)
class Problem:
    """A finding: the rule, the table and key of the row, the column, and what is wrong and what would be right."""

    rule: str
    table: str
    key: str
    column: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """As `validate --json` prints it."""
        return asdict(self)


class Unreadable(Exception):
    """Input that cannot be read, or wrong use: ends a command with exit status 2 and this one line."""


class Findings(Exception):
    """Faults in readable input: ends a command with exit status 1 and these lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def printable(text: str) -> str:
    """Text in which control and bidi characters are written out, so that a message cannot be made to lie."""
    return "".join(c if c.isprintable() or c in " \n" else f"\\u{ord(c):04x}" for c in text)


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn Unreadable and Findings into one line each on standard error, and exit status 2 or 1."""

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except Unreadable as error:
            print(printable(str(error)), file=sys.stderr)
            raise typer.Exit(2) from None
        except Findings as error:
            for line in error.lines:
                print(printable(line), file=sys.stderr)
            raise typer.Exit(1) from None

    return run


def app_of(function: Callable[..., Any]) -> typer.Typer:
    """A function as a command line."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    app.command()(command(function))
    return app


def main(function: Callable[..., Any]) -> None:
    """Run a function as a command with Typer; wrong use exits 2."""
    app_of(function)()
