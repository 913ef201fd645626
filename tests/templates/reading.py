"""Reading a page back: the text a person sees, and whether its marks are in order."""

import re
from html import unescape
from html.parser import HTMLParser

OFFLINE = re.compile(r"(?:src|href)=|https?://|<script|<link|<img|@import|url\(", re.IGNORECASE)
"""What a page of ours never holds: anything from another file or host."""


def visible(page: str) -> str:
    """Return the text of a page without its marks."""
    body = page.partition("<body>")[2]
    return unescape(re.sub(r"<[^>]+>", "", body))


class Balance(HTMLParser):
    """Checks that every element is closed in its turn."""

    VOID = frozenset({"meta", "hr", "br", "wbr", "path", "rect", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element that must be closed."""
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that the element closed is the last one opened."""
        if tag not in self.VOID:
            assert self.open.pop() == tag
