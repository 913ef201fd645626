"""Bad input: the field is named as on its label, the summary leads to it, what was typed stays."""

import re

from tests.web.forms import Form
from tests.web.sample_site import Served


def _asking(served: Served) -> tuple[str, Form]:
    """Return a post that may ask for time now, and the form for it."""
    post, item = next(served.posts_with("ask_extension"))
    return post, served.forms(post, item.project.code, item.row.n, "ask_extension")[0]


def test_a_number_that_is_none_is_named_by_its_label_and_kept(sample: Served) -> None:
    post, form = _asking(sample)

    answer = form.filled(days="三天", note="首轮无人报名").sent(sample.as_post(post))

    assert answer.status_code == 400
    assert "“工作日数”填写的“三天”不是整数" in answer.text
    assert '<a href="#faulty">' in answer.text
    field = re.findall(r'<input id="faulty"[^>]*>', answer.text)[0]
    assert 'value="三天"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="why-faulty"' in field
    assert "首轮无人报名</textarea>" in answer.text


def test_a_day_that_is_none_is_said_in_english_too(sample: Served) -> None:
    post, form = _asking(sample)

    answer = form.filled(until="soon", note="x").sent(sample.as_post(post, "en"))

    assert "“New due day”: “soon” is no date; write one like 2017-08-31" in answer.text


def test_the_day_it_happened_is_kept_and_its_fold_stays_open(sample: Served) -> None:
    post, item = next(sample.posts_with("record"))
    form = sample.forms(post, item.project.code, item.row.n, "record")[0]

    answer = form.filled(occurred_on="2099-01-01", doc_no="示例〔2018〕7号").sent(
        sample.as_post(post)
    )

    assert answer.status_code == 422
    assert 'name="occurred_on" type="date" value="2099-01-01"' in answer.text
    assert '<details class="more" open>' in answer.text
    assert 'value="示例〔2018〕7号"' in answer.text


def test_a_bad_day_beside_the_tasks_is_named_too(sample: Served) -> None:
    post = next(p for r, p in sample.kinds().items() if r == "county")
    code = sample.desk.queries.board()[0].project.code
    client = sample.as_post(post)
    page = client.get(f"/p/{code}/more").text
    values = {"csrf": re.findall(r'name="csrf" value="([^"]+)"', page)[0], "n": "0"}
    raised = {"verb": "raise", "part": "issue", "ref": "I99", "title": "楼道照明", "due": "明天"}

    answer = client.post(f"/p/{code}/more", data={**values, **raised})

    assert answer.status_code == 400
    assert "“时限”填写的“明天”不是日期" in answer.text
    assert 'value="楼道照明"' in answer.text


def test_what_a_post_may_not_do_itself_is_not_counted_as_missing(sample: Served) -> None:
    row = sample.desk.queries.board()[0]
    post = next(p for r, p in sample.kinds().items() if r == "city_lead")

    page = sample.as_post(post).get(f"/p/{row.project.code}").text

    said = re.findall(r"还差 (\d+) 项，才能", page)[0]
    listed = page[page.index('class="gate"') : page.index("</ul>", page.index('class="gate"'))]
    assert int(said) == listed.count('class="todo"')
    assert f"岗位 {post} " not in page
    assert sample.desk.people.directory().posts[post].name in page


def test_every_signed_in_page_leads_to_ones_own_settings_on_a_phone_too(sample: Served) -> None:
    for post in sample.kinds().values():
        page = sample.as_post(post).get("/").text
        assert '<a href="/me">' in page[page.index("<footer") :]
