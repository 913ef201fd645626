"""Databases, definitions, calendars, the clock's work, and proof of the trail."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

import scheduler
from cli import checks
from cli.checks import State
from engine.core.errors import TrailError
from tests.cli.conftest import Ask
from tests.cli.office import a_book
from tests.conftest import Servers
from workflows.reader import shipped

WORKFLOW = shipped()["pilot_project"]
TRIAL = Path(__file__).parent.parent / "workflows" / "equipment_trial.yaml"
CALENDAR = """\
id: cn-2027.1
region: cn
years: [2027]
document: null
published_on: 2026-11-05
off:
  元旦: [2027-01-01]
  春节: [2027-02-05..2027-02-08]
  清明节: [2027-04-05]
  劳动节: [2027-05-01..2027-05-02]
  端午节: [2027-06-09]
  中秋节: [2027-09-15]
  国庆节: [2027-10-01..2027-10-03]
"""


def tamper(path: Path) -> None:
    """Change what an entry says, as whoever owns the file can."""
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("UPDATE event SET canon = replace(canon, 'R11', 'R12') WHERE seq = 1")
    connection.commit()
    connection.close()


def test_a_sound_trail_is_verified(shidian: Ask, office: Path) -> None:
    data = shidian("audit", "verify", "--json").data

    assert data["verdict"] == "sound"
    assert data["breaks"] == []
    assert sorted(data) == [
        "breaks", "checkpoint", "entries", "notices", "root", "streams", "verdict",
    ]  # fmt: skip


def test_a_broken_trail_ends_with_its_own_exit_code(shidian: Ask, office: Path) -> None:
    tamper(office)

    answer = shidian("audit", "verify")

    assert answer.code == 4
    assert "不完整" in answer.out
    assert "原文被改" in answer.out


def test_a_checkpoint_finds_what_was_cut(shidian: Ask, office: Path, tmp_path: Path) -> None:
    earlier, held = tmp_path / "earlier.db", tmp_path / "checkpoint.json"
    shutil.copyfile(office, earlier)
    assert shidian("task", "submit", "P1", "roadmap", "--as", "R11").code == 0
    assert shidian("audit", "checkpoint", "-o", held).code == 0

    now = shidian("audit", "verify", "--checkpoint", held)
    then = shidian("audit", "verify", "--checkpoint", held, "--db", earlier)

    assert now.code == 0
    assert "2018-01-08 09:00" in now.out
    assert then.code == 4
    assert "记录被删" in then.out


def test_a_checkpoint_is_json_on_stdout(shidian: Ask, office: Path) -> None:
    data = shidian("audit", "checkpoint").data

    assert sorted(data) == ["at", "house", "root", "size", "streams"]


def test_a_file_that_is_no_checkpoint_is_wrong_usage(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    for text in ("{", "[]", '{"house": "x"}'):
        (tmp_path / "x.json").write_text(text, "utf-8")

        assert shidian("audit", "verify", "--checkpoint", tmp_path / "x.json").code == 2


def test_a_database_is_made_with_real_time_and_checked_again(shidian: Ask, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "real.db")

    made = shidian("db", "upgrade", *db, "--json").data
    again = shidian("db", "upgrade", *db)

    assert (made["clock"], again.code) == ("real", 0)
    assert len(shidian("workflow", "list", *db, "--json").data) == len(shipped())
    assert shidian("audit", "verify", *db).code == 0


def test_a_real_clock_is_never_moved(shidian: Ask, tmp_path: Path) -> None:
    db = ("--db", tmp_path / "real.db")
    shidian("db", "upgrade", *db)

    for words in (["sweep"], ["db", "upgrade"], ["db", "upgrade", "--simulated"]):
        answer = shidian(*words, *db, "--at", "2030-01-01")

        assert answer.code == 2
        assert "真实时间" in answer.err
    assert shidian("project", "list", *db, "--at", "2030-01-01").code == 0


def test_a_new_simulated_clock_must_be_set(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("db", "upgrade", "--simulated", "--db", tmp_path / "x.db")

    assert answer.code == 2
    assert "--at" in answer.err


def test_a_plain_path_is_a_database_file(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    monkeypatch.delenv("SHIDIAN_DB")

    for url in (office.name, f"sqlite:///{office}"):
        assert len(shidian("project", "list", "--db", url, "--json").data) == 2


def test_a_backup_is_whole_and_verified(shidian: Ask, office: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    answer = shidian("db", "backup", copy, "--json")

    assert answer.data["verdict"] == "sound"
    assert len(shidian("project", "list", "--db", copy, "--json").data) == 2
    assert shidian("db", "backup", copy).code == 2, "a file that is there is not overwritten"


def test_a_backup_of_a_broken_trail_says_so(shidian: Ask, office: Path, tmp_path: Path) -> None:
    tamper(office)

    assert shidian("db", "backup", tmp_path / "copy.db").code == 4


def test_a_sweep_done_twice_writes_nothing_the_second_time(shidian: Ask, office: Path) -> None:
    first = shidian("sweep", "--at", "2018-01-26", "--json").data
    second = shidian("sweep", "--json").data

    assert first["rungs"] == {"reminder": 2}
    assert second["rungs"] == {}
    assert sorted(first) == [
        "at", "dry_run", "failed", "merged", "opened", "rungs", "streams",
        "undeliverable",
    ]  # fmt: skip


def test_a_dry_sweep_leaves_the_clock_alone(shidian: Ask, office: Path) -> None:
    assert shidian("sweep", "--dry-run", "--at", "2018-01-26", "--json").data["rungs"]
    assert shidian("notice", "list", "--json").data == []


def test_a_project_that_cannot_be_swept_is_named(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise TrailError("the chain is cut")

    monkeypatch.setattr("engine.services.sweep.write", broken)

    answer = shidian("sweep", "--at", "2018-01-26")

    assert answer.code == 1
    assert "project:P1: " in answer.out
    assert "project:P2: " in answer.out


def test_a_worker_sweeps_once_when_asked(shidian: Ask, office: Path) -> None:
    assert shidian("worker", "--once").code == 0


def test_a_worker_runs_on_the_clock_of_its_database(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def run(*given: object, **more: object) -> int:
        asked.append((given, more))
        return scheduler.WATCHDOG_EXIT

    monkeypatch.setattr(scheduler, "run", run)

    answer = shidian("worker", "--day-seconds", "2")

    assert answer.code == scheduler.WATCHDOG_EXIT
    given = ((f"sqlite:///{office}", "simulated"), {"once": False, "day_seconds": 2.0})
    assert asked == [given]


def test_a_programme_is_imported_whole_or_not_at_all(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    before = shidian("audit", "log", "--json").data["total"]
    book = a_book(tmp_path / "book", "sponsor: O1, ", "sponsor: O7, ")

    answer = shidian("programme", "import", book, "--wave", "W1", "--as", "R11")

    assert answer.code != 0
    assert shidian("audit", "log", "--json").data["total"] == before


def test_a_book_at_fault_is_refused_with_its_lines(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    book = a_book(tmp_path / "book", "issuer: 市民政局", "isuer: 市民政局")

    answer = shidian("programme", "import", book, "--as", "R11")

    assert answer.code == 2
    assert "book.yaml:5:" in answer.err


def test_a_dry_import_checks_the_book_and_writes_nothing(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    answer = shidian(
        "programme", "import", a_book(tmp_path / "b"), "--dry-run", "--as", "R11", "--json"
    )

    assert answer.data == {
        "programme": "small-2018", "orgs": 8, "posts": 8, "waves": 2, "targets": 2,
        "projects": 0, "dry_run": True,
    }  # fmt: skip


def test_a_wave_that_the_book_lacks_is_wrong_usage(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    answer = shidian("programme", "import", a_book(tmp_path / "b"), "--wave", "W7", "--as", "R11")

    assert answer.code == 2
    assert "W1, W2" in answer.err


def test_a_workflow_is_published_once_and_never_replaced(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    words = ("workflow", "publish", TRIAL, "--as", "R01", "--json")
    other = tmp_path / "trial.yaml"
    other.write_text(TRIAL.read_text("utf-8").replace("设备试用", "设备试点"), "utf-8")

    assert shidian(*words, "--dry-run").data["new"] is True
    assert [shidian(*words).data["new"], shidian(*words).data["new"]] == [True, False]
    answer = shidian("workflow", "publish", other, "--as", "R01")

    assert answer.code == 2
    assert "version" in answer.err


def test_publishing_needs_a_post_once_the_register_has_posts(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    fresh = ("--db", tmp_path / "fresh.db")
    shidian("db", "upgrade", "--simulated", "--at", "2018-01-08", *fresh)

    assert shidian("workflow", "publish", TRIAL).code == 2
    assert shidian("workflow", "publish", TRIAL, *fresh).code == 0


def test_workflows_are_found_by_key_version_and_file(shidian: Ask, office: Path) -> None:
    for name in ("pilot_project", "pilot_project@1", str(TRIAL)):
        assert shidian("workflow", "show", name, "--json").code == 0
    assert shidian("workflow", "show", "pilot_project@9").code == 2
    assert shidian("workflow", "check", TRIAL, "--json").data[0]["key"] == "equipment_trial"


def test_two_workflows_are_compared_place_by_place(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.yaml"
    text = WORKFLOW.read_text("utf-8").replace("due_soon_days: 3", "due_soon_days: 5")
    changed.write_text(text.replace("needs_survey", "needs_inquiry"), "utf-8")

    same = shidian("workflow", "diff", "pilot_project", "pilot_project")
    data = shidian("workflow", "diff", "pilot_project", changed, "--json").data

    assert "没有不同" in same.out
    assert data == [
        {"place": "due_soon_days", "before": "3", "after": "5"},
        {"place": "tasks.needs_inquiry", "before": None, "after": "居民需求调查"},
        {"place": "tasks.needs_survey", "before": "居民需求调查", "after": None},
    ]


def test_a_calendar_is_imported_and_counted_with(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "cn-2027.yaml"
    path.write_text(CALENDAR, "utf-8")
    before = shidian("calendar", "show", "2027", "--at", "2026-12-01", "--json").data

    early = shidian("calendar", "import", path, "--as", "R01")
    assert (early.code, "published_on: 2026-11-05 is later" in early.err) == (2, True)
    assert shidian("calendar", "import", path, "--as", "R01", "--at", "2026-12-01").code == 0

    after = shidian("calendar", "show", "2027", "--at", "2026-12-01", "--json").data
    assert (before["provisional"], after["provisional"]) == (True, False)
    path.write_text(CALENDAR.replace("2027-01-01]", "2027-01-01..2027-01-03]"), "utf-8")
    assert shidian("calendar", "import", path, "--as", "R01").code == 2


def test_doctor_finds_this_machine_fit(shidian: Ask, office: Path) -> None:
    answer = shidian("doctor", "--url", office)
    data = shidian("doctor", "--json").data

    assert answer.code == 0
    assert {row["state"] for row in data} == {"ok"}
    assert sorted(data[0]) == ["check", "facts", "sentence", "state"]


def test_doctor_says_what_to_do_without_a_database(shidian: Ask, tmp_path: Path) -> None:
    answer = shidian("doctor", "--db", tmp_path / "none.db")

    assert answer.code == 0
    assert "shidian db upgrade" in answer.out
    assert not (tmp_path / "none.db").exists()


def test_doctor_fails_on_a_file_that_is_no_database(shidian: Ask, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all " * 200, "utf-8")

    answer = shidian("doctor", "--db", tmp_path / "x.db")

    assert answer.code == 1
    assert "不行" in answer.out


def test_doctor_asks_for_tables_where_there_are_none(shidian: Ask, tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()

    assert shidian("doctor", "--db", tmp_path / "x.db").code == 1


def test_doctor_warns_of_an_unset_clock_and_an_idle_worker(shidian: Ask, tmp_path: Path) -> None:
    unset, real = tmp_path / "unset.db", tmp_path / "real.db"
    shidian("db", "upgrade", "--simulated", "--db", unset)
    shidian("db", "upgrade", "--db", real)

    states = [
        {row["check"]: row["state"] for row in shidian("doctor", "--db", path, "--json").data}
        for path in (unset, real)
    ]

    assert states[0]["clock"] == "warn"
    assert states[1]["never_worked"] == "warn"


def test_doctor_sees_the_heartbeat_of_a_worker(shidian: Ask, office: Path) -> None:
    shidian("worker", "--once")

    data = {row["check"]: row for row in shidian("doctor", "--json").data}

    assert data["worker"]["state"] == "ok"
    assert data["worker"]["facts"]["seconds"] < scheduler.STALE_SECONDS


@pytest.mark.parametrize(("at", "state"), [("2026-10-31", "ok"), ("2026-11-02", "warn")])
def test_doctor_asks_for_next_years_calendar_from_november_on(
    shidian: Ask, office: Path, at: str, state: str
) -> None:
    shidian("sweep", "--at", at)

    data = {row["check"]: row["state"] for row in shidian("doctor", "--json").data}

    assert data["calendar"] == state


@pytest.mark.postgres
def test_a_server_is_used_and_examined_like_a_file(
    shidian: Ask, servers: Servers, tmp_path: Path
) -> None:
    url = servers.blank("postgres", tmp_path)
    db = ("--db", url.replace("+psycopg", ""))
    assert shidian("db", "upgrade", "--simulated", "--at", "2018-01-08T09:00", *db).code == 0
    book = a_book(tmp_path / "book")
    assert shidian("programme", "import", book, "--wave", "W1", "--as", "R11", *db).code == 0
    assert shidian("task", "submit", "P1", "roadmap", "--as", "R11", *db).code == 0

    assert shidian("audit", "verify", *db).code == 0
    assert shidian("db", "backup", tmp_path / "copy", *db).code == 2
    found = {row["check"]: row["state"] for row in shidian("doctor", *db, "--json").data}
    # The tests' own server does not wait for its disk, which is what doctor must find.
    assert (found["server"], found["fsync"]) == ("ok", "fail")


def test_a_server_that_does_not_answer_is_told_without_its_password(shidian: Ask) -> None:
    url = "postgresql://clerk:secret@127.0.0.1:1/none"

    asked, examined = shidian("project", "list", "--db", url), shidian("doctor", "--db", url)

    assert (asked.code, examined.code) == (2, 1)
    assert "secret" not in asked.err + asked.out + examined.out


def test_old_versions_are_refused_where_they_harm() -> None:
    assert checks.python((3, 10, 9)).state is State.FAIL
    assert checks.sqlite_library((3, 40, 1)).state is State.FAIL
    assert checks.sqlite_library((3, 40, 1), is_used=False).state is State.WARN
    assert checks.sqlite_library((3, 51, 3)).state is State.OK


def test_foreign_packages_of_our_names_are_named() -> None:
    found = checks.packages({"cli": ["shidian", "other-cli"], "engine": ["shidian"]})

    assert found.state is State.FAIL
    assert found.facts == {"names": "cli (other-cli)", "uninstall": "other-cli"}


@pytest.mark.parametrize(
    ("kind", "state"), [("ext4", State.OK), ("nfs4", State.FAIL), ("cifs", State.FAIL)]
)
def test_a_network_disk_is_found_in_the_mounts(tmp_path: Path, kind: str, state: State) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\nbroken\n"

    assert checks.disk(tmp_path / "x.db", mounts).state is state


def test_a_machine_without_mounts_is_not_judged(tmp_path: Path) -> None:
    assert checks.disk(tmp_path / "x.db", "").state is State.OK


def test_the_golden_board_is_json() -> None:
    path = Path(__file__).parent.parent / "histories" / "suining-board.json"

    assert json.loads(path.read_text("utf-8"))["programme"] == "suining-2017"
