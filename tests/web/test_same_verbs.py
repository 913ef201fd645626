"""Pages, API and terminal offer the same verbs: whatever the engine understands."""

from typing import get_args

from docs.parts import terminal
from docs.parts.verbs import TERMINAL, offered
from engine.core.commands import Command, Tick
from web.api import OPERATIONS
from web.api.verbs import verb_of
from web.asking import MAKERS

VERBS = {verb_of(kind) for kind in get_args(Command) if kind is not Tick}


def test_every_verb_of_the_engine_is_an_operation_of_the_api() -> None:
    assert {one.verb for one in OPERATIONS if one.verb} == VERBS


def test_every_verb_of_the_engine_is_a_command_of_the_terminal() -> None:
    assert set(TERMINAL) == VERBS
    assert set(TERMINAL.values()) <= terminal.verbs()


def test_forms_ask_nothing_that_the_engine_does_not_know() -> None:
    assert set(MAKERS) <= VERBS
    assert all(verb in offered() for verb in VERBS)
