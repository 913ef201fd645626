"""The table of pages: address, method, rule and handler. No rule, no route."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from web.asked import Answer, Asked
from web.rules import Rule

Handler = Callable[[Asked], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """One page: `path` in the framework's notation, ``/p/{code}``."""

    method: str
    path: str
    rule: Rule
    handler: Handler


@dataclass
class Routes:
    """The pages of one module."""

    found: list[Route] = field(default_factory=list)

    def get(self, path: str, rule: Rule) -> Callable[[Handler], Handler]:
        """Register a page that is looked at."""
        return self._add("GET", path, rule)

    def post(self, path: str, rule: Rule) -> Callable[[Handler], Handler]:
        """Register a form that is sent; its token is checked before the handler runs."""
        return self._add("POST", path, rule)

    def _add(self, method: str, path: str, rule: Rule) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            self.found.append(Route(method, path, must_be_rule(path, rule), handler))
            return handler

        return keep

    def __iter__(self) -> Iterator[Route]:
        return iter(self.found)


def must_be_rule(path: str, rule: object) -> Rule:
    """Return the rule of a route; what has none must stop the start, not be open to everybody.

    Raises:
        TypeError: it is none of the rules.
    """
    if not isinstance(rule, Rule):
        raise TypeError(f"{path}: a route needs a rule of web.rules.Rule, not {rule!r}")
    return rule
