"""Documents that stand alone: the security policy that fits the style they bring with them."""

import re
from base64 import b64encode
from hashlib import sha256

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def styles_of(text: str) -> str:
    """Return a document's own style sheets as a security policy names them, by their digests."""
    digests = [sha256(one.encode()).digest() for one in STYLE.findall(text)]
    return " ".join(f"'sha256-{b64encode(one).decode()}'" for one in digests) or "'none'"
