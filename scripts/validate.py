"""Validate a package of this shape, this one or anyone's: form, columns, rules, descriptor and frictionless, in one report."""

import hashlib
import json
import logging
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pandera.errors
import typer
from rich.console import Console
from rich.markup import escape

from schemas.descriptor import PROFILES, csv_path, descriptor, profile_faults, release_faults
from schemas.rules import check
from schemas.table_schema import LEXICAL_FORM, column_type, primary_key, table_schema, typed_column
from schemas.tables import TABLES, columns
from scripts._files import finish_interrupted_write
from scripts._package import DESCRIPTOR, read_csv, read_descriptor, table_path
from scripts._problems import Problem, Unreadable, main, printable

SHOWN = 10
FRICTIONLESS_ERRORS = 1000
#: Tables whose rows every other one depends on: without them a package is none of this shape.
NEEDED = ("documents", "casualty_claims", "claimants", "events", "vocabularies")

#: What frictionless is given of a resource: plain values only, so that no descriptor can make it open or fetch anything else.
_PLAIN_KEYS = ("name", "path", "title", "description", "format", "mediatype", "encoding", "bytes", "hash")


def validate_package(folder: Path, console: Console) -> list[Problem]:
    """Every finding, sorted. Raises Unreadable only if there is no descriptor to go by."""
    package = read_descriptor(folder)
    problems = list(_descriptor_problems(package))
    frames: dict[str, pd.DataFrame] = {}
    readable: list[dict[str, Any]] = []
    with console.status("Reading tables"):
        for resource in _known_resources(package):
            table = resource["name"]
            try:
                path = table_path(folder, resource)
                content_problems = list(_content_problems(path, resource))
                frame, found = read_table(path, table)
            except Unreadable as error:
                problems.append(Problem("readable", table, "", "", str(error)))
                continue
            problems += content_problems + found
            readable.append(resource)
            if frame is not None:
                frames[table] = frame
    with console.status("Applying the column contracts"):
        for table, frame in frames.items():
            problems += _contract_problems(table, frame)
    with console.status("Applying the rules"):
        problems += [Problem(f.rule, f.table, f.key, f.column, f.message) for f in check(frames)]
    with console.status("Running frictionless"):
        problems += _frictionless_problems(folder, readable)
    return sorted(set(problems))


