"""The smallest workflow with one of everything, and what is said of it after a change."""

from engine.core.errors import DefinitionError
from workflows.reader import read_workflow

SMALL = """\
workflow: small
version: 1
name: {zh: 小流程, en: Small}
timezone: Asia/Shanghai
opens_at: "09:00"
calendar: cn
due_soon_days: 3
initial: draft
roles:
  clerk: {name: {zh: 经办, en: Clerk}, party: office}
  chief: {name: {zh: 主管, en: Chief}}
parties: {office: {zh: 单位, en: Office}, panel: {zh: 评审组, en: Panel}}
dates: {finish: {zh: 期限, en: Finish}}
reasons: {wrong: {zh: 有误, en: Wrong}}
ladders:
  default:
    early: {name: {zh: 提醒, en: Early}, days: -1, to: [holder], template: early}
    late: {name: {zh: 催办, en: Late}, days: 2, to: [holder, chief], template: late}
grades:
  good: {name: {zh: 好, en: Good}, from: "60"}
  bad: {name: {zh: 差, en: Bad}, from: "0", passes: false}
openers: [chief]
correctors: [chief]
standing:
  pause: {name: {zh: 暂停, en: Pause}, from: [active], to: paused, roles: [chief], reason: free}
  go_on: {name: {zh: 恢复, en: Go on}, from: [paused], to: active, roles: [chief], reason: none}
stages:
  draft:
    name: {zh: 起草, en: Draft}
    holder: clerk
    due: {from: "date:finish"}
    tasks:
      paper: {kind: deliverable, name: {zh: 材料, en: Paper}, holder: clerk, gates: [send]}
      consent:
        kind: seal
        name: {zh: 同意, en: Consent}
        holder: clerk
        seal:
          parties:
            boss: {name: {zh: 主管, en: Chief}, role: chief}
            board: {name: {zh: 党委, en: Board}, enterers: [clerk]}
      panel:
        kind: review
        name: {zh: 评审, en: Panel}
        holder: chief
        review: {judges: chief, panel: 3, concludes: [chief], pass_at: "60", spread_alarm: "20"}
    actions:
      send: {name: {zh: 报送, en: Send}, to: check, roles: [clerk], gate: {seals: {of: consent}}}
  check:
    name: {zh: 审核, en: Check}
    holder: chief
    actions:
      accept: {name: {zh: 通过, en: Accept}, to: closed, roles: [chief]}
      back: {name: {zh: 退回, en: Back}, kind: return, to: draft, roles: [chief], reason: coded}
  closed: {name: {zh: 办结, en: Closed}, holder: chief, final: true}
tracks:
  heads:
    kind: quota
    name: {zh: 人数, en: Heads}
    holder: clerk
    quota: {at_least: 2, per: [office], counters: [clerk]}
  issue:
    kind: record
    name: {zh: 问题, en: Issue}
    holder: clerk
    opens: raised
    raisers: [chief]
    due: {from: given}
  report:
    kind: record
    name: {zh: 月报, en: Report}
    holder: clerk
    opens: "stage:check"
    cadence: {every: month}
    due: {from: period_end}
"""

Swap = tuple[str, str]


def changed(*swaps: Swap) -> str:
    """Return the small workflow with passages replaced; each must stand in it once."""
    text = SMALL
    for old, new in swaps:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the workflow"
        text = text.replace(old, new)
    return text


def refusal(text: str | bytes) -> list[str]:
    """Return what is said of a text: every fault as ``line:column key: message``."""
    try:
        read_workflow(text, "x")
    except DefinitionError as error:
        return [str(fault).replace("x:", "", 1).replace(": ", " ", 1) for fault in error.faults]
    return []


def said(*swaps: Swap) -> list[str]:
    """Return what is said of the small workflow with passages replaced."""
    return refusal(changed(*swaps))
