"""Domain errors: what a service raises when a rule says no. Views and `elearning.web.errors` put them into words."""

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the domain was not met.

    `code` is stable and names the rule, for example `email-taken`; `values` fill the sentence that explains it.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values: Mapping[str, str | int] = values


class NotFoundError(DomainError):
    """What was asked for does not exist, or lies outside the asker's scope: the two look alike from outside."""


class ConflictError(DomainError):
    """The request is well formed but the state of the record forbids it: an attempt already ended, say."""
