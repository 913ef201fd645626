"""Guessing made slow: wrong sign-ins are counted in the database, by name and by address.

The address is that of the connection: what a header says about it is never believed.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.storage import desk_rows
from engine.storage.accounts import Knock
from engine.storage.database import Database

WINDOW = timedelta(minutes=15)
"""Wrong sign-ins older than this are forgotten, and a wait lasts as long."""

TRIES = 5
"""Wrong sign-ins under one name from one address."""

NAME_TRIES, ADDRESS_TRIES = 25, 50
"""Wrong sign-ins under one name from everywhere, and from one address under every name."""

SLOW_SECONDS = 2.0
"""How long a try takes under the name of a last administrator, who is never shut out by name."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A place where wrong sign-ins are counted, and how many of them it bears."""

    place: str
    tries: int


def limits(person: str, address: str) -> tuple[Limit, ...]:
    """Return where a wrong sign-in counts: at the name from this address first."""
    here = net(address)
    return (
        Limit(f"both:{here}:{person}", TRIES),
        Limit(f"name:{person}", NAME_TRIES),
        Limit(f"from:{here}", ADDRESS_TRIES),
    )


def net(address: str) -> str:
    """Return an address; of IPv6 the network that one line has, whose addresses cost nothing."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:  # the number of the protocol
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def waits(
    database: Database, cursor: Any, found: Sequence[Limit], now: datetime
) -> dict[str, datetime]:
    """Return the places that are shut now, and until when."""
    held = [desk_rows.row(database, cursor, Knock, place=limit.place) for limit in found]
    return {
        one.place: one.until for one in held if one and one.until is not None and now < one.until
    }


def missed(database: Database, cursor: Any, found: Sequence[Limit], now: datetime) -> int:
    """Count a wrong sign-in everywhere; return how many tries the first place still bears."""
    left = [_count(database, cursor, limit, now) for limit in found]
    return left[0]


def _count(database: Database, cursor: Any, limit: Limit, now: datetime) -> int:
    held = desk_rows.row(database, cursor, Knock, place=limit.place)
    is_stale = held is not None and now - held.since >= WINDOW
    n = 1 if held is None or is_stale else held.n + 1
    since = now if held is None or is_stale else held.since
    until = now + WINDOW if n >= limit.tries else None
    if held is None:
        desk_rows.add(database, cursor, Knock(limit.place, n, since, until))
    else:
        values = {"n": n, "since": since, "until": until}
        desk_rows.change(database, cursor, Knock, {"place": limit.place}, **values)
    return max(0, limit.tries - n)


def forget(database: Database, cursor: Any, found: Sequence[Limit]) -> None:
    """Forget what was counted under a name, after a right sign-in; an address keeps its count."""
    for limit in found:
        if not limit.place.startswith("from:"):
            desk_rows.remove(database, cursor, Knock, place=limit.place)
