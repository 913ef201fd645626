"""Every page that is looked at, in both languages and for every kind of post, without scripts."""

import gzip
import re

import pytest

from tests.web.sample_site import Served
from web.pages import PAGES

WEIGHTS = {"/": 25, "/p/{code}": 25, "/projects": 25, "/wall": 40}
"""Kilobytes (1000) that a page may weigh, compressed, on the sample's day."""

LOOKED_AT = sorted({route.path for route in PAGES if route.method == "GET"})
LOCALES = ("zh", "en")


def address(served: Served, path: str) -> str:
    """Return an address of the sample for a path of the route table."""
    row = served.desk.queries.board()[0]
    task = next(iter(served.desk.queries.project(row.project.code).lamps), 1)
    parts = {"code": row.project.code, "n:int": str(task), "n": str(task), "seq:int": "1",
             "stream": row.stream, "token": "none", "digest": "none"}  # fmt: skip
    return re.sub(r"\{([^}]+)\}", lambda m: parts.get(m[1], "none"), path)


def reader_of(served: Served) -> str:
    """Return a post that sees every project and does things."""
    rows = {post: len(served.items(post)) for post in served.kinds().values()}
    seen = {p: len(served.desk.queries.board(org=_org(served, p))) for p in rows}
    return max(rows, key=lambda post: (seen[post], rows[post]))


def _org(served: Served, post: str) -> str:
    return served.desk.people.directory().posts[post].org


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_answers_with_its_own_title_and_without_inline_style_or_script(
    shared_sample: Served, path: str, locale: str
) -> None:
    client = shared_sample.as_post(reader_of(shared_sample), locale)

    answer = client.get(address(shared_sample, path))

    assert answer.status_code in (200, 303, 404)
    if "text/html" not in answer.headers.get("content-type", ""):
        return
    assert re.search(r"<title>[^<]+ - [^<]+</title>", answer.text)
    assert f'<html lang="{"zh-CN" if locale == "zh" else "en"}"' in answer.text
    assert " style=" not in answer.text
    assert not re.search(r"<script(?! src)", answer.text)
    assert not re.search(r"<[^>]+ on[a-z]+=", answer.text)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_post_gets_each_main_page(shared_sample: Served, locale: str) -> None:
    for post in shared_sample.kinds().values():
        for path in ("/", "/?box=waiting", "/projects", "/wall", "/me"):
            answer = shared_sample.as_post(post, locale).get(path)
            assert answer.status_code == 200, f"{post} {path}"


@pytest.mark.parametrize(("path", "most"), WEIGHTS.items())
def test_a_page_is_light(shared_sample: Served, path: str, most: int) -> None:
    client = shared_sample.as_post(reader_of(shared_sample))
    body = client.get(address(shared_sample, path)).content

    assert len(gzip.compress(body)) < most * 1000


def test_every_lamp_has_its_word_beside_it(shared_sample: Served) -> None:
    client = shared_sample.as_post(reader_of(shared_sample))
    for path in ("/", "/projects", "/wall", address(shared_sample, "/p/{code}")):
        for inner in re.findall(r'<span class="st [^"]*">(.*?)</span>', client.get(path).text):
            assert re.sub(r"<[^>]+>", "", inner).strip(), f"{path}: a lamp without a word"


def test_english_pages_hold_no_text_of_the_desk_in_chinese(shared_sample: Served) -> None:
    client = shared_sample.as_post(reader_of(shared_sample), "en")
    page = client.get("/me").text
    main = page[page.index("<main") : page.index("</main>")]
    own = re.sub(r'<[^>]+lang="zh-CN">[^<]*<', "<", main)

    assert "显示" not in own
    assert "语言" not in own
