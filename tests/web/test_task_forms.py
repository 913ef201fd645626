"""The forms of a task on its page, without scripts: what is sent, refused, kept, and done once."""

import re

import pytest

from engine.core.commands import ProposeWaiver, Target
from engine.core.rows import Grant, Part, TaskRow, Waiver
from tests.web.carrying import filled
from tests.web.forms import Form, forms_of
from tests.web.sample_site import Served

MAIN = ("submit", "accept", "record")
"""Main verbs that somebody owes on the day of the sample; the others are carried elsewhere."""

Found = tuple[str, str, TaskRow, Form]


def a_form(served: Served, verb: str) -> Found:
    """Return post, project, task and form of somebody who may send a verb now."""
    for post, item in served.posts_with(verb):
        for form in served.forms(post, item.project.code, item.row.n, verb):
            return post, item.project.code, item.row, form
    raise AssertionError(f"nobody may {verb} today")


@pytest.mark.parametrize("verb", MAIN)
def test_a_form_writes_one_entry_and_goes_on(sample: Served, verb: str) -> None:
    post, code, row, form = a_form(sample, verb)
    before = sample.entries(code)

    answer = filled(form, row, sample).sent(sample.as_post(post))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/p/{code}?done=")
    assert sample.entries(code) == before + 1


@pytest.mark.parametrize("verb", MAIN)
def test_a_double_click_has_one_effect_and_one_answer(sample: Served, verb: str) -> None:
    post, code, row, form = a_form(sample, verb)
    before = sample.entries(code)
    ready = filled(form, row, sample)

    first, second = (ready.sent(sample.as_post(post)) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert sample.entries(code) == before + 1


def test_a_return_without_a_reason_keeps_what_was_typed_and_points_at_the_summary(
    sample: Served,
) -> None:
    post, code, _row, form = a_form(sample, "accept")
    typed = form.filled(note=" ", occurred_on="2099-01-01")

    answer = typed.sent(sample.as_post(post), "back")

    assert answer.status_code in (400, 422)
    assert re.search(r'role="alert" tabindex="-1" data-focus', answer.text)
    assert not [part for part in sample.state(code).rows(Part) if part.note == "2099"]


def test_a_refused_form_keeps_the_words_of_the_person(sample: Served) -> None:
    post, _, _row, form = a_form(sample, "accept")
    typed = form.filled(note="请补一份盖章的原件", occurred_on="2099-01-01")

    answer = typed.sent(sample.as_post(post), "back")

    assert answer.status_code == 422
    assert "请补一份盖章的原件" in answer.text
    assert "没有办成" in answer.text


def test_a_form_that_is_older_than_the_project_says_who_came_first(sample: Served) -> None:
    post, code, _row, form = a_form(sample, "accept")
    late = form.filled(note="我的意见还在这里")
    other = next(
        (p, i) for p, i in sample.posts_with("propose_waiver") if i.project.code == code
    )  # fmt: skip
    ask = ProposeWaiver(Target(other[1].row.key, other[1].row.period, other[1].row.ref), "先办")
    sample.act(code, other[0], ask)

    answer = late.sent(sample.as_post(post), "ok")

    assert answer.status_code == 409
    assert "先一步办理" in answer.text
    assert "我的意见还在这里" in answer.text


def test_a_refusal_from_the_inbox_shows_the_inbox_with_the_item_open(sample: Served) -> None:
    post, item = next(sample.posts_with("accept"))
    client = sample.as_post(post)
    page = client.get(f"/?sel={item.project.code}.{item.row.n}").text
    form = next(one for one in forms_of(page) if one.values.get("verb") == "accept")

    answer = form.filled(note="留着", occurred_on="2099-01-01").sent(client, "back")

    assert answer.status_code == 422
    assert 'id="list"' in answer.text
    assert "留着" in answer.text


def test_time_is_asked_for_on_the_page_and_answered_on_the_page(sample: Served) -> None:
    post, code, row, form = a_form(sample, "ask_extension")
    sent = form.filled(days="3", note="首轮无人报名").sent(sample.as_post(post))
    assert sent.status_code == 303
    answerer, _, _, answering = a_form(sample, "decide_extension")

    page = sample.as_post(answerer).get(answering.action).text
    answer = answering.filled(days="3").sent(sample.as_post(answerer), "ok")

    assert "首轮无人报名" in page
    assert answer.status_code == 303
    granted = [grant for grant in sample.state(code).rows(Grant) if grant.task == row.n][-1]
    assert (granted.decision, granted.days) == ("granted", 3)


def test_a_request_for_time_is_declined_with_a_reason(sample: Served) -> None:
    post, code, row, form = a_form(sample, "ask_extension")
    form.filled(days="3", note="还差一份").sent(sample.as_post(post))
    answerer, _, _, answering = a_form(sample, "decide_extension")
    client = sample.as_post(answerer)

    assert answering.filled(note="可派人协助").sent(client, "back").status_code == 303
    granted = [grant for grant in sample.state(code).rows(Grant) if grant.task == row.n][-1]
    assert granted.decision == "refused"


def test_a_waiver_is_proposed_by_one_and_confirmed_by_another(sample: Served) -> None:
    post, code, row, form = a_form(sample, "propose_waiver")
    assert form.filled(note="本社区没有这一项").sent(sample.as_post(post)).status_code == 303
    confirmer, _, _, confirming = a_form(sample, "confirm_waiver")

    assert "本社区没有这一项" in sample.as_post(confirmer).get(confirming.action).text
    assert confirming.sent(sample.as_post(confirmer)).status_code == 303
    waived = [one for one in sample.state(code).rows(Waiver) if one.task == row.n]
    assert waived[-1].confirmed_by == confirmer


def test_a_form_with_a_verb_or_a_number_that_is_none_is_refused_with_the_reason(
    sample: Served,
) -> None:
    post, _code, _row, form = a_form(sample, "accept")
    client = sample.as_post(post)
    token = form.values["csrf"]

    for broken in ({"verb": "dance"}, {"version": "old"}, {"occurred_on": "soon"}):
        data = {**form.values, "csrf": token, "answer": "ok", **broken}
        answer = client.post(form.action, data=data)
        assert answer.status_code == 400
        assert "没有办成" in answer.text


def test_nobody_finds_a_task_of_a_project_they_take_no_part_in(sample: Served) -> None:
    _post, code, _, form = a_form(sample, "accept")
    stranger = sample.as_post(next(p for r, p in sample.kinds().items() if r == "ward_manager"))

    assert stranger.get(form.action).status_code == 404
    assert stranger.get(f"/p/{code}").status_code == 404
    assert stranger.get("/p/NOTHING").status_code == 404
