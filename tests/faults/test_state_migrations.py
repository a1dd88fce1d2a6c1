"""Random migrations from every older version keep every row, and one that fails changes nothing."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable

import pytest

from reader.state.schema import MIGRATIONS, Migration, migrate, version

Rows = dict[str, list[dict[str, object]]]


def rows(connection: sqlite3.Connection) -> Rows:
    """Every row of every table by column, so that the order of columns does not matter."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    held: Rows = {}
    for (name,) in names:
        cursor = connection.execute(f'SELECT * FROM "{name}"')
        columns = [each[0] for each in cursor.description]
        held[name] = sorted((dict(zip(columns, row, strict=True)) for row in cursor), key=repr)
    return held


def random_migrations(chance: random.Random) -> list[Migration]:
    """The real ones, followed by up to four that add, rename and copy tables and columns."""
    made: list[Migration] = list(MIGRATIONS)
    tables = ["mark", "note", "search", "decision"]
    for number in range(chance.randint(1, 4)):
        table = chance.choice(tables)
        match chance.randrange(4):
            case 0:
                made.append(
                    _running(f"ALTER TABLE {table} ADD COLUMN extra{number} TEXT NOT NULL DEFAULT 'x'")
                )
            case 1:
                made.append(_running(f"CREATE TABLE more{number} AS SELECT * FROM {table}"))
            case 2:
                made.append(_running(f"ALTER TABLE {table} RENAME TO {table}{number}"))
                tables[tables.index(table)] = f"{table}{number}"
            case _:
                made.append(
                    _running(
                        f"CREATE TABLE kept{number} AS SELECT * FROM {table}",
                        f"DROP TABLE {table}",
                        f"ALTER TABLE kept{number} RENAME TO {table}",
                    )
                )
    return made


def _running(*statements: str) -> Migration:
    def migration(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return migration


def filled(chance: random.Random, migrations: list[Migration]) -> sqlite3.Connection:
    """A database of a version with a few rows of any text."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, migrations)

    def word() -> str:
        return "".join(chance.choices("aé漢 \"';%\n", k=chance.randint(0, 9))) + str(chance.random())

    connection.execute("INSERT INTO library (key, sum) VALUES ('x', 0)")
    for _ in range(chance.randint(0, 8)):
        connection.execute("INSERT INTO mark VALUES (1, ?, ?, ?)", (word(), word(), word()))
        connection.execute("INSERT INTO note VALUES (1, ?, ?, ?, ?, ?)", [word() for _ in range(5)])
        connection.execute("INSERT INTO search VALUES (1, ?, ?, ?)", (word(), word(), word()))
    return connection


def contents(held: Rows) -> list[str]:
    """Every cell of every row wherever it went, but for the version."""
    return sorted(
        {
            repr(cell)
            for name, each in held.items()
            if name != "about"
            for row in each
            for cell in row.values()
        }
    )


def run_one(number: int) -> None:
    chance = random.Random(number)
    migrations = random_migrations(chance)
    older = chance.randint(1, len(migrations) - 1)
    connection = filled(chance, migrations[:1])
    migrate(connection, migrations[:older])
    before = rows(connection)

    fails_at = chance.randint(older, len(migrations) - 1)
    with pytest.raises(sqlite3.OperationalError):
        migrate(
            connection, [*migrations[:fails_at], _failing(migrations[fails_at]), *migrations[fails_at + 1 :]]
        )
    assert (version(connection), rows(connection)) == (older, before)

    assert migrate(connection, migrations) == older
    after = rows(connection)
    assert version(connection) == len(migrations)
    assert after["about"] == [{"version": len(migrations)}]
    assert set(contents(before)) <= set(contents(after))
    connection.close()


def _failing(migration: Migration) -> Migration:
    def failing(connection: sqlite3.Connection) -> None:
        migration(connection)
        connection.execute("INSERT INTO there_is_no_such_table VALUES (1)")

    return failing


@pytest.mark.parametrize(
    "count", [pytest.param(100, marks=pytest.mark.quick), pytest.param(2_000, marks=pytest.mark.full)]
)
def test_random_migrations_keep_every_row_or_change_nothing(count: int) -> None:
    repeat(run_one, count)


def repeat(work: Callable[[int], None], count: int) -> None:
    for number in range(count):
        work(number)
