"""A small programme for the terminal: one county, two projects, a post for every role."""

from pathlib import Path

from cli import main

BEGINS = "2018-01-08T09:00"
"""The Monday on which the simulated clock stands when a test begins."""

SCENARIO = """\
orgs:
  - {id: O1, name: 市民政局, kind: city_bureau}
  - {id: O2, name: 东区民政局, kind: county_bureau}
  - {id: A1, name: 甲机构, kind: agency}
  - {id: A2, name: 乙机构, kind: agency}
  - {id: V1, name: 督导队, kind: supervisor}
  - {id: E1, name: 评估所, kind: evaluator}
communities:
  - {id: S1, name: 春和社区}
  - {id: S2, name: 望江社区}
roles:
  - {id: R01, org: O1, name: 牵头岗, can: [lead]}
  - {id: R02, org: O1, name: 资金岗, can: [funds]}
  - {id: R11, org: O2, name: 协调员, can: [county]}
  - {id: R31, org: A1, name: 机构主管, can: [agency]}
  - {id: R41, org: V1, name: 督导, can: [visit]}
  - {id: R51, org: E1, name: 评估员甲, can: [score]}
  - {id: R52, org: E1, name: 评估员乙, can: [score]}
  - {id: R53, org: E1, name: 评估员丙, can: [score]}
projects:
  - {id: P1, community: S1}
  - {id: P2, community: S2}
targets:
  - {id: T1, text: 两个社区进场实施, count: 2, by: 2018-12-31}
  - {id: T2, text: 全市都有机构承接, by: 2020-12-31}
"""

BOOK = """\
book: small-2018
scenario: scenario.yaml
workflow: pilot_project
name: 小计划
issuer: 市民政局
issued_on: 2018-01-02
from: 2018-01-08
to: 2018-12-31
refs: {community: communities, project: projects}
orgs:
  - {section: orgs, code: "{id}", name: "{name}", kind: "{kind}", parents: {county_bureau: O1}}
  - {section: communities, code: "{id}", name: "{name}", kind: community, parent: O2}
posts:
  section: roles
  code: "{id}"
  org: "{org}"
  name: "{name}"
  grants:
    lead: [city_lead]
    funds: [city_finance]
    county: [county]
    agency: [agency]
    visit: [supervisor]
    score: [evaluator]
waves:
  - code: W1
    name: 首批
    batch: 1
    opens_on: 2018-01-08
    dates:
      plan_finish: {words: 1月底前, on: 2018-01-31, reading: 月末}
      setup_finish: {words: 一季度, on: 2018-03-30, reading: 季末}
  - {code: W2, name: 次批, opens_on: 2018-06-01}
targets:
  - section: targets
    when: {id: T1}
    code: "{id}"
    words: "{text}"
    by: "{by}"
    count: "{count}"
    stage: implementation
  - section: targets
    when: {id: T2}
    code: "{id}"
    words: "{text}"
    by: "{by}"
    party: agency
    soft: true
    denominator: 总数未报
projects:
  section: projects
  code: "{id}"
  name: "{community.name}"
  batch: "1"
  parent: O2
  parties: {sponsor: O1, region: O2, community: "{community}", supervisor: V1, evaluator: E1}
plays: []
samples: []
"""


def a_book(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the small book into a folder, a passage of it replaced, and return its path."""
    assert old in BOOK, f"the book does not say {old!r}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(SCENARIO, "utf-8")
    path = folder / "book.yaml"
    path.write_text(BOOK.replace(old, new) if old else BOOK, "utf-8")
    return path


def an_office(folder: Path) -> Path:
    """Make a simulated database, its first wave opened, and return its path."""
    path = folder / "office.db"
    db = ["--db", str(path)]
    assert main(["db", "upgrade", "--simulated", "--at", BEGINS, *db]) == 0
    book = str(a_book(folder))
    assert main(["programme", "import", book, "--wave", "W1", "--as", "R11", *db]) == 0
    return path


PAPERS = ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list")
"""What the first stage owes."""
