"""The shipped workflow, whose names the sentences say."""

from functools import cache

from engine.core.definition import Workflow
from workflows.reader import load_workflow, shipped


@cache
def pilot() -> Workflow:
    """Return the workflow of one community's pilot."""
    return load_workflow(shipped()["pilot_project"])
