"""A calendar file is held against the day, the register and what was published before."""

from datetime import date

import pytest

from engine.core.errors import DefinitionError
from workflows.arrangement_beside import Beside
from workflows.calendars_reader import load_calendar, read_arrangement

TODAY = date(2018, 8, 20)
BESIDE = Beside(TODAY, load_calendar().arrangements, ("O01", "O03"))
OWN = """\
id: O03-2018.1
region: O03
years: [2018]
document: null
published_on: 2018-08-20
off: {停电检修: 2018-09-03..2018-09-04}
"""
AMENDED = """\
id: cn-2018.2
region: cn
years: [2018]
document: null
published_on: 2018-08-20
amends: cn-2018.1
off: {台风: 2018-09-03}
"""


def test_days_of_a_registered_org_and_an_amendment_are_read() -> None:
    assert read_arrangement(OWN, "own.yaml", beside=BESIDE).region == "O03"
    assert read_arrangement(AMENDED, "more.yaml", beside=BESIDE).amends == "cn-2018.1"


def test_a_paper_that_is_on_record_already_is_no_fault_of_its_own() -> None:
    text = AMENDED.replace("cn-2018.2", "cn-2018.1").replace(
        "amends: cn-2018.1\n", "amends: null\n"
    )

    faults = faults_of(text)

    assert not [fault for fault in faults if "already" in fault]


def faults_of(text: str) -> list[str]:
    """Return the faults of a file as a person reads them, none when it is read."""
    try:
        read_arrangement(text, "own.yaml", beside=BESIDE)
    except DefinitionError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    ("text", "old", "new", "fault"),
    [
        (OWN, "2018-08-20", "2018-08-21",
         "own.yaml:5:15: published_on: 2018-08-21 is later than today, 2018-08-20; import it"),
        (OWN, "O03", "O30", 'own.yaml:2:9: region: unknown org "O30"; known: cn, O01, O03'),
        (AMENDED, "amends: cn-2018.1", "amends: cn-2018.9",
         'own.yaml:6:9: amends: unknown arrangement "cn-2018.9"; did you mean'),
        (OWN, "off:", "amends: cn-2018.1\noff:",
         "own.yaml:6:9: amends: cn-2018.1 is of cn; a paper amends one of its own region"),
        (AMENDED, "amends: cn-2018.1", "amends: null",
         "own.yaml:3:8: years: 2018 is arranged by cn-2018.1 already; what changes it is an"
         " amendment: write amends: cn-2018.1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_place_and_remedy(
    text: str, old: str, new: str, fault: str
) -> None:
    assert old in text

    found = faults_of(text.replace(old, new))

    assert any(each.startswith(fault) for each in found), found
