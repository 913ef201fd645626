"""The register's pages: found, kept, taken out, opened, imported; by pages, API and terminal."""

import base64
import io
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from engine.core.sheets import DAY, TEXT
from engine.services import grid
from engine.services.exports import READING
from engine.storage import ledger
from templates.workbook import FORMS, Head, Sheet, Value, written
from tests.services.sheets import a_line, a_sheet
from tests.web.browsers import Room
from tests.web.sample_site import Served

CITY = "R01"


def csrf(served: Served, post: str = CITY) -> str:
    page = served.as_post(post).get("/projects/import").text
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def sent(served: Served, path: str, post: str = CITY, **fields: str):  # type: ignore[no-untyped-def]  # the client's answer
    return served.as_post(post).post(path, data={"csrf": csrf(served, post), **fields})


def checked(served: Served, content: bytes, name: str = "台账.xlsx") -> str:
    fields = {"csrf": csrf(served), "workflow": "pilot_project"}
    answer = served.as_post(CITY).post(
        "/projects/import", data=fields, files={"file": (name, content)}
    )
    return str(answer.text)


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('action="/projects/import/open"') :]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def test_the_only_project_found_by_initials_is_shown_at_once(sample: Served) -> None:
    answer = sample.as_post(CITY).get("/projects?q=wjsq")

    assert answer.headers["location"] == "/p/P02"


def test_columns_and_order_stand_in_the_address(sample: Served) -> None:
    ticked = sample.as_post(CITY).get("/projects?cols=code&cols=party.agency&order=late")
    assert ticked.headers["location"] == "/projects?cols=code%2Cparty.agency&order=late"

    page = sample.as_post(CITY).get(ticked.headers["location"]).text

    heads = re.findall(r'role="columnheader">([^<]+)<', page)
    assert heads == ["项目编号", "承接机构", "项目名称"]
    codes = re.findall(r'href="/p/(P\d+)"', page)
    late = {row.project.code: row.lamp.late for row in sample.desk.queries.board()}
    assert [late[code] for code in codes] == sorted((late[code] for code in codes), reverse=True)


def test_a_view_opens_the_register_until_it_is_removed(sample: Served) -> None:
    fields = {"act": "keep", "name": "逾期的", "lamp": "overdue", "opens": "1", "share": "1"}
    kept = sent(sample, "/projects/views", **fields)
    home = sample.as_post(CITY).get("/projects")
    assert home.headers["location"] == kept.headers["location"]

    page = sample.as_post(CITY).get(home.headers["location"]).text
    assert "逾期的" in page
    assert set(re.findall(r'<span class="st ([a-z]+)">', page)) == {"red"}
    assert sample.as_post(CITY).get("/projects?view=").status_code == 200

    view = kept.headers["location"].partition("=")[2]
    sent(sample, "/projects/views", act="remove", view=view)
    assert sample.as_post(CITY).get("/projects").status_code == 200


def test_a_name_that_is_taken_keeps_nothing(sample: Served) -> None:
    for _ in range(2):
        answer = sent(sample, "/projects/views", act="keep", name="甲")

    assert answer.status_code == 422
    assert len(sample.desk.views.of(CITY.lower(), "O01")) == 1


def test_taking_the_register_out_is_recorded(sample: Served) -> None:
    answer = sent(sample, "/projects/export", form="xlsx", lamp="overdue")

    with sample.desk.house.database.read() as cursor:
        entry = ledger.of_stream(sample.desk.house.database, cursor, READING)[-1]
    assert answer.headers["content-type"] == FORMS["xlsx"]
    assert (entry.kind, entry.post) == ("register.exported", CITY)
    assert entry.body["facts"]["query"] == {"lamp": "overdue"}


def test_an_exported_sheet_says_when_and_what_and_holds_texts_and_days(sample: Served) -> None:
    answer = sent(
        sample, "/projects/export", form="xlsx", cols="code,name,date.plan_finish", q="P0"
    )

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    cells = rows.to_python(skip_empty_area=False)
    assert cells[0][0] == "项目台账"
    assert str(cells[1][0]).startswith("截至2018年8月15日")
    assert cells[2][0] == "筛选条件：搜索: P0"
    assert cells[3][:3] == ["项目编号", "项目名称", "方案报批期限"]
    assert cells[4][:3] == ["P01", "示例·春和社区", date(2017, 9, 30)]


def test_csv_comes_with_a_mark_or_in_the_encoding_of_the_country(sample: Served) -> None:
    utf8 = sent(sample, "/projects/export", form="csv", q="P01").content
    other = sent(sample, "/projects/export", form="gb18030", q="P01").content

    assert utf8.startswith(b"\xef\xbb\xbf")
    assert other.decode("gb18030").splitlines()[2].startswith("项目编号")


