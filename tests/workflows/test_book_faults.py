"""A faulty book or scenario is refused whole, every fault with its file and its line."""

import re
from pathlib import Path

import pytest

from tests.workflows.small_book import BOOK, SCENARIO, changed, faults_of


def test_the_small_book_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # Identifiers.
        ("52510904XXXX000193", "52510904XXXX000190",
         '9:32: uscc: "52510904XXXX000190" is no credit code: The last character of the code '
         "should be 3 and is 0."),
        ("52510904XXXX000193", "52510904XXXX00019",
         '9:32: uscc: "52510904XXXX00019" is no credit code: A credit code has 18 characters, '
         "this one has 17."),
        ("52510904XXXX000193", "5251O904XXXX000193",
         '9:32: uscc: "5251O904XXXX000193" is no credit code: A credit code is of digits and '
         "capital letters without I, O, S, V and Z; this one has O at position 5. Perhaps "
         "52510904XXXX000193 is meant."),
        ("52510904XXXX000193", "52510904XXXX00027X",
         '10:32: uscc: "52510904XXXX00027X" is given twice, first in line 9'),
        ("52510904XXXX000193", "[52510904XXXX000193]",
         "9:32: uscc: must be one value, not a list"),
        # Ids, codes and what they name.
        ("{id: P02", "{id: P01", '16:8: id: "P01" is given twice, first in line 15'),
        ("{id: E02", "{id: E01", '19:8: id: "E01" is given twice, first in line 18'),
        ("{id: S02", "{id: O03", '7:8: id: "O03" is given twice, first in line 4'),
        ("community: S02", "community: S99",
         '16:24: community: no record of communities is called "S99"; known: S01, S02'),
        ("community: S02", "community: 望远社区",
         '16:24: community: no record of communities is called "望远社区"; nearest: 示例·望江社区'),
        ("community: S02", "community: null", "16:24: community: is missing"),
        ("agency: A02", "agency: A09",
         '16:37: agency: no record of agencies is called "A09"; known: A01, A02'),
        ("org: O01", "org: O02",
         '12:18: org: unknown org "O02"; known: O01, O03, S01, S02, A01, A02'),
        ("org: O01", "org: null", "12:18: org: is missing"),
        ("can: [submit]", "can: [sumbit]", '13:46: can: unknown right "sumbit"; did you mean'),
        ("scope: 'project:P01'", "scope: 'project:P09'",
         '18:68: scope: unknown project "P09"; known: P01, P02'),
        ("by: R01, note", "by: R07, note", '18:87: by: unknown post "R07"; known: R01, R31'),
        ("batch: 1}\n- {id: S02", "batch: 7}\n- {id: S02",
         '15:3: batch: no wave takes batch "7"; known: 1'),
        # Days.
        ("end: '2018-10-31'}\n- {id: P02", "end: 2017年9月前}\n- {id: P02",
         '15:47: end: "2017年9月前" may mean 2017-08-31 (literal) or 2017-09-30 (customary); '
         "choose a reading and write its day"),
        ("end: '2018-10-31'}\n- {id: P02", "end: 2018-02-29}\n- {id: P02",
         '15:47: end: "2018-02-29" is not a day: Month 2 of 2018 has no day 29; its last day is '
         "2018-02-28."),
        ("end: '2018-10-31'}\n- {id: P02", "end: 2018年}\n- {id: P02",
         '15:47: end: "2018年" covers 2018-01-01 to 2018-12-31; write the one day that is meant'),
        ("end: '2018-10-31'}\n- {id: P02", "end: 9月30日}\n- {id: P02",
         '15:47: end: "9月30日" is not a day: The phrase names no year. Write one day, such as'),
        ("end: '2018-10-31'}\n- {id: P02", "end: 2018年9月底前}\n- {id: P02",
         '15:47: end: "2018年9月底前" is any day before or on 2018-09-30; write 2018-09-30 if'),
        ("end: '2018-10-31'}\n- {id: P02", "end: 签订后10个工作日内}\n- {id: P02",
         '15:47: end: "签订后10个工作日内" counts from something else; write the day that it'),
        ("end: '2018-10-31'}\n- {id: P02", "end: 定期}\n- {id: P02",
         '15:47: end: "定期" is not a day. Write one day, such as 2017-08-31.'),
        ("recorded: '2017-09-06'", "recorded: '2018-11-01'",
         "18:47: recorded: 2018-11-01 is outside the programme, from 2017-08-31 to 2018-10-31"),
        ("occurred: '2017-09-05'", "occurred: '2017-08-30'",
         "18:23: occurred: 2017-08-30 is outside the programme, from 2017-08-31 to 2018-10-31"),
        ("occurred: '2017-09-05'", "occurred: '2017-09-08'",
         "18:47: recorded: is recorded on 2017-09-06, before it happened on 2017-09-08"),
        ("occurred: '2017-09-07', recorded: '2017-09-07', ", "",
         "19:3: occurred: is missing: write the day, such as 2017-08-31"),
        # Form.
        (", note: 设计", "", "19:3: note: is missing"),
        ("real: true}\n- {id: O03", "real: ja}\n- {id: O03", "3:48: real: must be true or false"),
        ("- {id: S02", "- x\n- {id: S02", "7:3: communities: must be a mapping, as every record"),
        ("orgs:\n", "orgs:\n- {id: O09, id: O08}\n", "3:13: orgs.id: is given twice, first"),
    ],
)  # fmt: skip
def test_a_fault_of_the_scenario_names_the_scenario_and_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    found = faults_of(tmp_path, scenario=changed(SCENARIO, old, new))

    assert any(line.startswith(f"scenario.yaml:{fault}") for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("book: small\n", "book: small\nbok: x\n",
         '2:1: bok: unknown key "bok"; did you mean "book"?'),
        ("from: 2017-08-31", "from: 2017年9月前",
         '7:7: from: "2017年9月前" may mean 2017-08-31 (literal) or 2017-09-30 (customary); cho'),
        ("from: 2017-08-31", "from: 2018-11-31", '7:7: from: "2018-11-31" is not a day: Month 11'),
        ("from: 2017-08-31\n", "", "1:1: from: is missing"),
        ("to: 2018-10-31", "to: 2017-08-30",
         "8:5: to: 2017-08-30 is before the programme begins on 2017-08-31"),
        ("scenario: scenario.yaml\n", "", "1:1: scenario: is missing: name the file that holds"),
        ("workflow: pilot_project", "workflow: pilot_projct",
         '3:11: workflow: unknown workflow "pilot_projct"; did you mean "pilot_project"?'),
        ("communities, agency: agencies", "communities, agency: agences",
         '9:40: agency: unknown section of the scenario "agences"; did you mean "agencies"?'),
        ('name: "{community.name}"', 'name: "{comunity.name}"',
         '32:9: name: unknown reference "comunity"; did you mean "community"?'),
        ('name: "{community.name}"', 'name: "{community.nmae}"',
         '32:9: name: unknown field of communities "nmae"; did you mean "name"?'),
        ('"{notice.issuer}"', '"{notice.isuer}"',
         '5:9: issuer: the scenario has no fact "notice.isuer"; did you mean "issuer"?'),
        ("{county_bureau: O01}", "{county_bureau: O77}", '12:13: parents: unknown org "O77"'),
        ("sponsor: O01, region", "sponsr: O01, region",
         '34:13: parties: unknown party "sponsr"; did you mean "sponsor"?'),
        ("sponsor: O01", "sponsor: O77", '34:22: sponsor: unknown org "O77"'),
        ("plan_finish: {", "plan_finsh: {",
         '28:11: dates: unknown date "plan_finsh"; did you mean "plan_finish"?'),
        ("[city_lead]", "[city_led]", '20:11: grants: unknown role "city_led"; did you mean'),
        ("spread: {R31: agencies}", "spread: {R31: agncies}",
         '21:11: spread: unknown section of the scenario "agncies"; did you mean "agencies"?'),
        ("  party_of: {R31: agency}\n", "", "16:3: party_of: is missing for R31: say which party"),
        ("party_of: {R31: agency}", "party_of: {R31: agensy}",
         '22:13: party_of: unknown party "agensy"; did you mean "agency"?'),
        ("- code: W1\n", "- {code: W1, name: x, batch: 2}\n- code: W1\n",
         '25:9: code: "W1" is given twice, first in line 24'),
        ("- code: W1\n", "- {code: W0, name: x, batch: 1}\n- code: W1\n",
         '27:10: batch: "1" is given twice, first in line 24'),
        ("when: {id: E01}", "when: {idd: E01}",
         '38:9: when: unknown field of events "idd"; did you mean "id"?'),
        ("do: act,", "do: akt,", '41:10: do: unknown step "akt"; known: act, submit, accept'),
        ("action: submit,", "action: submitt,", '41:23: action: unknown action "submitt"; did you'),
        ('submit, note: "{note}"', 'submit, noote: "{note}"',
         '41:31: noote: unknown key "noote"; did you mean "note"?'),
        ("task: design", "task: desing", '46:24: task: unknown task "desing"; did you mean "des'),
        ("wave: W1\n", "wave: W9\n", '43:9: wave: unknown wave "W9"; known: W1'),
        ("  wave: W1\n", "", "42:3: wave: is missing"),
        ("open: W1", "open: W9", '48:35: open: unknown wave "W9"; known: W1'),
        ("by: R01, open", "by: R09, open", '48:24: by: unknown post "R09"; known: R01, R31'),
        ("2017-08-31, by: R01, open", "2016-08-31, by: R01, open",
         "48:8: on: 2016-08-31 is outside the programme, from 2017-08-31 to 2018-10-31"),
    ],
)  # fmt: skip
def test_a_fault_of_the_book_names_the_book_and_its_line(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    found = faults_of(tmp_path, book=changed(BOOK, old, new))

    assert any(line.startswith(f"book.yaml:{fault}") for line in found), found


def test_a_step_before_its_project_is_opened_is_a_fault_of_its_record(tmp_path: Path) -> None:
    text = changed(BOOK, "on: 2017-08-31, by: R01, open", "on: 2017-10-31, by: R01, open")

    assert faults_of(tmp_path, book=text) == [
        "scenario.yaml:18:47: recorded: P01 is not open yet; it is opened on 2017-10-31",
        "scenario.yaml:19:47: recorded: P01 is not open yet; it is opened on 2017-10-31",
        "scenario.yaml:19:47: recorded: P02 is not open yet; it is opened on 2017-10-31",
    ]


def test_a_project_that_is_never_opened_is_told_once(tmp_path: Path) -> None:
    text = changed(BOOK, "samples:\n- {on: 2017-08-31, by: R01, open: W1}\n", "")

    assert faults_of(tmp_path, book=text) == [
        "scenario.yaml:18:47: recorded: P01 is never opened; add a sample that opens its wave",
        "scenario.yaml:19:47: recorded: P02 is never opened; add a sample that opens its wave",
    ]


def test_a_project_is_opened_once(tmp_path: Path) -> None:
    found = faults_of(tmp_path, book=BOOK + "- {on: 2017-09-01, by: R01, open: W1}\n")

    assert found == [
        f"book.yaml:49:8: on: {code} is opened again, first on 2017-08-31"
        for code in ("P01", "P02")
    ]


def test_the_faults_of_both_files_stand_in_one_list(tmp_path: Path) -> None:
    book = changed(BOOK, "task: design", "task: desing")
    scenario = changed(SCENARIO, "52510904XXXX000193", "1").replace("agency: A02", "agency: A09")

    found = faults_of(tmp_path, book, scenario)

    assert [re.sub(r":\d+: .*", "", line) for line in found] == [
        "book.yaml:46", "scenario.yaml:9", "scenario.yaml:16",
    ]  # fmt: skip


def test_a_broken_scenario_does_not_hide_a_wrong_key_of_the_book(tmp_path: Path) -> None:
    found = faults_of(tmp_path, BOOK + "smples: []\n", SCENARIO + "x: [\n")

    assert found[0] == 'book.yaml:49:1: smples: unknown key "smples"; did you mean "samples"?'
    assert found[1].startswith("scenario.yaml:21:1: x: is not YAML")


def test_a_scenario_that_is_not_there_is_named(tmp_path: Path) -> None:
    text = changed(BOOK, "scenario: scenario.yaml", "scenario: absent.yaml")

    assert faults_of(tmp_path, book=text) == [
        "absent.yaml:1:1: file: cannot be read: No such file or directory"
    ]


def test_what_is_wrong_with_one_value_is_told_once(tmp_path: Path) -> None:
    text = changed(SCENARIO, "community: S02", "community: S99")

    assert len(faults_of(tmp_path, scenario=text)) == 1