def _known_resources(package: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    seen = set()
    for resource in package["resources"]:
        name = resource.get("name") if isinstance(resource, dict) else None
        if isinstance(name, str) and name in TABLES and name not in seen:
            seen.add(name)
            yield resource


def _descriptor_problems(package: Mapping[str, Any]) -> Iterator[Problem]:
    """The official profile, and what the schemas would say: resources, fields, types, constraints and keys."""
    for place, message in profile_faults(package):
        yield Problem("descriptor-profile", "", "", place, message[:300])
    for place, message in release_faults(package):
        yield Problem("descriptor-release", "", "", place, message)
    names = [str(r.get("name") if isinstance(r, dict) else None) for r in package["resources"]]
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(
                "descriptor-resources",
                name if name in TABLES else "",
                "",
                "",
                f"resource {name!r} is listed {count} times; list it once",
            )
        if name not in TABLES:
            yield Problem(
                "descriptor-resources",
                "",
                "",
                "",
                f"resource {name!r} is no table of this package; the tables are {', '.join(TABLES)}",
            )
    for table in NEEDED:
        if table not in names:
            yield Problem(
                "descriptor-resources", table, "", "", f"resource {table!r} is missing; `make build` lists it"
            )
    present = [name for name in names if name in TABLES]
    wanted = {r["name"]: r for r in descriptor(dict.fromkeys(present, b""))["resources"]}
    for resource in _known_resources(package):
        table = resource["name"]
        for key in ("$schema", "type", "profile", "path", "format", "mediatype", "encoding"):
            if resource.get(key) != wanted[table][key]:
                yield Problem(
                    "descriptor-resources",
                    table,
                    "",
                    key,
                    f"{key} is {resource.get(key)!r}; it should be {wanted[table][key]!r}",
                )
        yield from _schema_problems(table, resource.get("schema"), wanted[table]["schema"])
    if package.get("$schema") != f"{PROFILES}/datapackage.json":
        yield Problem(
            "descriptor-resources",
            "",
            "",
            "$schema",
            f"$schema is {package.get('$schema')!r}; it should be {PROFILES}/datapackage.json",
        )


def _schema_problems(table: str, schema: Any, wanted: Mapping[str, Any]) -> Iterator[Problem]:
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        yield Problem(
            "descriptor-schema", table, "", "schema", "the Table Schema must be written out, with a list of fields"
        )
        return
    fields = {f.get("name"): f for f in schema["fields"] if isinstance(f, dict)}
    for field in wanted["fields"]:
        name = field["name"]
        if fields.get(name) != field:
            given = fields.get(name)
            differs = (
                "is missing"
                if given is None
                else f"differs in {', '.join(sorted(k for k in {*given, *field} if given.get(k) != field.get(k)))}"
            )
            yield Problem(
                "descriptor-schema", table, "", name, f"the field {differs} from what the schemas say; run `make build`"
            )
    if [f.get("name") for f in schema["fields"] if isinstance(f, dict)] != [f["name"] for f in wanted["fields"]]:
        yield Problem(
            "descriptor-schema",
            table,
            "",
            "fields",
            f"fields must be, in this order: {', '.join(f['name'] for f in wanted['fields'])}",
        )
    for key in ("primaryKey", "foreignKeys", "missingValues"):
        if schema.get(key) != wanted.get(key):
            yield Problem(
                "descriptor-schema",
                table,
                "",
                key,
                f"{key} is {json.dumps(schema.get(key))[:200]}; it should be {json.dumps(wanted.get(key))}",
            )


def _content_problems(path: Path, resource: Mapping[str, Any]) -> Iterator[Problem]:
    content = path.read_bytes()
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    table = resource["name"]
    if resource.get("bytes") != len(content):
        yield Problem(
            "descriptor-content",
            table,
            "",
            "bytes",
            f"the descriptor says {resource.get('bytes')} bytes, {path.name} has {len(content)}",
        )
    if resource.get("hash") != digest:
        yield Problem(
            "descriptor-content",
            table,
            "",
            "hash",
            f"the descriptor says {resource.get('hash')}, {path.name} has {digest}",
        )


def read_table(path: Path, table: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """A typed frame and the findings about form and types; None if its columns are not those of the table."""
    header, rows, problems = read_csv(path, table)
    wanted = columns(table)
    if header != wanted:
        missing, extra = [c for c in wanted if c not in header], [c for c in header if c not in wanted]
        said = [f"lacks {', '.join(missing)}"] if missing else []
        said += [f"has {', '.join(map(repr, extra[:10]))} too many"] if extra else []
        said += [f"has {c!r} twice" for c, n in Counter(header).items() if n > 1]
        message = f"the header {'; '.join(said) or 'has another order'}; it should be {','.join(wanted)}"
        problems.append(Problem("csv-header", table, "row 1", "", message))
        if missing or len(set(header)) < len(header):
            return None, problems
    cells = dict(zip(header, zip(*rows, strict=True) if rows else [()] * len(header), strict=True))
    frame = {}
    schema = TABLES[table].to_schema().columns
    for name in wanted:
        kind = column_type(schema[name])
        frame[name], bad = typed_column(cells[name], kind)
        for i in bad:
            right = LEXICAL_FORM[kind][1]
            problems.append(
                Problem(
                    "column-type",
                    table,
                    _key(table, cells, i),
                    name,
                    f"{cells[name][i][:80]!r} is not {'a' if kind[0] not in 'aeiou' else 'an'} {kind}; write {right}",
                )
            )
    if not rows:
        problems.append(
            Problem(
                "csv-rows",
                table,
                "",
                "",
                f"{path.name} has a header only; leave a table without rows out of the package",
            )
        )
    return pd.DataFrame(frame), problems


def _key(table: str, cells: Mapping[str, Any], row: int) -> str:
    """The row's primary key as people write it, and its line in the file."""
    parts = [str(cells[name][row]) for name in primary_key(TABLES[table])]
    return f"{' '.join(parts)} (row {row + 2})"


def _contract_problems(table: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """What pandera finds: required, options, patterns, limits, uniqueness."""
    try:
        TABLES[table].validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        fields = {f["name"]: f for f in table_schema(TABLES[table])["fields"]}
        cells = {name: frame[name].astype("string").fillna("") for name in primary_key(TABLES[table])}
        for case in error.failure_cases.to_dict("records"):
            column, row, kind = str(case["column"]), case["index"], str(case["check"])
            key = _key(table, {n: c.tolist() for n, c in cells.items()}, int(row)) if pd.notna(row) else ""
            yield Problem(
                "column-constraint",
                table,
                key,
                column,
                _contract_words(kind, case["failure_case"], fields.get(column, {})),
            )


def _contract_words(kind: str, cell: Any, field: Mapping[str, Any]) -> str:
    constraints = field.get("constraints", {})
    if kind.startswith("not_nullable"):
        return "is empty, and is required"
    if kind.startswith("field_uniqueness"):
        return f"{cell!r} stands more than once, and must be unique"
    if kind.startswith("isin"):
        return f"{cell!r} is not one of {', '.join(map(str, constraints['enum']))}"
    if kind.startswith("str_matches"):
        return f"{cell!r} does not have the form {constraints['pattern']}"
    return f"{cell!r} fails {kind}; {', '.join(f'{name} {value}' for name, value in constraints.items() if name in ('minimum', 'maximum'))}"


def _frictionless_problems(folder: Path, resources: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """What frictionless finds in the resources that are there and readable, from the descriptor's own schemas."""
    from frictionless import Checklist, Package, system  # slow to import, and only needed here

    present = {resource["name"] for resource in resources}
    safe = []
    for resource in resources:
        schema = resource.get("schema")
        if isinstance(schema, dict) and "$ref" not in json.dumps(schema):
            keys = [
                k
                for k in schema.get("foreignKeys", [])
                if isinstance(k, dict) and (k.get("reference") or {}).get("resource") in ("", *present)
            ]
            safe.append(
                {
                    **{k: resource[k] for k in _PLAIN_KEYS if k in resource},
                    "type": "table",
                    "schema": {**schema, "foreignKeys": keys},
                }
            )
    if not safe:
        return
    logging.getLogger("frictionless").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), system.use_context(trusted=False):
            warnings.simplefilter("ignore")
            package = Package.from_descriptor({"name": "package", "resources": safe}, basepath=str(folder))
            report = package.validate(Checklist(), limit_errors=FRICTIONLESS_ERRORS)
    except Exception as error:  # a descriptor that frictionless cannot even load is a finding, not a crash
        yield Problem(
            "frictionless", "", "", "", f"frictionless cannot read the package: {str(error).splitlines()[0][:300]}"
        )
        return
    for task in report.tasks:
        for found in task.errors:
            row, column = getattr(found, "row_number", None), getattr(found, "field_name", "")
            yield Problem(
                f"frictionless-{found.type}", task.name, f"row {row}" if row else "", column or "", found.message[:300]
            )
    for found in report.errors:
        yield Problem(f"frictionless-{found.type}", "", "", "", found.message[:300])


def show(problems: list[Problem], console: Console) -> None:
    """By table, those with most findings first; at most a few lines for each rule, and the count of the rest."""
    per_table = Counter(problem.table for problem in problems)
    for table, count in per_table.most_common():
        console.print(f"\n[bold]{escape(csv_path(table) if table in TABLES else DESCRIPTOR)}[/bold]: {count} findings")
        per_rule = Counter(problem.rule for problem in problems if problem.table == table)
        for rule, of_rule in per_rule.most_common():
            for problem in [p for p in problems if p.table == table and p.rule == rule][:SHOWN]:
                where = " ".join(filter(None, (problem.key, problem.column)))
                console.print(
                    f"  [cyan]{escape(rule)}[/cyan] {escape(printable(f'{where}: {problem.message}'))}",
                    highlight=False,
                    soft_wrap=True,
                )
            if of_rule > SHOWN:
                console.print(f"  [cyan]{escape(rule)}[/cyan] … and {of_rule - SHOWN} more", highlight=False)


def validate(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder that holds datapackage.json.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON, and nothing else.")] = False,
) -> None:
    """Check a package: pandera, the rules, frictionless and the official profile, in one report."""
    if folder.resolve() == Path().resolve():
        finish_interrupted_write(folder)
    problems = validate_package(folder, Console(stderr=True, quiet=as_json))
    if as_json:
        typer.echo(
            json.dumps(
                {"valid": not problems, "findings": [problem.as_dict() for problem in problems]},
                ensure_ascii=False,
                indent=1,
            )
        )
    elif problems:
        show(problems, Console())
        typer.echo(f"\n{len(problems)} findings.")
    else:
        typer.echo(f"{folder / DESCRIPTOR}: valid.")
    if problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    main(validate)
