"""One request of a browser as the pages see it, and what a page answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, QueryParams

from templates.words import Words
from web.site import Site
from web.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: who asks, for what, in which language. `at` holds the parts of the address."""

    site: Site
    say: Words
    path: str
    at: Mapping[str, str]
    query: QueryParams
    form: FormData
    guest: Visitor | None
    address: str
    text_size: str

    @property
    def visitor(self) -> Visitor:
        """The person signed in; only pages whose rule asks for one may look."""
        assert self.guest is not None  # the route's rule let nobody else in
        return self.guest

    def typed(self, name: str) -> str:
        """Return what was typed into a field, without blanks around it; empty when nothing."""
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to render: its template below ``pages/`` and the facts it names."""

    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """Go to another address of the desk after a change (303), so that nothing is sent twice.

    `token` is a new session's, an empty one ends the session; None leaves it as it is. `keep`
    are choices of a browser that nobody has signed in with.
    """

    to: str
    token: str | None = None
    keep: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file to look at or to keep; `policy` is its own content security policy.

    A `framed` one may stand inside a page of the desk.
    """

    body: str | bytes
    media_type: str
    name: str | None = None
    policy: str | None = None
    framed: bool = False


Answer = Page | Go | File
