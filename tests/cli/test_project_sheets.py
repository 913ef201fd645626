"""The register at the terminal: found, taken out, filled from a sheet, its views kept."""

from pathlib import Path

from tests.cli.conftest import Ask

HEADS = "项目编号,项目名称,县区,主管单位,试点地区"
GOOD, BAD = "K1,示例一,O2,O1,东区民政局", "K2,示例二,没有的区,O1,O2"


def a_file(folder: Path, *lines: str) -> Path:
    path = folder / "清单.csv"
    path.write_text("\n".join([HEADS, *lines]), "gb18030")
    return path


def test_the_board_is_searched_by_initials(shidian: Ask, office: Path) -> None:
    found = shidian("project", "list", "--find", "wjsq", "--json")

    assert [one["code"] for one in found.data] == ["P2"]
    assert shidian("project", "list", "--order", "colour").code == 2


def test_a_fault_opens_nothing_and_is_told_by_its_cell(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    answer = shidian("project", "import", a_file(tmp_path, GOOD, BAD), "--as", "R11", "--json")

    assert answer.code == 1
    assert (answer.data["opened"], [one["cell"] for one in answer.data["wrong"]]) == ([], ["C3"])


def test_good_rows_are_opened_once(shidian: Ask, office: Path, tmp_path: Path) -> None:
    words = ("project", "import", a_file(tmp_path, GOOD, BAD), "--only-good", "--as", "R11")
    dry = shidian(*words, "--dry-run", "--json")
    first, second = shidian(*words, "--json"), shidian(*words, "--json")

    assert dry.data["opened"] == first.data["opened"] == ["K1"]
    assert (second.data["opened"], second.data["same"]) == ([], ["K1"])


def test_the_register_and_an_empty_list_are_written(
    shidian: Ask, office: Path, tmp_path: Path
) -> None:
    out, empty = tmp_path / "台账.xlsx", tmp_path / "空.xlsx"

    assert shidian("project", "export", "-o", out, "--as", "R11", "--json").data["projects"] == 2
    assert shidian("project", "template", "-o", empty).code == 0
    assert out.read_bytes()[:2] == empty.read_bytes()[:2] == b"PK"
    assert shidian("project", "export", "-o", tmp_path / "x.doc", "--as", "R11").code == 2
    again = shidian("project", "import", out, "--as", "R11", "--json").data
    assert (again["opened"], again["same"], again["wrong"]) == ([], ["P1", "P2"], [])


def test_a_view_is_kept_changed_and_forgotten(shidian: Ask, office: Path) -> None:
    keep = ("project", "keep", "逾期", "--as", "R11")
    shidian(*keep, "--lamp", "overdue")
    shidian(*keep, "--lamp", "paused", "--opens", "--share")

    (view,) = shidian("project", "views", "--as", "R11", "--json").data
    assert (view["asked"], view["opens"], view["shared"]) == ({"lamp": "paused"}, True, True)
    assert shidian("project", "forget", "逾期", "--as", "R11").code == 0
    assert shidian("project", "views", "--as", "R11", "--json").data == []
    assert shidian("project", "forget", "逾期", "--as", "R11").code == 2
