"""What must hold across rows and tables: a registry of rules that run alike on every engine.

    for finding in check(tables):          # name -> typed pandas, Polars, DuckDB or PySpark frame
        print(finding.rule, finding.table, finding.key, finding.column, finding.message)

One module for each group; importing it registers its rules.
"""

from schemas.rules import (
    cells,
    coherence,
    dates,
    derived,
    echoes,
    keys,
    ledger,
    parts,
    places,
    privacy,
    provenance,
    quantities,
    use,
)
from schemas.rules.parts import partition_gaps
from schemas.rules.registry import RULES, Finding, Rule, Tables, check, empty_tables
from schemas.rules.use import unused_terms

GROUPS = (keys, provenance, quantities, dates, places, parts, echoes, ledger, privacy, cells, use, coherence, derived)

__all__ = ["GROUPS", "RULES", "Finding", "Rule", "Tables", "check", "empty_tables", "partition_gaps", "unused_terms"]
