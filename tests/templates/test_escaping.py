"""Names that people type are text wherever they stand."""

import pytest

from templates import render_notice
from templates.environment import one_line, printable
from templates.notice import NOTICES
from tests.templates.contexts import a_context

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"
TYPED = ("project", "code", "title", "ref", "words", "to_org", "to_post", "issuer", "notice_no")


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("template", NOTICES)
def test_markup_in_a_fact_is_text_on_the_page(template: str, locale: str) -> None:
    typed = dict.fromkeys(TYPED, HOSTILE)
    context = a_context(template, locale, **typed, missing=[HOSTILE], task_name=HOSTILE)

    page = render_notice(template, locale, context).html

    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("template", NOTICES)
def test_a_fact_is_no_template(template: str) -> None:
    context = a_context(template, project="{{ 7 * 191 }}{% raw %}", missing=["{{ 7 * 191 }}"])

    found = render_notice(template, "zh", context)

    assert "1337" not in found.text + found.html
    assert "{{ 7 * 191 }}" in found.text


def test_plain_text_is_not_escaped() -> None:
    context = a_context(project="A & B <C>")

    assert "A & B <C>" in render_notice("reminder", "zh", context).text


def test_what_xml_forbids_and_what_turns_the_text_is_left_out() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffee\u202ef") == "abcdef"
    assert printable("a\tb\nc") == "a\tb\nc"
    assert printable(7) == 7
    assert one_line(" a\n b\u3000c ") == "a b c"
