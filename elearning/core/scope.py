"""Whose records a query may read. Every query on people's records takes a scope; there is no other way to ask."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, true


@dataclass(frozen=True)
class Scope:
    """A set of people. `everyone` is for the system itself (figures, recounts), never for a request."""

    person_ids: frozenset[int] = frozenset()
    everyone: bool = False

    @classmethod
    def of_person(cls, person_id: int) -> "Scope":
        """Return the scope of somebody who sees only what is theirs."""
        return cls(person_ids=frozenset({person_id}))

    @classmethod
    def of_system(cls) -> "Scope":
        """Return the scope of background work and commands."""
        return cls(everyone=True)

    def admits(self, person_column: Any) -> ColumnElement[bool]:
        """Return the SQL condition that keeps a query inside this scope."""
        if self.everyone:
            return true()
        if not self.person_ids:
            return false()
        if len(self.person_ids) == 1:
            condition: ColumnElement[bool] = person_column == next(iter(self.person_ids))
            return condition
        members: ColumnElement[bool] = person_column.in_(sorted(self.person_ids))
        return members
