"""Style, script and icons: named by their content, so that a browser may keep them for ever."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the desk's own, with its address."""

    href: str
    body: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file by its name."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in TYPES:
            body = path.read_bytes()
            digest = hashlib.sha256(body).hexdigest()[:12]
            found[path.name] = Asset(f"/static/{digest}/{path.name}", body, TYPES[path.suffix])
    return found
