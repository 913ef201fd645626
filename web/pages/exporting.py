"""Taking what a query finds out of the house, as a table or as it is hashed; recorded each time."""

import csv
import io
from http import HTTPStatus

from engine.core.events import Entry
from templates.workbook import BOM, safe
from web.asked import Answer, Asked, File
from web.pages.audit import page
from web.routes import Routes
from web.rules import Rule
from web.scope import chosen_of, search_of
from web.trail import Lines

ROUTES = Routes()
MOST = 50_000
"""Entries in one file; a spreadsheet holds more, but nobody reads them."""

HEADS = ("stream", "seq", "at", "on", "kind", "what", "post", "who", "org", "outcome", "facts")


@ROUTES.post("/audit/export.csv", Rule.TRAIL)
def table(asked: Asked) -> Answer:
    """Return what the query finds as a table for a spreadsheet, oldest first."""
    found = _taken(asked, "csv")
    if isinstance(found, str):
        return page(asked, found, HTTPStatus.UNPROCESSABLE_ENTITY)
    held, words = io.StringIO(), Lines(asked)
    writer = csv.writer(held)
    writer.writerow([asked.say.say(f"audit.head_{key}") for key in HEADS])
    for one in found:
        shown = words.line(one)
        cells = (
            one.stream, one.seq, shown.at.isoformat(timespec="seconds"), one.effective_on,
            one.kind, shown.what, one.post, shown.who, one.org, one.outcome, shown.facts,
        )  # fmt: skip
        writer.writerow([safe(str(cell)) for cell in cells])
    return File(BOM + held.getvalue(), "text/csv; charset=utf-8", "audit.csv")


@ROUTES.post("/audit/export.jsonl", Rule.TRAIL)
def lines(asked: Asked) -> Answer:
    """Return the canonical text of what the query finds, a line each, oldest first."""
    found = _taken(asked, "jsonl")
    if isinstance(found, str):
        return page(asked, found, HTTPStatus.UNPROCESSABLE_ENTITY)
    text = "".join(f"{one.canon}\n" for one in found)
    return File(text, "application/x-ndjson; charset=utf-8", "audit.jsonl")


def _taken(asked: Asked, form: str) -> list[Entry] | str:
    """Return the entries found, the export recorded; or why they are not handed out."""
    found = asked.site.desk.audit.log(search_of(asked), limit=MOST)
    if found.total > MOST:
        return asked.say.say("audit.too_many_to_export", n=found.total, most=MOST)
    actor, query = asked.visitor.actor(), chosen_of(asked)
    asked.site.desk.exports.record(actor, form, query, found.total)
    return found.entries
