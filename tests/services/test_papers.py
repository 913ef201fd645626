"""Papers that come with acts: kept under their digest, shown to who may see them, never changed."""

from pathlib import Path

import pytest

from bootstrap import Desk
from engine.core.commands import Paper, Submit, Target
from engine.core.errors import RefusalError, StorageError, UnknownObjectError
from engine.services.papers import Papers
from engine.storage import papers as storage
from tests.houses import an_opening, do

PDF = b"%PDF-1.7 plan"


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Papers:
    """The papers of a desk, in a folder of the test's own."""
    return Papers(desk.house, tmp_path / "papers")


def test_a_paper_is_shown_to_who_takes_part_in_the_project(desk: Desk, kept: Papers) -> None:
    do(desk, "P01", "R01", an_opening())
    paper = kept.take("工作方案.pdf", PDF, "r11")
    do(desk, "P01", "R11", Submit(Target("work_plan"), None, Paper(digest=paper.digest)))

    held, content = kept.show("P01", paper.digest, "O03")

    assert (held.name, held.media_type, content) == ("工作方案.pdf", "application/pdf", PDF)


def test_a_paper_of_another_county_is_as_if_it_were_not_there(desk: Desk, kept: Papers) -> None:
    do(desk, "P01", "R01", an_opening())
    paper = kept.take("a.pdf", PDF, "r11")
    do(desk, "P01", "R11", Submit(Target("work_plan"), None, Paper(digest=paper.digest)))

    with pytest.raises(UnknownObjectError):
        kept.show("P01", paper.digest, "O04")
    with pytest.raises(UnknownObjectError):
        kept.show("P02", paper.digest, "O03")


def test_a_paper_that_no_act_cites_is_shown_to_nobody(desk: Desk, kept: Papers) -> None:
    do(desk, "P01", "R01", an_opening())
    paper = kept.take("a.pdf", PDF, "r11")

    with pytest.raises(UnknownObjectError):
        kept.show("P01", paper.digest, "O03")


def test_the_same_paper_twice_is_kept_once(kept: Papers, tmp_path: Path) -> None:
    first = kept.take("a.pdf", PDF, "r11")
    second = kept.take("b.pdf", PDF, "r01")

    assert first == second
    assert len([path for path in (tmp_path / "papers").rglob("*") if path.is_file()]) == 1


def test_a_paper_changed_in_its_folder_is_not_shown(
    desk: Desk, kept: Papers, tmp_path: Path
) -> None:
    do(desk, "P01", "R01", an_opening())
    paper = kept.take("a.pdf", PDF, "r11")
    do(desk, "P01", "R11", Submit(Target("work_plan"), None, Paper(digest=paper.digest)))
    (tmp_path / "papers" / paper.digest[:2] / paper.digest).write_bytes(b"%PDF-1.7 another")

    with pytest.raises(StorageError, match="changed after"):
        kept.show("P01", paper.digest, "O03")


def test_a_refused_file_leaves_nothing(kept: Papers, tmp_path: Path) -> None:
    with pytest.raises(RefusalError):
        kept.take("a.exe", b"MZ", "r11")

    assert not (tmp_path / "papers").exists()


@pytest.mark.parametrize(
    ("given", "called"),
    [
        ("C:\\Users\\me\\计划.docx", "计划.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (".pdf", ".pdf.pdf"),
        ("a\nb.pdf", "ab.pdf"),
        ("长" * 300, "长" * 120 + ".pdf"),
    ],
)
def test_a_name_is_the_last_part_with_the_ending_of_what_it_is(
    kept: Papers, given: str, called: str
) -> None:
    assert kept.take(given, PDF + given.encode(), "r11").name == called


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    digest = storage.digest_of(PDF)
    (tmp_path / "papers" / digest[:2]).mkdir()
    (tmp_path / "papers" / digest[:2] / digest).mkdir()  # where the file would have to go

    with pytest.raises(StorageError, match="cannot be kept"):
        storage.put(tmp_path / "papers", PDF)
