"""The page: one HTML file with its data, style and scripts inside, from which no request can leave."""

import base64
import hashlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scripts._exports.json_ld import dataset_json_ld
from scripts._problems import Unreadable
from scripts._report import consistency, coverage, echoes, ladder, parts
from scripts._report.dataset import compact, embedded, number, web
from scripts._report.package import Package, Row
from scripts._report.sentences import day, done, sentence, short_name, whom, words

HERE = Path(__file__).parent


def page(package: Package) -> bytes:
    """The whole page as UTF-8. The same package gives the same bytes."""
    charts = ladder.ladders(package)
    coloured = ladder.coloured(package, charts)
    figures = echoes.figures(package)
    found = consistency.contradictions(package)
    series = coverage.series(package)
    data = embedded(package, charts, coloured, figures, found, series)
    data["span"] = [number(end) for end in ladder.days(charts)]
    data["specifications"] = [ladder.specification(chart, large=i == 0) for i, chart in enumerate(charts)]
    data["strip"] = coverage.specification(series) if series else None
    scripts = [
        _vega(),
        (HERE / "page.js").read_text(encoding="utf-8"),
    ]
    context = {
        "package": package.descriptor,
        "counts": _counts(package, figures, found),
        "charts": [{"ladder": chart, "rows": ladder.summary(package, chart)} for chart in charts],
        "matrix": _matrix(package, consistency.matrix(package, found)),
        "parts": [_part(package, partition) for partition in parts.partitions(package)],
        "series": series,
        "ledger": coverage.ledger(package),
        "types": _options(package, "casualty_type"),
        "licences": [{**entry, "path": web(entry.get("path"))} for entry in package.descriptor.get("licenses", [])],
        "policy": content_security_policy(scripts),
        "style": Markup(_safe_style((HERE / "page.css").read_text(encoding="utf-8"))),
        "scripts": [Markup(_safe_script(script)) for script in scripts],
        "data": Markup(json_in_html(data)),
        "linked_data": Markup(json_in_html(_linked_data(package.descriptor))),
    }
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(count=lambda number: f"{number:,}", words=words)
    text = environment.get_template("page.html.j2").render(context)
    return text.encode("utf-8")


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script, as vl-convert carries them."""
    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def json_in_html(data: Any) -> str:
    """JSON that cannot end the script element it stands in, nor open a comment there."""
    text = compact(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def content_security_policy(scripts: list[str]) -> str:
    """Only these scripts run, and nothing is ever loaded or sent."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def _safe_script(script: str) -> str:
    """A script of ours or of Vega's, as it is; refused if it could end its element."""
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script has an end tag or a comment in it and cannot stand in a page")
    return script


def _safe_style(style: str) -> str:
    if "</style" in style.lower():
        raise ValueError("a style sheet has an end tag in it and cannot stand in a page")
    return style


def _linked_data(descriptor: Row) -> Row:
    try:
        return dataset_json_ld(descriptor)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"datapackage.json: not the descriptor of a package of this shape ({error}); run `make validate`"
        ) from None


def _counts(package: Package, figures: list[echoes.Figure], found: list[consistency.Contradiction]) -> Row:
    claims = package.claims.values()
    return {
        "documents": len(package.documents),
        "carrying": len({claim["document_id"] for claim in claims}),
        "claims": len(claims),
        "claimants": len({claim["claimant_id"] for claim in claims}),
        "origins": len(package.assertion),
        "figures": len(figures),
        "languages": len({package.documents[claim["document_id"]]["language"] for claim in claims}),
        "full_text": sum(row["text_access"] == "full_text" for row in package.documents.values()),
        "pairs": len(package.inconsistencies),
        "contradictions": len(found),
        "plain": sum(not c.assumes for c in found),
        "no_day": sum(claim["as_of_date"] is None for claim in claims),
        "no_number": sum(ladder.height(claim) == 0 for claim in claims),
    }


def _options(package: Package, column: str) -> list[tuple[str, int]]:
    counts = Counter(words(claim[column]) for claim in package.claims.values())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _matrix(package: Package, matrix: Row) -> Row:
    """The lower triangle, row by row, and the claimants that have no room in it."""
    places = {claimant: i for i, claimant in enumerate(package.claimants)}
    shown = matrix["claimants"]
    rows = []
    for i, one in enumerate(shown):
        cells = [
            {
                "verdict": matrix["verdicts"].get(pair, ""),
                "pairs": matrix["counts"].get(pair, 0),
                "place": places[other],
                "name": package.claimants[other]["name"],
            }
            for other, pair in ((other, frozenset((one, other))) for other in shown[: i + 1])
        ]
        name = package.claimants[one]["name"]
        rows.append(
            {"name": name, "short": short_name(name), "place": places[one], "cells": cells, "blank": len(shown) - i - 1}
        )
    return {"rows": rows, "left_out": [package.claimants[claimant]["name"] for claimant in matrix["left_out"]]}


def _part(package: Package, partition: parts.Partition) -> Row:
    def claim(row: Row) -> Row:
        language = package.documents[row["document_id"]]["language"]
        printed = "".join(c for c in row["figure_text"] or "" if c in "0123456789")
        reading = None if row["value"] is None or printed == str(row["value"]) else row["value"]
        return {
            "value": row["value"],
            "reading": reading,
            "figure": row["figure_text"],
            "language": language,
            "whom": whom(row),
            "done": done(row),
            "claim": row,
        }

    whole = partition.whole
    return {
        "whole": claim(whole),
        "parts": [claim(row) for row in partition.parts],
        "added": partition.added,
        "remainder": partition.remainder,
        "exact": partition.exact,
        "name": package.claimants[whole["claimant_id"]]["name"],
        "day": day(whole["as_of_date"]) if whole["as_of_date"] else None,
        "documents": len({package.claims[key]["document_id"] for key in partition.same}),
        "sentence": sentence(package, whole),
        "document": {
            **package.documents[whole["document_id"]],
            "url": web(package.documents[whole["document_id"]]["source_url"]),
        },
        "scale": max(whole["value"] or 0, partition.added or 0) or 1,
    }
