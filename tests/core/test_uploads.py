"""What is taken in, by content: kinds, limits, harmful packing, and the place of a picture."""

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.errors import RefusalError
from engine.core.uploads import MOST_BYTES, MOST_ENTRIES, judged, without_place

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def packed(*names: str, content: bytes = b"<x/>", **attributes: int) -> bytes:
    """Return a packed file that holds entries of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = attributes.get("mode", 0) << 16
            made.writestr(entry, content)
    return held.getvalue()


def refusal(name: str, content: bytes) -> str:
    """Return the code of the reason why a file is not taken in."""
    with pytest.raises(RefusalError) as refused:
        judged(name, content)
    return refused.value.reasons[0].code


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (PDF, ".pdf"),
        (b"\xff\xd8\xff\xe0rest", ".jpg"),
        (PNG, ".png"),
        (packed("[Content_Types].xml", "word/document.xml"), ".docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        (packed("OFD.xml", "Doc_0/Document.xml"), ".ofd"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, suffix: str) -> None:
    assert judged("whatever.exe", content).suffix == suffix


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload_empty"),
        (b"%PDF-" + b"\0" * MOST_BYTES, "upload_large"),
        (b"MZ\x90\0", "upload_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "upload_kind"),
        (b"%PDF-1.7 <script>alert(1)</script>", "upload_kind"),
        (packed("anything.txt"), "upload_kind"),
        (b"PK\x03\x04 and then nothing", "upload_broken"),
    ],
)
def test_what_is_not_taken_in_says_why(content: bytes, code: str) -> None:
    assert refusal("计划.pdf", content) == code


def test_a_refusal_names_the_file() -> None:
    with pytest.raises(RefusalError) as refused:
        judged("计划.exe", b"MZ")

    assert refused.value.reasons[0].facts["file"] == "计划.exe"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\..\\..\\b"])
def test_a_packed_file_that_leaves_its_folder_is_refused(name: str) -> None:
    assert refusal("a.docx", packed("word/document.xml", name)) == "upload_harmful"


def test_a_packed_link_is_refused() -> None:
    content = packed("word/document.xml", mode=stat.S_IFLNK | 0o777)

    assert refusal("a.docx", content) == "upload_harmful"


def test_a_packed_file_that_swells_is_refused_before_it_is_opened() -> None:
    content = packed("word/document.xml", content=b"\0" * 5_000_000)

    assert refusal("a.docx", content) == "upload_harmful"


def test_a_packed_file_of_too_many_entries_is_refused() -> None:
    names = [f"word/{n}.xml" for n in range(MOST_ENTRIES + 1)]

    assert refusal("a.docx", packed("word/document.xml", *names)) == "upload_harmful"


@given(st.binary(max_size=200))
def test_no_content_makes_judging_fail_otherwise(content: bytes) -> None:
    try:
        assert judged("x", content).suffix
    except RefusalError as refused:
        assert refused.reasons


def picture(order: str = "<") -> bytes:
    """Return a JPEG whose Exif says how it is turned and where it was taken."""
    mark = b"II" if order == "<" else b"MM"
    place = b"N\0\0\0" + b"E\0\0\0"
    gps = struct.pack(f"{order}H", 2)
    gps += struct.pack(f"{order}HHI4s", 1, 2, 2, b"N\0\0\0")
    gps += struct.pack(f"{order}HHII", 2, 5, 3, 74) + b"\0\0\0\0"
    first = struct.pack(f"{order}H", 2)
    first += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 6, 0)
    first += struct.pack(f"{order}HHII", 0x8825, 4, 1, 38) + b"\0\0\0\0"
    tiff = mark + struct.pack(f"{order}HI", 42, 8) + first + gps
    tiff += b"\0" * (74 - len(tiff)) + struct.pack(f"{order}6I", 30, 1, 31, 1, 12, 1) + place
    segment = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + b"\xff\xd9"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_loses_its_place_and_keeps_its_turn(order: str) -> None:
    content = picture(order)
    coordinates = struct.pack(f"{order}6I", 30, 1, 31, 1, 12, 1)
    assert coordinates in content

    cleaned = without_place(content)

    assert coordinates not in cleaned
    assert struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 6, 0) in cleaned
    assert len(cleaned) == len(content)


def test_a_picture_without_a_place_comes_back_as_it_is() -> None:
    plain = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9"

    assert without_place(plain) == plain
    assert without_place(PDF) == PDF


@given(st.binary(max_size=80), st.integers(0, 120))
def test_a_damaged_picture_never_breaks_the_cleaning(noise: bytes, at: int) -> None:
    content = picture()

    assert isinstance(without_place(content[:at] + noise), bytes)
    assert isinstance(without_place(content[:at] + noise + content[at:]), bytes)
