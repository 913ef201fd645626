"""What a diligent office would do next: so that some random lives get to the end."""

from typing import Any

from tests.model.acts import Acts
from tests.model.rules import STEPS, Row

Step = tuple[str, tuple[Any, ...]]
"""The name of a rule of the machine, and its arguments."""

MAKER = {"MA": "M1", "MB": "M2"}


def next_step(rules: Acts) -> Step | None:
    """Return the next thing that the way to the end asks for; None when nothing is left."""
    if not rules.is_live():
        return None
    if rules.standing != "active":
        return "turn", ("go_on", "B1")
    return {"draft": _draft, "check": _check, "work": _work}[rules.stage](rules)


def _draft(rules: Acts) -> Step:
    paper, consent = rules.open_row("paper"), rules.open_row("consent")
    if paper is not None:
        given = {part["key"] for part in rules.parts(paper, "paper")}
        return "submit_paper", ("text" if "text" not in given else "budget", "C1")
    if consent is not None:
        sealed = {p["key"] for p in rules.parts(consent, "seal") if p["verdict"] == "consent"}
        if "boss" not in sealed:
            return "seal", ("boss", "B2" if rules.entered_by == "B1" else "B1", "consent")
        return "seal", ("board", "C1", "consent")
    return "_move", ("send", (), "C1")


def _check(rules: Acts) -> Step:
    maker = MAKER.get(rules.bound.get("maker", ""))
    if maker is None:
        return "bind", ("MA", "B1")
    answer, review, heads = (rules.open_row(key) for key in ("answer", "review", "heads"))
    if answer is not None:
        if rules.parts(answer, "paper"):
            return "accept", ("B1", True)
        return "submit_answer", (maker,)
    if heads is not None:
        return "count", (_short(rules, heads), 2, "C1")
    if review is not None:
        return _panel(rules, review)
    return "_move", ("pass", (), "B1")


def _short(rules: Acts, heads: Row) -> str:
    counted = [part["org"] for part in rules.parts(heads, "count") for _ in range(part["value"])]
    return "office" if counted.count(rules.bound["office"]) < 2 else "maker"


def _panel(rules: Acts, review: Row) -> Step:
    given = {part["key"]: part["value"] for part in rules.parts(review, "score")}
    free = [judge for judge in ("J1", "J2", "J3") if judge not in given]
    if sum(value is not None for value in given.values()) < 2 and free:
        return "score", (free[0], 90)
    return "conclude", ("B1", False)


def next_role(rules: Acts, key: str, ref: str | None) -> str:
    """Return the role that the next step of a record asks for."""
    row = rules.open_row(key, ref)
    done = {part["key"] for part in rules.parts(row, "step")} if row is not None else set()
    return next((role for step, role in STEPS[key] if step not in done), STEPS[key][0][1])


def _work(rules: Acts) -> Step:
    for key, ref in (("log", None), ("issue", "I1"), ("issue", "I2")):
        row = rules.open_row(key, ref)
        if row is not None:
            role = next_role(rules, key, ref)
            maker = MAKER.get(rules.bound.get("maker", ""))
            if role == "maker" and maker is None:
                return "bind", ("MA", "B1")
            return "record", (key, ref or "I1", maker if role == "maker" else "C1")
    return "_move", ("finish", (), "B1")
