"""What the product says to a person: every sentence of it, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.core.definition import Workflow
from engine.core.errors import Reason, ShidianError
from engine.core.lamps import Lamp
from engine.core.needs import Need
from templates import facts
from templates.catalogue import (
    LOCALES,
    Catalogue,
    MissingFactError,
    MissingTextError,
    catalogue,
)
from templates.names import name_of

__all__ = ["LOCALES", "MissingFactError", "MissingTextError", "Words", "words"]


@dataclass(frozen=True, slots=True)
class Words(Catalogue):
    """A language's texts, with the sentences that need a workflow's own names."""

    def reason(self, reason: Reason, workflow: Workflow) -> str:
        """Return what stands in the way, as one sentence without a full stop.

        Raises:
            MissingTextError: the catalogues do not know the code, or a fact is absent.
        """
        return self.say(f"reason.{reason.code}", **facts.of_reason(self, workflow, reason))

    def lift(self, reason: Reason, workflow: Workflow) -> str | None:
        """Return who does what to lift a reason, or None when nobody can.

        Raises:
            MissingTextError: the catalogues do not know the act.
        """
        named = facts.of_reason(self, workflow, reason)
        if reason.lift is not None:
            verb = " ".join(reason.lift.split()[:2])  # the rest names the task that is meant
            return self.say(f"lift.{verb}", **named)
        return self.say("lift.ask", **named) if reason.holder else None

    def lamp(self, lamp: Lamp, workflow: Workflow) -> str:
        """Return a lamp's reason as one sentence: ``一月一督导（2018年3月）逾期 4 个工作日``."""
        return self.say(f"lamp_reason.{lamp.light}", **facts.of_lamp(self, workflow, lamp))

    def light(self, lamp: Lamp) -> str:
        """Return the name of a lamp: ``逾期``, ``Overdue``."""
        return self.say(f"lamp.{lamp.light}")

    def name(self, workflow: Workflow, kind: str, key: str, task: str | None = None) -> str:
        """Return the name of something that a workflow defines, or its key when unknown.

        Args:
            workflow: whose words.
            kind: ``task``, ``stage``, ``action``, ``role``, ``party``, ``date``, ``grade``,
                ``rung``, ``reason``, ``slot``, ``step``, ``field``, ``seal``, ``part``,
                ``standing``, ``deed``, ``workflow``, or a section of the catalogue (``status``).
            key: what the workflow calls it.
            task: the task within which slots, steps, fields and seals are looked for first.
        """
        return name_of(self, workflow, kind, key, task)

    def label(self, workflow: Workflow, label: str, title: str | None = None) -> str:
        """Return what a task row is called, from its label: ``一月一督导（2018年3月）``."""
        return facts.of_label(self, workflow, label, title)

    def event(self, kind: str) -> str:
        """Return the name of a kind of entry of the audit trail.

        Raises:
            MissingTextError: no such kind.
        """
        return self.say(f"kind.{kind}")

    def need(self, need: Need) -> str:
        """Return what would be right where a local value is missing, with the act that gives it."""
        key = need.place.split(".")[-1]
        task = need.place.split(".")[1] if need.code == "interval" and "." in need.place else key
        return self.say(
            f"needs.right.{need.code}",
            key=key,
            task=task,
            projects=self.listing(need.projects),
        )

    def need_place(self, need: Need) -> str:
        """Return where the words of a need stand: the file with the line, or the place in it."""
        key = "needs.at_line" if need.line else "needs.at"
        return self.say(key, where=need.where, line=need.line, place=need.place)

    def error(self, error: ShidianError) -> str:
        """Return the sentence of an error, filled with the facts it carries."""
        said: Mapping[str, object] = dict(error.facts())
        if error.key and self.has(f"fault.{error.key}"):
            said = {**said, "detail": self.say(f"fault.{error.key}", **error.given)}
        if "kind" in said:
            key = f"object.{said['kind']}"
            said = {**said, "kind": self.say(key) if self.has(key) else said["kind"]}
        return self.say(f"error.{error.code}", **said)


@cache
def words(locale: str) -> Words:
    """Return the texts of a language, read once.

    Raises:
        MissingTextError: the product does not speak that language.
    """
    return Words(locale, catalogue(locale).entries)
