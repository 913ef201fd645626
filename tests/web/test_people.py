"""人员与委托 and signing in, as a browser without scripts finds them."""

import re
from datetime import UTC, datetime

import pytest

from bootstrap import Desk
from engine.core.totp import code_at, step_at
from tests.web.people_site import PASSWORD, a_client, csrf_of, peopled, send, signed_in


@pytest.fixture
def desk(sqlite_desk: Desk) -> Desk:
    """A desk with people in its posts."""
    return peopled(sqlite_desk)


def test_a_system_administrator_opens_an_account_whose_password_is_shown_once(desk: Desk) -> None:
    client = signed_in(desk, "system")
    form = {"csrf": csrf_of(client), "person": "zhao", "name": "赵"}

    page = client.post("/settings/accounts", data=form).text
    shown = re.search(r"<code>([^<]+)</code>", page)

    assert shown is not None
    assert desk.accounts.enter("zhao", shown[1], "R02").token
    assert shown[1] not in client.get("/settings/people").text


def test_a_substitute_is_appointed_for_a_time_and_relieved(desk: Desk) -> None:
    client, today = signed_in(desk, "system"), desk.people.today().isoformat()
    form = {"person": "neighbour", "acting": "yes", "from_on": today, "to_on": today}

    assert send(client, "/settings/posts/R11/appoint", **form) == 303
    assert "neighbour" in client.get("/settings/posts/R11").text
    assert send(client, "/settings/posts/R11/relieve", person="county") == 303
    assert send(client, "/settings/posts/R11/appoint", person="nobody") == 404
    assert send(client, "/settings/posts/R11/appoint", person="city", from_on="soon") == 400


def test_a_refused_appointment_says_why_in_the_readers_language(desk: Desk) -> None:
    client = signed_in(desk, "system")
    form = {"csrf": csrf_of(client), "person": "audit"}

    said = client.post("/settings/posts/R02/appoint", data=form)

    assert said.status_code == 422
    assert "相互分离" in said.text


def test_one_security_administrator_proposes_and_the_other_one_confirms(desk: Desk) -> None:
    first, second = signed_in(desk, "security"), signed_in(desk, "second")
    assert send(first, "/settings/posts/R03/propose", kind="roles", roles="city_lead") == 303
    n = desk.staff.proposals()[0].n

    assert 'value="confirm"' not in first.get("/settings/people").text
    assert send(first, f"/settings/proposals/{n}", answer="confirm") == 422
    assert 'value="confirm"' in second.get("/settings/people").text
    assert send(second, f"/settings/proposals/{n}", answer="confirm") == 303
    assert desk.people.directory().posts["R03"].roles == "city_lead"


def test_a_handover_shows_what_the_successor_takes_over_and_ends_the_session(desk: Desk) -> None:
    leaver, client = signed_in(desk, "county"), signed_in(desk, "system")

    page = client.get("/settings/accounts/county").text
    assert "P01 " in page
    assert send(client, "/settings/accounts/county/handover", successor="audit") == 422
    desk.accounts.add("new", "新人", PASSWORD)
    assert send(client, "/settings/accounts/county/handover", successor="new") == 303

    assert leaver.get("/", follow_redirects=False).status_code == 303
    assert "P01" in signed_in(desk, "new").get("/").text


def test_signing_in_gives_a_new_session_and_ends_the_one_before(desk: Desk) -> None:
    client = signed_in(desk, "city")
    old = client.cookies["shidian"]
    form = {"person": "county", "password": PASSWORD, "next": "/"}

    answer = client.post("/login", data={**form, "csrf": csrf_of(client)}, follow_redirects=False)

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.cookies["shidian"] != old
    assert desk.accounts.session(old) is None


def test_a_header_does_not_make_a_guesser_somebody_else(desk: Desk) -> None:
    client = a_client(desk)
    form = {"person": "city", "password": "wrong", "next": "/"}
    for n in range(5):
        client.post("/login", data=form, headers={"x-forwarded-for": f"10.0.0.{n}"})

    answer = client.post("/login", data={**form, "password": PASSWORD})

    assert answer.status_code == 422


def test_a_second_factor_is_set_up_and_asked_for_after_the_password(desk: Desk) -> None:
    client = signed_in(desk, "city")
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', client.get("/me/factor").text)
    assert found is not None
    step = step_at(datetime.now(UTC))
    secret = found[1]
    assert send(client, "/me/factor", secret=secret, code="000000") == 422
    assert send(client, "/me/factor", secret=secret, code=code_at(secret, step)) == 303

    door = a_client(desk)
    page = door.post("/login", data={"person": "city", "password": PASSWORD, "next": "/wall"})
    half = re.search(r'name="half" value="([^"]+)"', page.text)
    assert half is not None
    form = {"half": half[1], "next": "/wall", "code": code_at(secret, step + 1)}
    answer = door.post("/login/code", data=form, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/wall")
    assert door.get("/wall").status_code == 200


def test_a_person_changes_their_password_and_signs_in_again(desk: Desk) -> None:
    client = signed_in(desk, "city")
    new = "another sentence of mine"

    assert send(client, "/me/password", old=PASSWORD, new=new, again="no") == 422
    assert send(client, "/me/password", old="wrong", new=new, again=new) == 422
    assert send(client, "/me/password", old=PASSWORD, new="short", again="short") == 422
    assert send(client, "/me/password", old=PASSWORD, new=new, again=new) == 303
    assert client.get("/", follow_redirects=False).status_code == 303
    assert desk.accounts.enter("city", new, "R01").token


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", ["system", "security", "audit"])
def test_every_page_of_people_is_whole_in_both_languages(
    desk: Desk, person: str, language: str
) -> None:
    client = signed_in(desk, person)
    desk.accounts.prefer(person, locale=language)

    for path in ("/settings/people", "/settings/posts/R11", "/settings/posts/audit_admin",
                 "/settings/accounts/county", "/settings/accounts/audit", "/me"):  # fmt: skip
        assert client.get(path).status_code == 200, path
    for path in ("/settings/posts/none", "/settings/accounts/none"):
        assert client.get(path).status_code == 404
