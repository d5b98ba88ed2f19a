"""A statement for the page that is read most: written with SQLAlchemy, compiled once, run by the database's driver.

SQLAlchemy's own execution costs such a page a third of its time. What is given up for that: columns come as the driver
gives them, so only numbers, texts and truth values may be selected, and an error is the driver's own.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect, Engine, Select


class PreparedStatement:
    """A SELECT of at most one row, its parameters given by name."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, dict[str, Callable[[Any], Any]]]] = {}
        self._names = tuple(str(column.key) for column in statement.selected_columns)

    def one_or_none(self, engine: Engine, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the row as a mapping of column names to values, or None; raise KeyError where a parameter is missing.

        It reads outside the request's session and transaction, and so sees what has been committed.
        """
        text, converters = self._compiled.get(engine.dialect.name) or self._compile(engine.dialect)
        values = {name: convert(parameters[name]) for name, convert in converters.items()}
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(text, values)
            row = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()  # back to the pool
        return None if row is None else dict(zip(self._names, row, strict=True))

    def _compile(self, dialect: Dialect) -> tuple[str, dict[str, Callable[[Any], Any]]]:
        dialect_class: Any = type(dialect)
        by_name: Dialect = dialect_class(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled = self._statement.compile(dialect=by_name)
        converters: dict[str, Callable[[Any], Any]] = {
            name: bound.type.dialect_impl(by_name).bind_processor(by_name) or _unchanged
            for name, bound in compiled.binds.items()
        }
        self._compiled[dialect.name] = str(compiled), converters
        return self._compiled[dialect.name]


def _unchanged(value: Any) -> Any:
    return value
