"""A workflow file as it is laid out, key by key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.core.definition import (
    Action,
    DueRule,
    ExtensionRule,
    Grade,
    Ladder,
    ReasonCode,
    Role,
    StandingAction,
    Task,
    Text,
    WaiverRule,
)


@dataclass(frozen=True, slots=True)
class StagePart:
    """A stage with the tasks and actions that stand under it."""

    key: str
    name: Text
    holder: str
    clauses: tuple[str, ...] = ()
    due: DueRule | None = None
    ladder: str | None = None
    final: bool = False
    tasks: Mapping[str, Task] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A whole file, key by key."""

    workflow: str
    version: int
    name: Text
    timezone: str
    opens_at: str
    calendar: str
    due_soon_days: int
    initial: str
    roles: Mapping[str, Role]
    openers: tuple[str, ...]
    correctors: tuple[str, ...]
    stages: Mapping[str, StagePart]
    parties: Mapping[str, Text] = field(default_factory=dict)
    dates: Mapping[str, Text] = field(default_factory=dict)
    reasons: Mapping[str, ReasonCode] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    grades: tuple[Grade, ...] = ()
    binders: tuple[str, ...] = ()
    extension: ExtensionRule | None = None
    waiver: WaiverRule | None = None
    standing: Mapping[str, StandingAction] = field(default_factory=dict)
    closes_at: str | None = None
    tracks: Mapping[str, Task] = field(default_factory=dict)
