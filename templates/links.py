"""Links that a page of ours may carry: to a place of the same house, never to another host."""

import re
from urllib.parse import urlsplit

from engine.core.errors import UsageError

PLAIN = re.compile(r"/(?!/)[A-Za-z0-9_./-]*")
"""A path of our own that needs no reading: a wall has one in every row."""


def local(href: str) -> str:
    """Return a link that stays in the house.

    Raises:
        UsageError: the link names a scheme or a host.
    """
    if PLAIN.fullmatch(href):
        return href
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.lstrip().startswith(("//", "\\")):
        raise UsageError(f"link {href!r} leaves the house; give a path", "link_outside", found=href)
    return href
