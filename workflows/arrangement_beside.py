"""An arrangement held against what is on record already: its day, its org, what it repeats."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core.arrangements import COUNTRY, Arrangement
from workflows.faults import Faults
from workflows.read_nodes import Node


@dataclass(frozen=True, slots=True)
class Beside:
    """What an arrangement stands beside: the office's day, what is on record, the register."""

    today: date
    known: tuple[Arrangement, ...]
    orgs: Collection[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says of itself; `region` and `amends` are None where nothing is written."""

    id: str
    region: str | None
    amends: str | None
    years: tuple[int, ...]
    published_on: date | None


def check_beside(found: Mapping[str, Node], claim: Claim, beside: Beside, faults: Faults) -> None:
    """Note what a file says against the day, the register, or what was published before."""
    if claim.published_on is not None and claim.published_on > beside.today:
        message = (
            f"{claim.published_on} is later than today, {beside.today}; import it from then on"
        )
        faults.add(found["published_on"], "published_on", message)
    if claim.region and claim.region not in (COUNTRY, *beside.orgs):
        faults.unknown(found["region"], "region", "org", claim.region, [COUNTRY, *beside.orgs])
    others = [each for each in beside.known if each.id != claim.id]
    if claim.amends is not None:
        _check_amended(found["amends"], claim, others, faults)
    elif claim.region == COUNTRY:
        _check_years(found, claim, others, faults)


def _check_amended(node: Node, claim: Claim, others: Iterable[Arrangement], faults: Faults) -> None:
    held = {each.id: each for each in others}
    amended = held.get(claim.amends or "")
    if amended is None:
        faults.unknown(node, "amends", "arrangement", claim.amends or "", held)
    elif amended.region != claim.region:
        message = f"{amended.id} is of {amended.region}; a paper amends one of its own region"
        faults.add(node, "amends", message)


def _check_years(
    found: Mapping[str, Node], claim: Claim, others: Iterable[Arrangement], faults: Faults
) -> None:
    """A year has one notice of its own: a second one would change days that were reckoned with."""
    for each in others:
        for year in sorted(set(each.settles) & set(claim.years)):
            right = f"what changes it is an amendment: write amends: {each.id}"
            faults.add(found["years"], "years", f"{year} is arranged by {each.id} already; {right}")
