"""The table of the API: method, address, rule, scope, types and handler. No rule, no operation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from bootstrap import Desk
from engine.services.tokens import SCOPES
from engine.storage.tokens import Token
from templates.words import Words
from web.rules import Rule
from web.site import Site
from web.visitor import Caller


@dataclass(frozen=True, slots=True)
class Bearer(Caller):
    """A program that speaks for a person, by a token."""

    channel: ClassVar[str] = "api"
    token: Token


@dataclass(frozen=True, slots=True)
class Nothing:
    """No parameters."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `query` and `body` are values of the operation's types.

    `key` is the Idempotency-Key, `version` the number of If-Match; None where not sent.
    """

    site: Site
    say: Words
    at: Mapping[str, str]
    query: Any
    body: Any
    bearer: Bearer
    key: str | None = None
    version: int | None = None

    @property
    def desk(self) -> Desk:
        """The services."""
        return self.site.desk

    @property
    def org(self) -> str:
        """The org whose projects, and those below it, may be seen."""
        return self.bearer.org

    @property
    def today(self) -> date:
        """The office's day."""
        return self.desk.queries.today(self.site.timezone)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: a value of the operation's type, with the version for an ETag."""

    value: object
    version: int | None = None


Handler = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `key` is its id, and names its texts and examples.

    `takes` is the type of its body, `answers` that of its answer: text/SVG where it is None.
    What is not `of_project` knows neither Idempotency-Key nor If-Match.
    """

    key: str
    method: str
    path: str
    rule: Rule
    scope: str
    handler: Handler
    answers: Any
    query: Any = Nothing
    takes: Any = None
    status: int = 200
    verb: str | None = None
    of_project: bool = True

    def __post_init__(self) -> None:
        """Hold the rule of the house: what nobody allowed is not served.

        Raises:
            ValueError: there is no such rule or scope, or nothing is asked of the caller.
        """
        if Rule(self.rule) in (Rule.OPEN, Rule.SIMULATED) or self.scope not in SCOPES:
            raise ValueError(f"{self.method} {self.path}: {self.rule!r} {self.scope!r} is no rule")


@dataclass
class Operations:
    """The operations of one module."""

    found: list[Operation] = field(default_factory=list)

    def get(
        self, key: str, path: str, answers: Any, query: Any = Nothing, rule: Rule = Rule.SIGNED_IN
    ) -> Callable[[Handler], Handler]:
        """Register an operation that reads."""

        def keep(handler: Handler) -> Handler:
            one = Operation(key, "GET", path, rule, "read", handler, answers, query)
            self.found.append(one)
            return handler

        return keep

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.found)
