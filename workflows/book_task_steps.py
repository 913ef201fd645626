"""The steps of a book that are about what a project owes: papers, seals, scores, records."""

from engine.core import commands
from engine.core.commands import Command, Target
from workflows.book_step import Step


def submit(step: Step) -> list[Command]:
    """Give in every paper of the tasks named."""
    return [
        commands.Submit(Target(task.key), slot.key, step.paper())
        for task in step.tasks()
        for slot in task.slots
    ]


def accept(step: Step) -> list[Command]:
    """Accept the papers of the tasks named."""
    return [commands.Accept(Target(task.key)) for task in step.tasks()]


def seal(step: Step) -> list[Command]:
    """Seal for some parties: consent unless the step says otherwise."""
    target, verdict = step.target(), step.maybe("verdict") or "consent"
    task = step.book.workflow.tasks.get(target.key)
    if task and task.seal:
        step.check("parties", "sealing party", [party.key for party in task.seal.parties])
    return [commands.Seal(target, step.texts("parties"), verdict, step.paper(), step.maybe("note"))]


def score(step: Step) -> list[Command]:
    """Give the score of one judge."""
    return [commands.Score(step.target(), step.text("value"))]


def conclude(step: Step) -> list[Command]:
    """Draw the conclusion of a review."""
    return [commands.Conclude(step.target(), step.maybe("verdict"), step.maybe("note"))]


def record(step: Step) -> list[Command]:
    """Record that the tasks named, or one step of them, were done."""
    org = step.values.get("org")
    if org is not None:
        step.book.orgs.ask(org.text() or "", org.spot)
    found: list[Command] = []
    for task in step.tasks():
        step.check("step", f"step of {task.key}", [each.key for each in task.steps])
        found.append(
            commands.Record(
                step.target(task.key), step.mapping("data"), step.maybe("step"),
                step.maybe("org"), step.paper(), step.maybe("note"),
            )
        )  # fmt: skip
    return found


def count(step: Step) -> list[Command]:
    """Report a head-count of one party."""
    party = step.named("party", "party", step.book.workflow.parties)
    return [commands.Count(step.target(), party, step.number("value") or 0, step.maybe("note"))]


def raise_(step: Step) -> list[Command]:
    """Raise a task under a reference, with its due day or its days."""
    return [
        commands.Raise(
            step.target().key, step.text("ref"), step.text("title"), step.day("due"),
            step.number("days"), step.mapping("data"), step.maybe("words"),
        )
    ]  # fmt: skip


def reopen(step: Step) -> list[Command]:
    """Open a task again that was done."""
    return [commands.Reopen(step.target(), step.text("note"), step.number("days"))]
