"""``shidian programme``: the programme, its waves and targets; importing one; the wall chart."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from cli import boards, coverage, needs_page, output, publishing, shapes
from cli.errors import WrongError
from cli.options import Day
from cli.session import Session
from cli.verb import Done, acts, branch, reads
from engine.core.plan import Plan
from engine.core.rows import Programme, Wave
from engine.services.board import BoardRow
from templates.wall import wall_html, wall_svg
from web import chart
from workflows.book import read_book
from workflows.places import open_words_beside

app = branch("programme")

Book = Annotated[str, typer.Argument(metavar="BOOK")]
Waves = Annotated[list[str] | None, typer.Option("--wave", metavar="WAVE")]
Out = Annotated[str, typer.Option("--out", "-o", metavar="FILE")]
Org = Annotated[str | None, typer.Option("--org", metavar="ORG")]
Beside = Annotated[str | None, typer.Option("--book", metavar="BOOK")]
DRAWERS = {".svg": wall_svg, ".html": wall_html}


@reads(app, "show")
def show(session: Session, *, on: Day = None) -> Done:
    """Print every programme with its waves and targets."""
    queries = session.desk.queries
    programmes, waves, rows = queries.programmes(), queries.waves(), queries.board(on)
    targets = queries.coverage(on)
    data = {
        "programmes": [_programme(each) for each in programmes],
        "waves": [_wave(each, rows) for each in waves],
        "targets": [shapes.coverage(each) for each in targets],
    }
    session.answer(
        data,
        lambda: output.apart(
            [
                *[_head(session, each) for each in programmes], _waves(session, waves, rows),
                coverage.targets(session.say, targets),
            ]
        ),
    )  # fmt: skip
    return None


def _programme(row: Programme) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "issuer": row.issuer, "issued_on": row.issued_on}


def _wave(wave: Wave, rows: list[BoardRow]) -> dict[str, Any]:
    held = [row for row in rows if row.project.wave == wave.code]
    stages = Counter(row.project.stage for row in held)
    return {
        "code": wave.code, "name": wave.name, "opens_on": wave.opens_on,
        "projects": len(held), "stages": dict(stages),
    }  # fmt: skip


def _head(session: Session, row: Programme) -> RenderableType:
    say = session.say
    return output.facts(
        [
            (say.say("head.programme"), row.name), (say.say("head.code"), row.code),
            (say.say("head.issuer"), row.issuer), (say.say("head.issued"), row.issued_on),
        ]
    )  # fmt: skip


def _waves(session: Session, waves: list[Wave], rows: list[BoardRow]) -> RenderableType:
    say = session.say
    if not waves:
        return say.say("line.no_programme")
    lines = []
    for wave in waves:
        held = [row for row in rows if row.project.wave == wave.code]
        tally = boards.tally(say, held) or say.say("line.not_opened")
        lines.append((wave.code, wave.name, wave.opens_on, len(held), tally))
    heads = [say.say(f"head.{key}") for key in ("code", "wave", "opens", "projects", "lamps")]
    return output.titled(
        say.say("line.waves"), output.table(heads, lines, right=(3,), whole=(0, 2))
    )


@reads(app, "posts")
def posts(session: Session, *, org: Org = None) -> Done:
    """Print the posts of the register: what may stand after ``--as``."""
    house, say = session.desk.house, session.say
    with house.database.read() as cursor:
        directory = house.directory(cursor)
    held = [post for _, post in sorted(directory.posts.items()) if org in (None, post.org)]
    data = [{"code": p.code, "name": p.name, "org": p.org, "roles": p.roles.split()} for p in held]
    rows = [(p.code, p.name, directory.org_name(p.org), p.org, p.roles) for p in held]
    heads = [say.say(f"head.{key}") for key in ("post", "name", "org", "code", "roles")]
    session.answer(data, lambda: output.table(heads, rows, whole=(0, 3)))
    return None


@acts(app, "import")
def import_(session: Session, book: Book, *, wave: Waves = None) -> Done:
    """Enter the register and the programme of a book, and open waves of it: all or nothing."""
    plan = read_book(Path(book))
    chosen = tuple(wave or ())
    _known(plan, chosen)
    actor = publishing.publisher(session, plan)
    data = _counts(plan, chosen)
    if not session.acting.dry_run:
        session.desk.programmes.enter(plan, actor, chosen)
    key = "line.would_import" if session.acting.dry_run else "line.imported"
    data["dry_run"] = session.acting.dry_run
    session.answer(data, lambda: session.say.say(key, **data))
    return None


def _known(plan: Plan, chosen: tuple[str, ...]) -> None:
    known = [wave.code for wave in plan.waves]
    for code in chosen:
        if code not in known:
            raise WrongError("wave", given=code, choices=", ".join(known))


def _counts(plan: Plan, chosen: tuple[str, ...]) -> dict[str, Any]:
    projects = sum(len(plan.of_wave(code)) for code in chosen)
    return {
        "programme": plan.programme.code, "orgs": len(plan.orgs), "posts": len(plan.posts),
        "waves": len(plan.waves), "targets": len(plan.targets), "projects": projects,
    }  # fmt: skip


@reads(app, "chart")
def chart_(session: Session, *, out: Out = "wall.svg", on: Day = None) -> Done:
    """Draw the wall chart to a file."""
    path = Path(out)
    drawer = DRAWERS.get(path.suffix)
    if drawer is None:
        raise WrongError("chart_file", given=out, choices=", ".join(DRAWERS))
    rows = session.desk.queries.board(on)
    wall = chart.wall(
        session.desk, session.say, on or session.today(), rows, simulated=session.is_simulated
    )
    output.write(path, drawer(wall, session.setting.locale))
    data = {"file": str(path), "projects": len(rows)}
    session.answer(data, lambda: session.say.say("line.written", **data))
    return None


@reads(app, "needs")
def needs_(session: Session, *, book: Beside = None) -> Done:
    """Print what still needs a local value, where each word stands, and what would be right."""
    found = session.desk.needs.listed()
    if book is not None:
        found += open_words_beside(Path(book))
    session.answer([needs_page.data(session.say, each) for each in found],
                   lambda: needs_page.table(session.say, found))  # fmt: skip
    return None


@reads(app, "coverage")
def coverage_(session: Session, *, on: Day = None) -> Done:
    """Print how far the targets are met."""
    rows = session.desk.queries.coverage(on)
    data = [shapes.coverage(row) for row in rows]
    session.answer(data, lambda: coverage.targets(session.say, rows))
    return None
