"""Sample reasons: every code that the core gives, in every shape of its facts."""

from engine.core.errors import Facts, Reason

SHAPES: dict[str, list[Facts]] = {
    "acceptance_missing": [
        {"task": "five_site", "on": "2018-10-09"},
        {"task": "five_site", "on": None},
    ],
    "already_open": [{"project": "SN-01"}],
    "beyond_calendar": [
        {"detail": "2101-01-01: calendars end on 2100-12-31"},
        {
            "detail": "2101-01-01: calendars end on 2100-12-31",
            "fault": "calendar_ends",
            "where": "2101-01-01",
            "last": "2100-12-31",
        },
    ],
    "already_scored": [{"post": "eval-1"}],
    "asked_after_due": [{"due": "2017-11-30", "on": "2017-12-04"}],
    "before_entry": [{"on": "2017-09-01", "entered": "2017-09-22"}],
    "before_evidence": [{"task": "work_plan", "done": "2017-09-05"}],
    "before_opening": [{"on": "2017-08-01", "opened": "2017-08-31"}],
    "before_step": [{"task": "issue", "on": "2018-04-09"}],
    "below_pass": [{"task": "review", "mean": "55.500000", "need": "60"}],
    "children_short": [{"stage": "promoted", "have": 3, "need": 8}],
    "count_malformed": [{"value": 0}],
    "date_undecided": [{"date": "cadence_from"}, {"task": "publicity", "days": 5}],
    "days_malformed": [{"days": -1}],
    "days_or_day": [{"days": 5, "until": "2017-12-15"}],
    "document_missing": [{"seal": "local_party"}],
    "due_before_start": [{"due": "2018-03-01"}],
    "extension_checked": [{"task": "implementation"}],
    "extension_pending": [{"task": "implementation"}],
    "extension_shortens": [
        {"task": "implementation", "due": "2017-11-30", "earliest": "2017-12-01"}
    ],
    "extension_unchecked": [{"task": "implementation"}],
    "field_malformed": [
        {"task": "contract", "field": "amount", "value": "十万", "type": "money"},
        {"task": "-", "field": "on", "value": "昨天", "type": "date"},
    ],
    "field_missing": [{"task": "bids", "field": "applicants"}],
    "grade_too_low": [{"task": "special_evaluation", "grade": "pass", "got": "fail"}],
    "grade_undecided": [{"task": "special_evaluation", "grade": "pass"}],
    "in_the_future": [{"on": "2018-01-02", "today": "2018-01-01"}],
    "interval_days": [
        {"task": "supervision", "days": 0, "most": 3660},
        {"task": "supervision", "days": None, "most": 3660},
    ],
    "interval_fixed": [{"task": "supervision"}],
    "interval_unknown": [{"task": "supervision", "given": "week", "known": "month, days"}],
    "interval_unset": [{"task": "supervision"}],
    "issue_open": [
        {"task": "issue", "ref": "WT-03", "title": "楼道扶手松动", "due": "2018-04-16", "late": 4},
        {"task": "issue", "ref": "WT-03", "title": "楼道扶手松动", "due": "2018-04-16", "late": 0},
        {"task": "issue", "ref": "WT-03", "title": None, "due": "-", "late": 0},
    ],
    "must_not_hold": [{"guard": "issues"}],
    "no_extension_check": [{"workflow": "pilot_project"}],
    "no_extensions": [{"workflow": "pilot_project"}],
    "no_revision": [{"task": "special_evaluation"}],
    "no_waivers": [{"workflow": "pilot_project"}],
    "not_active": [{"standing": "suspended"}],
    "not_concluded": [{"task": "review", "have": 3, "need": 3}],
    "not_correctable": [
        {"field": "person", "near": "value, doc_no, note, on"},
        {"field": "-", "near": "value, doc_no, note, on"},
    ],
    "not_independent": [
        {"party": "evaluator", "other": "supervisor", "org": "示例·甲中心"},
        {"party": "agency", "other": None, "org": "示例·甲中心"},
    ],
    "not_raisable": [{"task": "work_plan"}],
    "not_reopenable": [{"task": "issue/WT-03", "status": "open"}],
    "nothing_asked": [{"task": "implementation"}],
    "nothing_proposed": [{"task": "five_brand"}],
    "nothing_to_confirm": [{"project": "SN-01"}],
    "nothing_to_correct": [{"seq": 12}],
    "occasion_due": [{"task": "supervision"}],
    "occasion_not_a_day": [{"task": "supervision", "given": "next week"}],
    "paper_missing": [
        {"task": "work_plan", "slot": "paper"},
        {"task": "design", "slot": "budget"},
    ],
    "party_unbound": [{"party": "agency"}],
    "project_closed": [
        {"standing": "active", "stage": "promoted"},
        {"standing": "terminated", "stage": "implementation"},
    ],
    "quota_short": [{"task": "seed_workers", "party": "agency", "need": 2, "have": 0}],
    "quota_undecided": [{"task": "seed_workers", "party": "agency", "need": 2}],
    "reason_code_missing": [
        {"action": "return_plan", "choices": "material_incomplete, other", "given": "-"},
        {"action": "suspend", "choices": "agency_left, other", "given": "vacation"},
    ],
    "reason_missing": [
        {"action": "correct"},
        {"action": "extension"},
        {"action": "resume", "choices": "agency_left, other"},
    ],
    "reference_taken": [{"task": "issue", "ref": "WT-03"}],
    "role_missing": [
        {"roles": "county city_lead", "post": "agency-1"},
        {"roles": "", "post": "agency-1"},
    ],
    "score_malformed": [{"value": "满分"}, {"value": "-"}],
    "scores_missing": [{"task": "review", "have": 0, "need": 3}],
    "seal_conditional": [
        {"task": "consent", "seal": "city_bureau", "note": "补充责任人"},
        {"task": "consent", "seal": "city_bureau", "note": "-"},
    ],
    "seal_missing": [{"task": "consent", "seal": "local_government", "note": "-"}],
    "seal_out_of_order": [{"seal": "city_bureau", "first": "local_party"}],
    "seal_refused": [
        {"task": "consent", "seal": "local_party", "note": "资金未落实"},
        {"task": "consent", "seal": "local_party", "note": "-"},
    ],
    "self_approval": [{"post": "county-1"}],
    "step_missing": [
        {"task": "publicity", "step": "done", "ref": None},
        {"task": "issue", "step": "closed", "ref": "WT-03"},
        {"task": "supervision", "step": "visit", "ref": "2018-03"},
    ],
    "step_out_of_order": [{"task": "issue", "step": "closed", "next": "fixed"}],
    "successors": [{"seq": 12, "later": "15, 18"}],
    "task_closed": [
        {"task": "work_plan", "ref": None, "status": "done"},
        {"task": "issue", "ref": "WT-03", "status": "waived"},
    ],
    "task_not_open": [
        {"task": "lessons"},
        {"task": "issue", "ref": "WT-09"},
        {"task": "supervision", "ref": "2018-03"},
    ],
    "too_early": [
        {"date": "cadence_from", "until": "2018-01-01"},
        {"task": "publicity", "days": 5, "until": "2017-10-31"},
    ],
    "uncited": [{"task": "consent", "part": "local_party"}],
    "undated": [{"task": "five_brand"}],
    "unknown_action": [{"action": "jump", "near": "submit"}, {"action": "jump", "near": ""}],
    "unknown_date": [{"date": "someday"}],
    "unknown_entry": [{"seq": 99}],
    "unknown_field": [
        {"task": "bids", "field": "colour", "near": "applicants"},
        {"task": "call", "field": "colour", "near": "-"},
    ],
    "unknown_item": [{"task": "poem", "near": "needs_survey, work_plan"}],
    "unknown_org": [{"org": "NOBODY", "party": "agency"}],
    "unknown_party": [{"party": "sponsor_of_sponsors"}],
    "unknown_seal": [{"seals": "mayor", "near": "city_bureau, local_party", "verdict": "maybe"}],
    "unknown_slot": [
        {"task": "design", "slot": "poem", "near": "proposal, budget"},
        {"task": "design", "slot": "-", "near": "proposal, budget"},
    ],
    "unknown_task": [{"task": "poem"}],
    "unknown_verdict": [{"verdict": "maybe"}],
    "upload_broken": [{"file": "计划.docx"}],
    "upload_empty": [{"file": "-"}, {"file": "计划.pdf"}],
    "upload_harmful": [{"file": "计划.docx"}],
    "upload_kind": [{"file": "计划.exe", "kinds": ".pdf .jpg"}],
    "upload_large": [{"file": "照片.jpg", "size": 30_000_000, "most": 20_971_520}],
    "waiver_pending": [{"task": "five_brand"}],
    "waiver_unconfirmed": [{"task": "five_brand"}],
    "which_task": [{"task": "issue", "choices": "issue/WT-01, issue/WT-03"}],
    "wrong_kind": [{"task": "review", "kind": "review", "wanted": "deliverable"}],
    "wrong_stage": [{"action": "award", "stage": "agency_recruitment", "now": "plan"}],
    "wrong_standing": [
        {"action": "suspend", "standing": "terminated"},
        {"action": "resume", "standing": "active"},
    ],
}

HOLDERS: dict[str, tuple[str | None, str | None]] = {
    "acceptance_missing": ("city_lead", "task accept"),
    "issue_open": ("county", "task record issue/WT-03"),
    "not_active": ("county", "project act"),
    "not_concluded": ("evaluator", "task conclude"),
    "not_independent": (None, "project bind"),
    "paper_missing": ("county", "task submit"),
    "quota_short": ("county", "task count"),
    "role_missing": ("county", None),
    "scores_missing": ("evaluator", "task score"),
    "seal_missing": ("county", "task seal"),
    "step_missing": ("county", "task record"),
    "waiver_unconfirmed": (None, "waiver confirm"),
}
"""Who can lift a reason, and by which act, for the codes where the core says so."""

REASONS = [
    Reason(code, facts, *HOLDERS.get(code, (None, None)))
    for code, shapes in SHAPES.items()
    for facts in shapes
]
