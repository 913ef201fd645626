"""What every page keeps: nothing from elsewhere, a word to each lamp, no ranking."""

import re

import pytest

from engine.core.commands import AskExtension, Target
from templates.catalogue import read
from tests.houses import go_to
from tests.web.sample_site import Served
from tests.web.test_pages import LOOKED_AT, address, reader_of

CATALOGUES = ("", "web.", "reading.", "forms.", "api.")
WATCHING = (
    "在线时长", "最近登录", "最后登录", "连续登录", "打卡", "签到", "积分", "名次", "阅读率",
    "末位",    "last online", "last seen", "online time", "streak", "leaderboard", "read rate",
)  # fmt: skip
"""What is counted of people elsewhere and never here: 国办函〔2026〕12号."""

DENIED = re.compile(r"不(?:作|用于通报)?排名|not a ranking|not used for rankings", re.IGNORECASE)
RANKING = re.compile(r"排名|排行|ranking|ranked", re.IGNORECASE)


@pytest.mark.parametrize("path", LOOKED_AT)
def test_a_page_asks_no_other_host_and_allows_nothing_inline(
    shared_sample: Served, path: str
) -> None:
    answer = shared_sample.as_post(reader_of(shared_sample)).get(address(shared_sample, path))

    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http:" not in policy
    if "text/html" in answer.headers.get("content-type", ""):
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', answer.text)
        assert [url for url in loaded if not url.startswith("/")] == []


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("path", LOOKED_AT)
def test_every_lamp_on_every_page_has_its_word(
    shared_sample: Served, path: str, locale: str
) -> None:
    page = shared_sample.as_post(reader_of(shared_sample), locale).get(address(shared_sample, path))
    if "text/html" not in page.headers.get("content-type", ""):
        return

    for inner in re.findall(r'<span class="st [^"]*">(.*?)</span>', page.text, re.DOTALL):
        assert re.sub(r"<[^>]+>", "", inner).strip()


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_no_text_of_the_product_ranks_or_watches_anybody(locale: str) -> None:
    for name in CATALOGUES:
        for key, entry in read(f"{name}{locale}").items():
            for text in [entry] if isinstance(entry, str) else entry.values():
                assert not any(word in text for word in WATCHING), f"{name}{locale} {key}"
                if RANKING.search(text):
                    assert DENIED.search(text), f"{name}{locale} {key}: {text}"


def test_rows_stand_in_the_order_of_their_codes_and_not_of_their_lamps(
    shared_sample: Served,
) -> None:
    client = shared_sample.as_post(reader_of(shared_sample))

    found = re.findall(r'href="/p/(P\d+)"', client.get("/projects").text)

    assert found == sorted(found)
    assert len(found) == len(shared_sample.desk.queries.board())


def test_whoever_asked_for_time_is_told_nothing_late_until_it_is_answered(sample: Served) -> None:
    desk = sample.desk
    post, item = next(
        (post, item) for post, item in sample.posts_with("ask_extension") if item.row.due
    )
    row, stream = item.row, f"project:{item.project.code}"
    sample.act(
        item.project.code, post,
        AskExtension(Target(row.key, row.period, row.ref), 3, "首轮无人报名"),
    )  # fmt: skip
    told = [one for one in desk.queries.notice_heads(stream=stream) if one["task"] == row.n]

    go_to(desk, "2018-09-28")
    desk.sweep.run()

    later = [one for one in desk.queries.notice_heads(stream=stream) if one["task"] == row.n]
    to_asker = [one for one in later[len(told) :] if one["post"] == post and one["rung"]]
    assert to_asker == []
