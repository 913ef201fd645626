"""A small book with its scenario, and what is said of them when a test has changed a line."""

from pathlib import Path

from engine.core.errors import DefinitionError
from engine.core.plan import Plan
from workflows.book import read_book

SCENARIO = """\
notice: {title: 通知, issuer: 市局, signed_on: '2017-08-31'}
orgs:
- {id: O01, name: 市局, kind: city_bureau, real: true}
- {id: O03, name: 区局, kind: county_bureau, real: true}
communities:
- {id: S01, name: 示例·春和社区, batch: 1}
- {id: S02, name: 示例·望江社区, batch: 1}
agencies:
- {id: A01, name: 示例·启明, uscc: 52510904XXXX000193}
- {id: A02, name: 示例·同心, uscc: 52510904XXXX00027X}
roles:
- {id: R01, org: O01, name: 统筹岗, can: [programme]}
- {id: R31, org: null, name: 主管（每机构一岗）, can: [submit]}
projects:
- {id: P01, community: S01, agency: A01, end: '2018-10-31'}
- {id: P02, community: S02, agency: A02, end: '2018-10-31'}
events:
- {id: E01, occurred: '2017-09-05', recorded: '2017-09-06', scope: 'project:P01', by: R01, note: 报}
- {id: E02, occurred: '2017-09-07', recorded: '2017-09-07', scope: county, by: R31, note: 设计}
"""

BOOK = """\
book: small
scenario: scenario.yaml
workflow: pilot_project
name: "{notice.title}"
issuer: "{notice.issuer}"
issued_on: "{notice.signed_on}"
from: 2017-08-31
to: 2018-10-31
refs: {community: communities, agency: agencies}
orgs:
- {section: orgs, code: "{id}", name: "{name}", kind: "{kind}", real: "{real}",
   parents: {county_bureau: O01}}
- {section: communities, code: "{id}", name: "{name}", kind: community, parent: O03}
- {section: agencies, code: "{id}", name: "{name}", kind: agency, uscc: "{uscc}"}
posts:
  section: roles
  code: "{id}"
  org: "{org}"
  name: "{name}"
  grants: {programme: [city_lead], submit: [agency]}
  spread: {R31: agencies}
  party_of: {R31: agency}
waves:
- code: W1
  name: 首批
  batch: 1
  opens_on: 2017-08-31
  dates: {plan_finish: {words: 2017年9月前, on: 2017-09-30, reading: 惯常}}
projects:
  section: projects
  code: "{id}"
  name: "{community.name}"
  batch: "{community.batch}"
  parties: {sponsor: O01, region: O03, community: "{community}"}
  dates: {planned_end: {words: "{end}", on: "{end}"}}
plays:
- section: events
  when: {id: E01}
  by: "{by}"
  steps:
  - {do: act, action: submit, note: "{note}"}
- section: events
  wave: W1
  by: "{by}"
  steps:
  - {do: submit, task: design, title: "{note}"}
samples:
- {on: 2017-08-31, by: R01, open: W1}
"""


def read(folder: Path, book: str = BOOK, scenario: str = SCENARIO) -> Plan:
    """Return the plan of a book and a scenario that are written into a folder."""
    (folder / "book.yaml").write_text(book, "utf-8")
    (folder / "scenario.yaml").write_text(scenario, "utf-8")
    return read_book(folder / "book.yaml")


def faults_of(folder: Path, book: str = BOOK, scenario: str = SCENARIO) -> list[str]:
    """Return what is said of both files, as ``file:line:column: key: message``; may be empty."""
    try:
        read(folder, book, scenario)
    except DefinitionError as error:
        return [line.removeprefix(f"{folder}/") for line in str(error).splitlines()]
    return []


def changed(text: str, old: str, new: str) -> str:
    """Return a text with its one occurrence of another replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
