"""Projects from sheets: what people really hand in, every fault by its cell, nothing twice."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from bootstrap import Desk
from engine.core.definition import Workflow
from engine.core.errors import RefusalError
from engine.services.grid import MOST_BYTES, read
from engine.services.importing import NEW, SAME, WRONG, Preview
from tests.houses import state_of
from tests.services.sheets import HEADS, a_book, a_csv, a_line, a_sheet
from web.register import table_read

CITY = "R01"


def workflow(desk: Desk, key: str = "pilot_project") -> Workflow:
    return next(one for one in desk.importing.workflows() if one.key == key)


def checked(desk: Desk, content: bytes, name: str = "台账.xlsx") -> Preview:
    found = workflow(desk)
    table = table_read(desk, name, content, found)
    return desk.importing.preview(table, found, desk.actor(CITY))


def faults(preview: Preview) -> dict[str, str]:
    return {one.place: one.code for line in preview.of(WRONG) for one in line.problems}


def fault_of(desk: Desk, head: str, value: Any) -> tuple[str, str, dict[str, Any]]:
    preview = checked(desk, a_sheet(a_line(**{head: value})))
    (line,) = preview.of(WRONG)
    (one,) = line.problems
    return one.place, one.code, dict(one.facts)


def test_projects_open_each_by_an_entry_of_its_own_under_one_batch(desk: Desk) -> None:
    preview = checked(desk, a_sheet(a_line("N01"), a_line("N02")))

    done = desk.importing.open(preview, desk.actor(CITY))

    assert done.opened == ("N01", "N02")
    entries = [desk.audit.history(code)[0] for code in done.opened]
    assert [entry.kind for entry in entries] == ["project.opened"] * 2
    assert len({entry.body["batch"] for entry in entries}) == 1
    assert state_of(desk, "N01").project.parent == "O03"


def test_the_same_sheet_again_opens_nothing(desk: Desk) -> None:
    sheet = a_sheet(a_line("N01"), a_line("N02"))
    desk.importing.open(checked(desk, sheet), desk.actor(CITY))

    again = checked(desk, sheet)
    done = desk.importing.open(again, desk.actor(CITY))

    assert [line.state for line in again.lines] == [SAME, SAME]
    assert (done.opened, done.same) == ((), ("N01", "N02"))


def test_one_fault_keeps_every_project_from_being_opened(desk: Desk) -> None:
    preview = checked(desk, a_sheet(a_line("N01"), a_line("N02", 县区="没有的县")))

    with pytest.raises(RefusalError) as refused:
        desk.importing.open(preview, desk.actor(CITY))

    assert refused.value.reasons[0].code == "sheet_wrong"
    assert desk.queries.board() == []


def test_rows_without_faults_can_be_opened_alone(desk: Desk) -> None:
    preview = checked(desk, a_sheet(a_line("N01"), a_line("N02", 县区="没有的县")))

    done = desk.importing.open(preview, desk.actor(CITY), only_good=True)

    assert done.opened == ("N01",)
    assert [line.filled.code for line in done.left] == ["N02"]


def test_merged_and_repeated_heads_and_notes_below_are_understood(desk: Desk) -> None:
    rows = [
        [], ["", "", "参与单位"], list(HEADS), a_line("N01"), [], a_line("N02"), list(HEADS),
        a_line("N03"), ["合计", "3个"], ["注：本表由县区填报。"], ["填表人：", None, "审核人："],
    ]  # fmt: skip
    merged = [("A1:G1", "2018年试点项目台账"), ("C2:F2", "参与单位")]

    preview = checked(desk, a_book(rows, merged))

    assert [(line.state, line.filled.line.row) for line in preview.lines] == [
        (NEW, 4), (NEW, 6), (NEW, 8),
    ]  # fmt: skip
    assert [row for row, _ in preview.table.notes] == [9, 10, 11]


def test_a_head_merged_over_two_rows_names_its_column(desk: Desk) -> None:
    rows = [["", "", "参与单位"], ["", "", *HEADS[2:]], a_line("N01")]
    merged = [("A1:A2", "项目编号"), ("B1:B2", "项目名称*"), ("C1:G1", "参与单位")]

    preview = checked(desk, a_book(rows, merged))

    assert [line.state for line in preview.lines] == [NEW]


def test_a_cell_merged_over_rows_counts_for_each_of_them(desk: Desk) -> None:
    lines = [a_line("N01", 县区=None), a_line("N02", 县区=None)]

    preview = checked(desk, a_book([list(HEADS), *lines], [("C2:C3", "安居区民政局")]))

    commands = [line.filled.command for line in preview.of(NEW)]
    assert [command.parent for command in commands if command] == ["O03", "O03"]


@pytest.mark.parametrize(
    "written",
    ["2018-03-01", "2018/3/1", "2018年3月1日", "２０１８年３月１日", "2018.3.1", "20180301",
     43160, "43160", date(2018, 3, 1)],
)  # fmt: skip
def test_a_day_is_read_in_every_form(sqlite_desk: Desk, written: Any) -> None:
    (line,) = checked(sqlite_desk, a_sheet(a_line(方案报批期限=written))).of(NEW)

    assert line.filled.command is not None
    assert line.filled.command.dates["plan_finish"].on == date(2018, 3, 1)


def test_words_that_may_mean_two_days_are_left_to_a_person(sqlite_desk: Desk) -> None:
    place, code, facts = fault_of(sqlite_desk, "方案报批期限", "2017年9月前")

    assert (place, code) == ("G2", "date_two")
    assert (facts["first"], facts["second"]) == ("2017-08-31", "2017-09-30")


@pytest.mark.parametrize("written", ["2018年", "2018-13-01", "下个月底"])
def test_what_names_no_single_day_says_how_to_write_one(sqlite_desk: Desk, written: str) -> None:
    assert fault_of(sqlite_desk, "方案报批期限", written)[:2] == ("G2", "date_unread")


@pytest.mark.parametrize("eaten", [510904001001000123, "5.10904E+17", 1.5])
def test_a_code_eaten_by_a_spreadsheet_is_refused(sqlite_desk: Desk, eaten: Any) -> None:
    assert fault_of(sqlite_desk, "项目编号", eaten)[:2] == ("A2", "eaten")


def test_a_number_among_longer_codes_may_have_lost_noughts(sqlite_desk: Desk) -> None:
    preview = checked(sqlite_desk, a_sheet(a_line("000123"), a_line(项目编号=124)))

    (line,) = preview.of(WRONG)
    assert line.problems[0].code == "noughts"
    assert line.problems[0].facts["perhaps"] == "000124"


def test_full_width_digits_are_digits(sqlite_desk: Desk) -> None:
    (line,) = checked(sqlite_desk, a_sheet(a_line("Ｎ０１"))).of(NEW)

    assert line.filled.code == "N01"


def test_every_fault_of_a_line_stands_at_its_cell(sqlite_desk: Desk) -> None:
    wrong = a_line("a/b", 县区="安居", 试点社区="不存在社区", 方案报批期限="2018年")

    assert faults(checked(sqlite_desk, a_sheet(wrong))) == {
        "A2": "code_form", "C2": "org_unknown", "D2": "org_none", "G2": "date_unread",
    }  # fmt: skip


def test_a_code_that_stands_twice_points_to_the_first(sqlite_desk: Desk) -> None:
    preview = checked(sqlite_desk, a_sheet(a_line("N01"), a_line("N01")))

    assert faults(preview) == {"A3": "twice"}
    assert preview.of(WRONG)[0].problems[0].facts["first"] == "A2"


def test_a_code_of_another_project_is_refused(sqlite_desk: Desk) -> None:
    sqlite_desk.importing.open(
        checked(sqlite_desk, a_sheet(a_line("N01"))), sqlite_desk.actor(CITY)
    )

    assert faults(checked(sqlite_desk, a_sheet(a_line("N01", 项目名称="别的")))) == {"A2": "taken"}


def test_a_post_that_may_not_open_is_told_before_anything_happens(sqlite_desk: Desk) -> None:
    found = workflow(sqlite_desk)
    table = table_read(sqlite_desk, "a.xlsx", a_sheet(a_line()), found)

    (line,) = sqlite_desk.importing.preview(table, found, sqlite_desk.actor("R41")).lines

    assert line.state == WRONG
    assert line.reasons


def test_the_columns_are_those_of_the_workflow(sqlite_desk: Desk) -> None:
    trial = workflow(sqlite_desk, "equipment_trial")
    name, date_name = trial.parties["ward"]["zh"], trial.dates["delivery"]["zh"]
    sheet = a_sheet(["T9", "试用", "HW", "2018-01-05"], heads=["项目编号", "名称", name, date_name])

    table = table_read(sqlite_desk, "a.xlsx", sheet, trial)
    (line,) = sqlite_desk.importing.preview(table, trial, sqlite_desk.actor("H1")).lines

    assert line.filled.command is not None
    assert line.filled.command.parties == {"ward": "HW"}
    assert line.filled.command.dates["delivery"].on == date(2018, 1, 5)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_the_country(sqlite_desk: Desk, encoding: str) -> None:
    content = a_csv([str(cell) for cell in a_line()], encoding=encoding)

    assert [one.state for one in checked(sqlite_desk, content, "a.csv").lines] == [NEW]


def test_a_sheet_without_heads_is_no_list_of_projects(sqlite_desk: Desk) -> None:
    with pytest.raises(RefusalError) as refused:
        checked(sqlite_desk, a_book([["甲", "乙"], [1, 2]]))

    assert refused.value.reasons[0].code == "sheet_heads"


def reason_of(content: bytes) -> str:
    with pytest.raises(RefusalError) as refused:
        read("a.xlsx", content)
    return refused.value.reasons[0].code


def _repacked(change: dict[str, bytes]) -> bytes:
    held, old = io.BytesIO(), zipfile.ZipFile(io.BytesIO(a_sheet(a_line())))
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, body in change.items():
            new.writestr(name, body)
    return held.getvalue()


def test_files_that_do_harm_are_refused_before_they_are_read() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    far += b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'

    assert reason_of(b"") == "upload_empty"
    assert reason_of(b"x" * (MOST_BYTES + 1)) == "sheet_bytes"
    assert reason_of(b"PK\x03\x04nothing") == "upload_broken"
    assert reason_of(b"%PDF-1.7\0\x01") == "sheet_kind"
    assert reason_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "upload_broken"
    assert reason_of(_repacked({"xl/media/bomb": bytes(80 * 1024 * 1024)})) == "upload_harmful"
    assert reason_of(_repacked({"xl/worksheets/sheet1.xml": far})) == "sheet_large"
    assert reason_of(a_csv(*[["N"] for _ in range(6000)])) == "sheet_large"
