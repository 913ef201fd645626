"""Sample contexts of notices: one valid one, and variations that must show in the text."""

from datetime import date
from typing import Any

from templates.notice import NOTICES

RUNGS = {
    "zh": {
        "reminder": "提醒", "urge": "催办", "oversee": "督办", "coordinate": "协调",
        "plain": "预告", "moved": "日历更正",
    },
    "en": {
        "reminder": "Reminder", "urge": "Urge", "oversee": "Oversight",
        "coordinate": "Coordination", "plain": "Heads-up", "moved": "Calendar correction",
    },
}  # fmt: skip
LATE = {"reminder": 0, "urge": 1, "oversee": 5, "coordinate": 10, "plain": 0, "moved": 0}
MISSING = {
    "zh": ["还缺“入围公示”的记录", "“种子社工”：承接机构已有 0 名，须有 2 名"],
    "en": ["“Publicity” is not recorded yet", "“Seed workers”: the agency has 0 of 2"],
}


def a_context(template: str = "reminder", locale: str = "zh", **changes: Any) -> dict[str, Any]:
    """Return the context of a notice on a late or nearly late stage, with changes."""
    stage = {"zh": "机构招募", "en": "Agency recruitment"}[locale]
    late = LATE[template]
    return {
        "notice_no": None, "project": "示例·春和社区", "code": "SN-01", "stage_name": stage,
        "task_name": stage, "label": "agency_recruitment", "title": None, "period": None,
        "ref": None, "due": date(2017, 11, 30), "original_due": date(2017, 11, 30),
        "provisional": False, "words": None, "late": late, "left": 0 if late else 2,
        "rung_name": RUNGS[locale][template], "merged": [],
        "on": date(2017, 12, 7) if late else date(2017, 11, 28), "missing": MISSING[locale],
        "to_org": "示例·安居区民政局", "to_post": "县区协调员", "issuer": "示例·市民政局",
    } | changes  # fmt: skip


CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "nothing_missing": {"missing": []},
    "due_today": {"left": 0, "late": 0},
    "numbered": {"notice_no": "SD-2017-0012"},
    "words": {"words": "2017年9-11月"},
    "moved": {"original_due": date(2017, 9, 30)},
    "corrected": {"was": date(2017, 11, 28), "why": "国办发明电〔2017〕12号，2017年11月30日公布"},
    "provisional": {"provisional": True, "due": date(2019, 2, 15), "original_due": None},
    "merged": {"merged": ["提醒", "催办"]},
    "replaced": {"instead_of": "own_wording"},
    "nobody": {"to_post": "nobody:督导"},
    "period": {"task_name": "一月一督导", "period": "2018-03"},
    "titled": {"task_name": "问题整改", "ref": "WT-03", "title": "楼道扶手松动"},
}
"""What changes in the sample context, by case."""

EVERY = [
    (template, locale, case)
    for template in NOTICES
    for locale in ("zh", "en")
    for case in CASES
]  # fmt: skip
