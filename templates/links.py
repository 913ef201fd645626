"""Links that a page of ours may carry: to a place of the same house, never to another host."""

from urllib.parse import urlsplit

from engine.core.errors import UsageError


def local(href: str) -> str:
    """Return a link that stays in the house.

    Raises:
        UsageError: the link names a scheme or a host.
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.lstrip().startswith(("//", "\\")):
        raise UsageError(f"link {href!r} leaves the house; give a path", "link_outside", found=href)
    return href
