"""The options that verbs share, each declared once; what they are for stands in the catalogues."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated

import typer

from cli.forms import day, moment, whole


@dataclass(frozen=True, slots=True)
class Alone:
    """What a verb is told that shares no options with others: nothing."""


@dataclass(frozen=True, slots=True)
class Reading(Alone):
    """What every verb that reads a database may be told. `at` pretends that it is that moment."""

    db: Annotated[str | None, typer.Option("--db", "--url", metavar="URL")] = None
    at: Annotated[datetime | None, typer.Option("--at", metavar="ISO", parser=moment)] = None
    as_json: Annotated[bool, typer.Option("--json")] = False


@dataclass(frozen=True, slots=True)
class Asking(Reading):
    """What verbs may be told whose answer depends on who asks, and for which day."""

    post: Annotated[str | None, typer.Option("--as", metavar="POST")] = None
    person: Annotated[str | None, typer.Option("--person", metavar="NAME")] = None
    on_behalf: Annotated[str | None, typer.Option("--on-behalf", metavar="ORG")] = None
    on: Annotated[date | None, typer.Option("--on", metavar="DATE", parser=day)] = None


@dataclass(frozen=True, slots=True)
class Acting(Asking):
    """What every verb that changes something may be told besides."""

    expect_version: Annotated[
        int | None, typer.Option("--expect-version", metavar="N", parser=whole)
    ] = None
    key: Annotated[str | None, typer.Option("--key", metavar="KEY")] = None
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False


COMMON = frozenset(field.name for field in fields(Acting)) | {"help"}
"""The names of the options that verbs share."""

Code = Annotated[str, typer.Argument(metavar="CODE")]
Codes = Annotated[str, typer.Argument(metavar="CODE[,CODE]")]
TaskName = Annotated[str, typer.Argument(metavar="TASK")]
Party = Annotated[str, typer.Argument(metavar="PARTY")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT")]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT")]
Period = Annotated[str | None, typer.Option("--period", metavar="PERIOD")]
Ref = Annotated[str | None, typer.Option("--ref", metavar="REF")]
DocNo = Annotated[str | None, typer.Option("--doc-no", metavar="NO")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT")]
File = Annotated[str | None, typer.Option("--file", metavar="FILE")]
Data = Annotated[list[str] | None, typer.Option("--data", metavar="NAME=VALUE")]
Days = Annotated[int | None, typer.Option("--days", metavar="N", parser=whole)]
Wave = Annotated[str | None, typer.Option("--wave", metavar="WAVE")]
Project = Annotated[str | None, typer.Option("--project", metavar="CODE")]
Day = Annotated[date | None, typer.Option("--on", metavar="DATE", parser=day)]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", parser=whole)]
