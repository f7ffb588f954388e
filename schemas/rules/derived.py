"""Derived tables: what the schemas compute, and nothing else."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from schemas.inconsistencies import inconsistencies
from schemas.quantities import VAGUE_TERMS
from schemas.rules.registry import Row, Tables, plain_rows, rule, shown
from schemas.table_schema import primary_key
from schemas.tables import TABLES, columns
from schemas.vocabularies import VOCABULARIES


def _unlike(tables: Tables, table: str, computed: Iterable[Row]) -> pd.DataFrame:
    """Keys of the rows that are missing, too many or different, with what is wrong in the column `wrong`."""
    key, names = primary_key(TABLES[table]), columns(table)
    right = {tuple(row[name] for name in key): row for row in computed}
    given = {tuple(row[name] for name in key): row for row in plain_rows(tables[table].select(*names), names)}
    wrong = {}
    for row_key in right.keys() | given.keys():
        if row_key not in given:
            wrong[row_key] = "is missing"
        elif row_key not in right:
            wrong[row_key] = "is not what the schemas compute; take the row away"
        elif differing := [name for name in names if given[row_key][name] != right[row_key].get(name)]:
            wrong[row_key] = "; ".join(
                f"{name} is {shown(given[row_key][name])}, not {shown(right[row_key].get(name))}" for name in differing
            )
    rows = [(*row_key, words) for row_key, words in sorted(wrong.items(), key=str)]
    return pd.DataFrame(rows, columns=[*key, "wrong"], dtype="object")


@rule(
    "derived-inconsistencies",
    "The pairs that cannot both hold are those that the claims give.",
    table="inconsistencies",
    columns=["claim_id", "other_claim_id"],
    message="{wrong}; run `make build`",
)
def inconsistencies_unlike_claims(tables: Tables) -> Any:
    computed = inconsistencies(tables["casualty_claims"], tables["claim_relations"], tables["documents"])
    return _unlike(tables, "inconsistencies", plain_rows(computed))


@rule(
    "derived-vocabularies",
    "The vocabularies are those of the schemas.",
    table="vocabularies",
    columns=["term"],
    message="{wrong}; run `make build`",
)
def vocabularies_unlike_schemas(tables: Tables) -> Any:
    return _unlike(tables, "vocabularies", (row for vocabulary in VOCABULARIES.values() for row in vocabulary.rows()))


@rule(
    "derived-vague-terms",
    "The vague terms are those of the schemas.",
    table="vague_terms",
    columns=["vague_term"],
    message="{wrong}; run `make build`",
)
def vague_terms_unlike_schemas(tables: Tables) -> Any:
    return _unlike(
        tables, "vague_terms", ({"vague_term": term, **vars(meaning)} for term, meaning in VAGUE_TERMS.items())
    )
