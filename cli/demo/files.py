"""What a demonstration leaves in its folder: charts, notices, the trail, data, a start page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli import output
from cli.demo.board import board
from cli.demo.folder import DATABASE, NOTICES
from cli.demo.play import Played
from cli.verdicts import ROOT_SHOWN
from engine.core.deadlines import local_day
from engine.core.directory import Directory
from engine.services.proof import Verdict
from engine.storage.ledger import Search
from templates.notice import LETTERS
from templates.pages import FileLink, NoticeLink, notice_index, start_page
from templates.wall import wall_html, wall_svg
from templates.words import Words
from web import chart

FILES = (
    ("wall.html", "wall"), ("wall.svg", "drawing"), (f"{NOTICES}/index.html", "notices"),
    ("board.json", "board"), ("trail.jsonl", "trail"), ("checkpoint.json", "checkpoint"),
)  # fmt: skip
"""The files beside the start page, and where the texts say what each is."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A demonstration about to be written down."""

    played: Played
    say: Words
    folder: Path
    verdict: Verdict

    @property
    def title(self) -> str:
        """The name of the programme."""
        return self.played.plan.programme.name

    @property
    def trail(self) -> str:
        """Size and root of the trail, as they are printed."""
        root = self.verdict.root[:ROOT_SHOWN]
        return self.say.say("demo.root", entries=self.verdict.entries, root=root)

    def write(self, name: str, text: str) -> None:
        """Write one file of the folder."""
        output.write(self.folder / name, text)


def leave(leaving: Leaving) -> list[FileLink]:
    """Write every file and return what they are, the start page first."""
    _charts(leaving)
    n = _notices(leaving)
    _data(leaving)
    links = [_link(leaving, name, key, n) for name, key in FILES]
    _start(leaving, links)
    database = _link(leaving, DATABASE, "database", n)
    return [_link(leaving, "index.html", "start", n), *links, database]


def _link(leaving: Leaving, name: str, key: str, n: int) -> FileLink:
    say, entries = leaving.say.say, leaving.verdict.entries
    title = say(f"demo.file.{key}.title")
    return FileLink(href=name, title=title, note=say(f"demo.file.{key}.note", n=n, entries=entries))


def _charts(leaving: Leaving) -> None:
    played, say = leaving.played, leaving.say
    rows = played.desk.queries.board()
    wall = chart.wall(played.desk, say, played.on, rows, simulated=True, trail=leaving.trail)
    leaving.write("wall.svg", wall_svg(wall, say.locale))
    leaving.write("wall.html", wall_html(wall, say.locale))


def _data(leaving: Leaving) -> None:
    desk = leaving.played.desk
    leaving.write("board.json", f"{output.dumped(board(leaving.played))}\n")
    leaving.write("checkpoint.json", f"{output.dumped(desk.proof.checkpoint())}\n")
    leaving.write("trail.jsonl", "".join(f"{text}\n" for text in desk.audit.export(Search())))


def _notices(leaving: Leaving) -> int:
    """Write every notice that is to be sent as text and as a page, and the list of them."""
    played = leaving.played
    (leaving.folder / NOTICES).mkdir(exist_ok=True)
    rows = played.desk.queries.notices(status="ready")
    with played.desk.house.database.read() as cursor:
        directory = played.desk.house.directory(cursor)
    for row in rows:
        leaving.write(f"{NOTICES}/{_stem(row)}.txt", row["body"])
        leaving.write(f"{NOTICES}/{_stem(row)}.html", row["page"])
    page = notice_index(
        _links(leaving, rows, directory), title=leaving.title, on=played.on,
        locale=leaving.say.locale, home="../index.html", simulated=True, trail=leaving.trail,
    )  # fmt: skip
    leaving.write(f"{NOTICES}/index.html", page)
    return len(rows)


def _stem(row: dict[str, Any]) -> str:
    return f"{row['stream'].partition(':')[2]}-{row['n']:03}-{row['rung']}"


def _links(
    leaving: Leaving, rows: list[dict[str, Any]], directory: Directory
) -> Iterator[NoticeLink]:
    workflow = leaving.played.workflow
    ladder = [rung.key for held in workflow.ladders.values() for rung in held.rungs]
    for row in sorted(rows, key=lambda row: (ladder.index(row["rung"]), row["created_at"])):
        yield NoticeLink(
            rung=leaving.say.name(workflow, "rung", row["rung"]), subject=row["subject"],
            to=_addressee(leaving.say, row, directory),
            on=local_day(row["created_at"], workflow.timezone), href=f"{_stem(row)}.html",
            text_href=f"{_stem(row)}.txt", is_draft=row["template"] in LETTERS,
        )  # fmt: skip


def _addressee(say: Words, row: dict[str, Any], directory: Directory) -> str:
    post = directory.posts.get(row["post"])
    org = directory.org_name(row["org"])
    return say.say("demo.to", org=org, post=post.name if post else row["post"])


def _start(leaving: Leaving, links: list[FileLink]) -> None:
    page = start_page(
        links, title=leaving.title, on=leaving.played.on, locale=leaving.say.locale,
        lead=leaving.say.say("demo.lead"), simulated=True, trail=leaving.trail,
    )  # fmt: skip
    leaving.write("index.html", page)
