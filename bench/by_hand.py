"""The same rows written by hand: plain DB-API statements, no engine, no checks, no refusals.

It does the job of an act as one would write it in an afternoon: read the stream's head, the
project and its open tasks, write down the entry as sorted JSON, link it to the chain, and write
entry, head and cells, exactly those the product wrote for the same act, in one durable
transaction. It decides nothing: what the rows become it is told.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

MARKS = {"sqlite": "?", "postgresql": "%s"}


class ByHand:
    """A hand-written writer on one DB-API connection."""

    def __init__(self, connection: Any, dialect: str) -> None:
        self._connection, self._mark = connection, MARKS[dialect]
        self._is_sqlite = dialect == "sqlite"

    def act(self, entry: dict[str, Any], notices: Sequence[Mapping[str, Any]] = ()) -> None:
        """Write one entry with its cells and the notices it causes, durably."""
        cursor = self._connection.cursor()
        if self._is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        stream = entry["stream"]
        head = self._head(cursor, stream)
        self._look(cursor, stream)
        canon = json.dumps(entry["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        leaf = hashlib.sha256(b"\x00" + canon.encode()).digest()
        chain = hashlib.sha256(b"\x02" + head + leaf).digest()
        self._write_head(cursor, entry, chain)
        columns = (*entry["columns"], canon, leaf, chain)
        self._run(cursor, f"INSERT INTO event VALUES ({self._marks(len(columns))})", columns)
        for cell in entry["cells"]:
            self._cell(cursor, stream, cell)
        for notice in notices:
            self._notice(cursor, notice)
        self._connection.commit()

    def _head(self, cursor: Any, stream: str) -> bytes:
        lock = "" if self._is_sqlite else " FOR UPDATE"
        self._run(cursor, f"SELECT head FROM stream WHERE id = {self._mark}{lock}", (stream,))
        row = cursor.fetchone()
        return bytes(row[0]) if row else b"\x00" * 32

    def _look(self, cursor: Any, stream: str) -> None:
        mark = self._mark
        self._run(cursor, f"SELECT * FROM project WHERE stream = {mark}", (stream,))
        cursor.fetchall()
        self._run(cursor, f"SELECT * FROM task WHERE stream = {mark}", (stream,))
        cursor.fetchall()

    def _write_head(self, cursor: Any, entry: dict[str, Any], chain: bytes) -> None:
        if entry["seq"] == 1:
            new = (entry["stream"], "project", 1, 1, chain, entry["columns"][2])
            self._run(cursor, f"INSERT INTO stream VALUES ({self._marks(6)})", new)
            return
        mark = self._mark
        named = ", ".join(f"{name}={mark}" for name in ("seq", "version", "head", "at"))
        values = (entry["seq"], entry["seq"], chain, entry["columns"][2], entry["stream"])
        self._run(cursor, f"UPDATE stream SET {named} WHERE id={mark}", values)

    def _cell(self, cursor: Any, stream: str, cell: dict[str, Any]) -> None:
        if "add" in cell:
            names = ["stream", "n", *cell["add"]]
            values = (stream, cell["n"], *cell["add"].values())
            quoted = ", ".join(f'"{name}"' for name in names)
            statement = f'INSERT INTO "{cell["t"]}" ({quoted}) VALUES ({self._marks(len(names))})'
            self._run(cursor, statement, values)
            return
        named = ", ".join(f'"{name}"={self._mark}' for name in cell["set"])
        statement = f'UPDATE "{cell["t"]}" SET {named} WHERE stream={self._mark} AND n={self._mark}'
        values = (*(new for _, new in cell["set"].values()), stream, cell["n"])
        self._run(cursor, statement, values)

    def _notice(self, cursor: Any, notice: Mapping[str, Any]) -> None:
        values = {**notice, "created_at": str(notice["created_at"])}
        names = ", ".join(f'"{name}"' for name in values)
        statement = f"INSERT INTO notice ({names}) VALUES ({self._marks(len(values))})"
        self._run(cursor, statement, tuple(values.values()))

    def _marks(self, count: int) -> str:
        return ", ".join([self._mark] * count)

    def _run(self, cursor: Any, statement: str, values: tuple[Any, ...]) -> None:
        cursor.execute(statement, values)


def as_told(entry: Any) -> dict[str, Any]:
    """Return what the hand-written writer needs of an entry of the trail."""
    body = json.loads(entry.canon)
    moment = entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    columns = (
        entry.stream, entry.seq, moment, entry.effective_on.isoformat(), entry.kind, entry.actor,
        entry.post, entry.org, entry.outcome, entry.deed,
    )  # fmt: skip
    return {
        "stream": entry.stream, "seq": entry.seq, "body": body, "columns": columns,
        "cells": body["cells"],
    }  # fmt: skip
