"""Forms of a page, read as a browser without scripts reads them."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient

Response = Any


@dataclass(frozen=True)
class Form:
    """One form: where it goes, what it holds before anything is typed, and its buttons."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()
    typed: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **typed: str | list[str]) -> "Form":
        """Return the form with something typed; names with a dot are given with ``__``."""
        named = {name.replace("__", "."): given for name, given in typed.items()}
        unknown = set(named) - set(self.fields) - {name for name, _ in self.buttons}
        assert not unknown, f"the form has no field {unknown}; it has {self.fields}"
        lists = {name: [v] if isinstance(v, str) else v for name, v in named.items()}
        return replace(self, typed={**self.typed, **lists})

    def sent(self, client: TestClient, button: str | None = None) -> Response:
        """Send the form by the button of a value, by its first one when None."""
        data: dict[str, Any] = {**self.values, **self.typed}
        pressed = [pair for pair in self.buttons if button in (None, pair[1])]
        assert pressed, f"no button {button!r} among {self.buttons}"
        if pressed[0][0]:
            data[pressed[0][0]] = pressed[0][1]
        return client.post(self.action, data=data)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self._here: dict[str, Any] | None = None
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._here = {
                "action": at.get("action", ""),
                "method": at.get("method", "get"),
                "values": {},
                "fields": [],
                "required": [],
                "choices": {},
                "buttons": [],
            }
            self.found.append(self._here)
        elif self._here is not None and tag in ("input", "textarea", "select", "button", "option"):
            self._take(tag, at)

    def _take(self, tag: str, at: dict[str, str]) -> None:
        assert self._here is not None
        name = at.get("name", "")
        if tag == "option":
            if self._select:
                self._here["choices"].setdefault(self._select, []).append(at.get("value"))
            return
        if tag == "button":
            if at.get("type") != "button":
                self._here["buttons"].append((name, at.get("value", "")))
            return
        self._here["fields"].append(name)
        if "required" in at:
            self._here["required"].append(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._here["values"][name] = ""
        elif at.get("type") not in ("checkbox", "radio", "file") or "checked" in at:
            self._here["values"][name] = at.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._here is not None:
            self._here["values"][self._area] += data
        elif self._select and self._here is not None and data.strip():
            options = self._here["choices"].get(self._select)
            if options and options[-1] is None:
                options[-1] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._here = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None


def forms_of(page: str) -> list[Form]:
    """Return every form of a page, in its order."""
    reader = _Reader()
    reader.feed(page)
    return [
        Form(
            one["action"], one["method"], one["values"], tuple(one["fields"]),
            tuple(one["required"]),
            {name: tuple(given) for name, given in one["choices"].items()},
            tuple(one["buttons"]),
        )
        for one in reader.found
    ]  # fmt: skip
