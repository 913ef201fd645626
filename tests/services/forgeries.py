"""Every single-handed forgery, with what the proof must say of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.storage.database import Database
from tests.services.forging import DENIED, EDITED, STREAM, edit_body, edit_text, entries
from tests.storage.tampering import change

HERE = f"stream = '{STREAM}'"
TICK = 6
"""The entry that caused the first notice."""

LATE = "2017-08-31T01:00:00.000001Z"
Forge = Callable[[Database], None]


class Forgery(NamedTuple):
    """A forger, and the break that names what was done; number 0 stands for any entry."""

    forge: Forge
    code: str
    detail: str = ""
    seq: int = 0
    stream: str = STREAM


def sql(statement: str, *values: Any) -> Forge:
    """Return a forger who runs one statement."""
    return lambda database: change(database, statement, values)


def text(seq: int, new: str) -> Forgery:
    """Put another text in place of an entry's."""
    return Forgery(lambda database: edit_text(database, seq, new), "leaf", seq=seq)


def reason(database: Database) -> None:
    """Change a word of an entry."""
    edit_body(database, EDITED, reason="另一个理由")


def swap(database: Database) -> None:
    """Exchange the texts of two entries."""
    texts = dict(entries(database))
    edit_text(database, 3, texts[4])
    edit_text(database, 4, texts[3])


def gone(which: str, code: str, seq: int) -> Forgery:
    """Delete entries."""
    return Forgery(sql(f"DELETE FROM event WHERE {HERE} AND {which}"), code, seq=seq)


def shown(column: str, value: str, name: str | None = None, seq: int = EDITED) -> Forgery:
    """Change what a list shows of an entry."""
    forge = sql(f"UPDATE event SET {column} = ? WHERE {HERE} AND seq = {seq}", value)
    return Forgery(forge, "column", name or column, seq)


def row(statement: str, detail: str, stream: str = STREAM) -> Forgery:
    """Change a row of a state table behind the trail's back."""
    return Forgery(sql(statement), "rows", detail, DENIED if stream == STREAM else 0, stream)


def notice(setting: str, detail: str = "rung:") -> Forgery:
    """Change a notice."""
    forge = sql(f"UPDATE notice SET {setting} WHERE {HERE} AND n = 1")
    return Forgery(forge, "notice", detail, TICK)


def head(setting: str, code: str = "head") -> Forgery:
    """Change what a stream says of itself."""
    return Forgery(sql(f"UPDATE stream SET {setting} WHERE id = '{STREAM}'"), code, seq=DENIED)


OF_THE_TRAIL = {
    "a word of an entry": Forgery(reason, "leaf", seq=EDITED),
    "an entry made unreadable": text(EDITED, "garbage"),
    "an entry made a list": text(EDITED, "[1,2]"),
    "an entry emptied": text(EDITED, "{}"),
    "two entries exchanged": Forgery(swap, "leaf", seq=3),
    "a leaf": Forgery(
        sql(f"UPDATE event SET leaf = chain WHERE {HERE} AND seq = 5"), "leaf", seq=5
    ),
    "a link": Forgery(
        sql(f"UPDATE event SET chain = leaf WHERE {HERE} AND seq = 5"), "chain", seq=5
    ),
    "a middle entry deleted": gone(f"seq = {EDITED}", "number", EDITED + 1),
    "the first entry deleted": gone("seq = 1", "number", 2),
    "the last entry deleted": gone(f"seq = {DENIED}", "head", DENIED - 1),
    "every entry deleted": gone("seq > 0", "head", 0),
    "who": shown("actor", "somebody"),
    "which post": shown("post", "R12"),
    "which unit": shown("org", "O02"),
    "what": shown("deed", "roadmap"),
    "which kind": shown("kind", "clock.ticked"),
    "whether it was refused": shown("outcome", "ok", seq=DENIED),
    "when it happened": shown("effective_on", "2017-08-30"),
    "when it was recorded": shown("recorded_at", LATE, "at"),
    "the version of a project": head("version = 1", "version"),
    "the number of a stream": head("seq = 99"),
    "the head of a stream": Forgery(
        sql(f"UPDATE stream SET head = ? WHERE id = '{STREAM}'", b"\x00" * 32), "head", seq=DENIED
    ),
    "the kind of a stream": head("kind = 'register'", "rows"),
    "a kind that there is not": head("kind = 'nothing'", "replay"),
    "the last moment of a stream": head(f"at = '{LATE}'"),
    "the identity of the house": Forgery(
        sql("UPDATE house SET value = 'another' WHERE key = 'identity'"), "chain", seq=1
    ),
}

