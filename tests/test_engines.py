"""The same rules find the same on pandas, Polars, DuckDB and PySpark."""

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pytest

from schemas.rules import RULES, Finding, check, partition_gaps
from schemas.rules.registry import plain_rows
from tests.engines import ENGINES
from tests.mutants import EXAMPLE, MUTANTS, Mutant
from tests.strategies import frame, frames


@cache
def _example_on(engine: str) -> dict[str, Any]:
    return {table: ENGINES[engine](frame(table, rows)) for table, rows in EXAMPLE.items()}


@pytest.fixture(scope="module", autouse=True)
def _forgotten_at_the_end() -> Iterator[None]:
    """DuckDB complains of relations that outlive it."""
    yield
    _example_on.cache_clear()
    gc.collect()


def findings_on(engine: str, mutant: Mutant) -> list[Finding]:
    """What the mutant's rule and those declared beside it find on an engine."""
    package = mutant.package()
    changed = {table: rows for table, rows in package.items() if rows != EXAMPLE[table]}
    tables = {**_example_on(engine), **{table: ENGINES[engine](frame(table, rows)) for table, rows in changed.items()}}
    return check(tables, [mutant.rule, *sorted(mutant.also)])


@pytest.mark.parametrize("rule_id", list(RULES))
def test_every_rule_finds_the_same_on_every_engine(rule_id: str) -> None:
    """Catch a rule that depends on how an engine treats missing cells, dates or case."""
    for mutant in (mutant for mutant in MUTANTS if mutant.rule == rule_id):
        on_pandas, *others = (findings_on(engine, mutant) for engine in ENGINES)
        assert rule_id in {finding.rule for finding in on_pandas}
        for engine, found in zip(list(ENGINES)[1:], others, strict=True):
            assert found == on_pandas, engine


@pytest.mark.parametrize("engine", ENGINES)
def test_the_example_breaks_no_rule_on_any_engine(engine: str) -> None:
    """Catch a rule that is silent on one engine and not on another."""
    assert check(_example_on(engine)) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_partitions_are_summed_alike(engine: str) -> None:
    """Catch a sum that an engine types differently."""
    tables = dict(_example_on(engine))
    relations = frame(
        "claim_relations", [row for row in EXAMPLE["claim_relations"] if not row["claim_id"].endswith("-c04")]
    )
    gaps = plain_rows(partition_gaps({**tables, "claim_relations": ENGINES[engine](relations)}))
    assert [row["difference"] for row in gaps] == [135]


# PySpark starts a Java machine and plans each query for long: one mutant of each rule, when asked for.


@pytest.fixture(scope="session")
def spark() -> Any:
    """A local Spark session."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: `uv pip sync requirements-spark.lock`")
    session = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "1")
    session = session.config("spark.ui.enabled", "false").config("spark.default.parallelism", "1").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


_SPARK_TYPES = {"string": "string", "Int64": "bigint", "Float64": "double", "boolean": "boolean"}


def to_spark(session: Any, table: pd.DataFrame) -> Any:
    """A Spark frame of the same types."""
    schema = ", ".join(f"`{name}` {_SPARK_TYPES.get(str(dtype), 'date')}" for name, dtype in table.dtypes.items())
    return session.createDataFrame([tuple(row.values()) for row in plain_rows(table)], schema)


@pytest.fixture(scope="session")
def example_on_spark(spark: Any) -> dict[str, Any]:
    """The example's tables, made once: making a frame takes longer than a rule."""
    return {name: to_spark(spark, table).cache() for name, table in frames(EXAMPLE).items()}


@pytest.mark.slow
@pytest.mark.parametrize("rule_id", list(RULES))
def test_every_rule_finds_the_same_on_pyspark(rule_id: str, spark: Any, example_on_spark: dict[str, Any]) -> None:
    """Catch a rule that PySpark cannot run, or answers otherwise."""
    mutant = next(mutant for mutant in MUTANTS if mutant.rule == rule_id)
    package = mutant.package()
    changed = {name: frame(name, rows) for name, rows in package.items() if rows != EXAMPLE[name]}
    on_spark = {**example_on_spark, **{name: to_spark(spark, table) for name, table in changed.items()}}
    assert check(on_spark, [rule_id]) == check(frames(package), [rule_id])
