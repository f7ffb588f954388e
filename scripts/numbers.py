"""List every number in a text, with its place, value and what it seems to count."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.number_mentions import NumberMention, find_numbers
from scripts._problems import main, printable
from scripts._texts import read_text
from scripts._yaml import dump_yaml

CONTEXT = 30


def list_numbers(
    file: Annotated[Path, typer.Argument(help="A text, a saved web page or a PDF file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Print entries for a draft's `numbers`; each guess is to be looked at.")
    ] = False,
) -> None:
    """Every number in a text: digits of any script, English number words, dates, times, ordinals.

    Offsets are code points into the text. Exits with 2 when the file cannot be read.
    """
    text = read_text(file)
    mentions = find_numbers(text)
    if as_json:
        typer.echo(json.dumps([asdict(mention) for mention in mentions], ensure_ascii=False, indent=2))
    elif as_yaml:
        entries = [{"start": str(m.start), "end": str(m.end), "text": m.text, "category": m.category} for m in mentions]
        typer.echo(dump_yaml({"numbers": entries}), nl=False)
    else:
        _print_table(text, mentions)


def _print_table(text: str, mentions: list[NumberMention]) -> None:
    table = Table("start", "end", "text", "value", "category", "context")
    for mention in mentions:
        value = "" if mention.value is None else f"{mention.value:,}"
        table.add_row(
            str(mention.start), str(mention.end), _shown(mention.text), value, mention.category, _context(text, mention)
        )
    console = Console()
    console.print(table)
    console.print(f"{len(mentions)} numbers")


def _shown(text: str) -> str:
    """Text on one line, with nothing in it that could move the cursor or be read as Rich markup."""
    return escape(printable(" ".join(text.split())))


def _context(text: str, mention: NumberMention) -> str:
    before = text[max(0, mention.start - CONTEXT) : mention.start]
    after = text[mention.end : mention.end + CONTEXT]
    return f"{_shown(before)} [bold]{_shown(mention.text)}[/bold] {_shown(after)}"


if __name__ == "__main__":
    main(list_numbers)