OF_THE_ROWS = {
    "the stage of a project": row(
        "UPDATE project SET stage = 'approval' WHERE code = 'P01'", "project 1"
    ),
    "a due day": row(f"UPDATE task SET due = '2018-12-31' WHERE {HERE} AND key = 'plan'", "task"),
    "a next moment put out": row(
        f"UPDATE task SET next_at = NULL WHERE {HERE} AND key = 'plan'", "task"
    ),
    "a document number": row(f"UPDATE part SET doc_no = '丁' WHERE {HERE} AND n = 2", "part 2"),
    "a row taken away": row(f"DELETE FROM part WHERE {HERE} AND n = 2", "part 2"),
    "a row slipped in": row(
        f"INSERT INTO party (stream, n, name, org) VALUES ('{STREAM}', 99, 'agency', 'A01')",
        "party 99",
    ),
    "a project in a stream that has none": row(
        "INSERT INTO project (stream, n, workflow, digest, code, name, stage, standing, visit)"
        " VALUES ('register', 1, 'pilot_project', 'x', 'P98', '假', 'plan', 'active', 1)",
        "project", "register",
    ),
    "a post in a project's stream": Forgery(
        sql(
            "INSERT INTO post (stream, n, code, org, name, roles)"
            f" VALUES ('{STREAM}', 1, 'X', 'O01', 'X', '')"
        ),
        "rows", "post",
    ),
    "a role of a post": row(
        "UPDATE post SET roles = 'city_lead' WHERE code = 'R51'", "post", "register"
    ),
    "a published definition": row(
        "UPDATE published SET text = text || '#' WHERE key = 'pilot_project'",
        "published", "workflows",
    ),
    "a calendar": row("DELETE FROM published WHERE key = 'cn-2017.1'", "published", "calendars"),
}  # fmt: skip

OF_THE_NOTICES = {
    "the words of a notice": notice("body = '不急'"),
    "the subject of a notice": notice("subject = '-'"),
    "the page of a notice": notice("page = ''"),
    "whether a notice was told": notice("status = 'merged'"),
    "when a notice was told": notice(f"created_at = '{LATE}'"),
    "which rung a notice was": notice("rung = 'urge'"),
    "which entry a notice belongs to": notice("seq = 1"),
    "which unit a notice told": notice("org = 'O02'"),
    "whom a notice told": notice("post = 'R12'", "to R11"),
    "by which rule a notice found its post": notice("via = 'deputy'"),
    "whose place a notice was told in": notice("absent = 'R12'"),
    "a notice deleted": Forgery(
        sql(f"DELETE FROM notice WHERE {HERE} AND n = 1"), "notice", "rung:", TICK
    ),
    "a notice slipped in": Forgery(
        sql(
            "INSERT INTO notice (stream, n, seq, cause, post, org, via, role, template, status,"
            " locale, subject, body, page, created_at)"
            " SELECT stream, 99, seq, 'rung:1:9:urge', post, org, via, role, template, status,"
            " locale, subject, body, page, created_at FROM notice"
            f" WHERE {HERE} AND n = 1"
        ),
        "notice", "rung:1:9:urge",
    ),
}  # fmt: skip

FORGERIES = {**OF_THE_TRAIL, **OF_THE_ROWS, **OF_THE_NOTICES}