def test_what_was_exported_opens_nothing_when_it_is_imported(sample: Served) -> None:
    for form, name in (("xlsx", "a.xlsx"), ("csv", "a.csv"), ("gb18030", "b.csv")):
        content = sent(sample, "/projects/export", form=form).content

        page = checked(sample, content, name)

        assert "已经建立 24 个" in page, form
        assert "有错误 0 行" in page, form


SAID = st.text(
    st.characters(codec="gb18030", exclude_categories=("C", "Z", "M")), min_size=1, max_size=12
)
VALUES = st.one_of(SAID.map(lambda one: f"={one}"), SAID, st.dates(date(1950, 1, 1)), st.none())


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(SAID, VALUES, VALUES), min_size=1, max_size=5))
def test_what_is_written_is_what_is_read(form: str, rows: list[tuple[Value, ...]]) -> None:
    sheet = Sheet("台账", [Head("甲"), Head("乙"), Head("丙")], rows, ["一"])

    (read,) = grid.read("a.csv", written(sheet, form))

    back = [[cell.text for cell in row[:3]] for row in read.rows][-len(rows) :]
    assert back == [[grid.plain("" if v is None else str(v)) for v in row] for row in rows]
    assert {cell.kind for row in read.rows for cell in row} <= {TEXT, DAY}


def test_a_sheet_is_shown_with_its_faults_before_anything_is_opened(sample: Served) -> None:
    page = checked(sample, a_sheet(a_line("N01"), a_line("N02", 县区="安居")))

    assert "可以建立 1 个" in page
    assert re.search(r">C3</th><td>没有登记过“安居”；相近的有：安居区民政局", page)
    assert "N01" not in sample.desk.queries.board_codes()

    done = sent(sample, "/projects/import/open", **{**hidden(page), "act": "good"}).text
    assert "已建立 1 个项目" in done
    assert "N01" in sample.desk.queries.board_codes()


def test_a_page_that_is_out_of_date_is_shown_once_more(sample: Served) -> None:
    page = checked(sample, a_sheet(a_line("N01")))
    sent(sample, "/projects/import/open", **{**hidden(page), "act": "all"})

    again = sent(sample, "/projects/import/open", **{**hidden(page), "act": "all"})

    assert again.status_code == 422
    assert "已经建立 1 个" in again.text


@pytest.mark.parametrize("table", ["", "nonsense", base64.b64encode(b"x").decode()])
def test_a_table_that_was_not_packed_here_leads_back(sample: Served, table: str) -> None:
    answer = sent(sample, "/projects/import/open", workflow="pilot_project", table=table)

    assert answer.headers["location"] == "/projects/import"


def test_a_template_can_be_filled_in_and_imported(sample: Served) -> None:
    url = "/projects/import/template.xlsx?workflow=pilot_project"
    (held, lists) = grid.read("t.xlsx", sample.as_post(CITY).get(url).content)

    assert [cell.text for cell in held.rows[2]][:4] == ["项目编号", "项目名称", "县区", "批次"]
    assert any(cell.text == "安居区民政局" for row in lists.rows for cell in row)


def test_one_project_is_opened_from_its_form(sample: Served) -> None:
    fields = {
        "workflow": "pilot_project", "code": "N07", "name": "示例·新社区", "region": "O03",
        "party.sponsor": "O01", "date.plan_finish": "2018年9月前",
    }  # fmt: skip
    refused = sent(sample, "/projects/new", **fields)
    assert refused.status_code == 422
    assert "可能指 2018-08-31" in refused.text

    opened = sent(sample, "/projects/new", **{**fields, "on.plan_finish": "2018-09-30"})

    assert opened.headers["location"] == "/p/N07"
    entry = sample.desk.audit.history("N07")[0]
    assert "2018年9月前" in entry.canon


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 390])
def test_a_sheet_is_imported_in_a_browser(room: Room, width: int) -> None:
    person = room.person(CITY, width, 800)
    person.go("/projects/import")
    page = person.page
    page.select_option("#wf", "pilot_project")
    sheet = a_sheet(a_line("N01"), a_line("N02", 县区="安居"))
    page.set_input_files("#file", {"name": "a.xlsx", "mimeType": FORMS["xlsx"], "buffer": sheet})
    page.click("form.sheetform button")

    assert page.locator("th:has-text('C3')").count() == 1
    assert person.overflow() <= 0
    page.click("button[value=good]")
    assert "已建立 1 个项目" in page.inner_text("main")
