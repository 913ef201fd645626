"""What was published, in every version: workflows with their texts, and yearly arrangements."""

from dataclasses import dataclass

from engine.core.arrangements import Arrangement
from engine.core.definition import Workflow
from engine.core.errors import UnknownObjectError
from engine.core.rows import Project, Published
from engine.services.house import WORKFLOWS, House
from engine.storage import boards


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a workflow; `running` projects pin it."""

    row: Published
    workflow: Workflow
    running: int


class Publications:
    """Reads of what was published. Nothing here writes."""

    def __init__(self, house: House) -> None:
        self._house = house

    def versions(self) -> list[Version]:
        """Return every published version by workflow, the newest of each first."""
        with self._house.database.read() as cursor:
            state = self._house.store(cursor).find(WORKFLOWS)
            rows = list(state.rows(Published)) if state else []
            projects = [each for _, each in boards.projects(self._house.database, cursor)]
            found = [
                Version(row, self._house.workflow(cursor, row.digest), _pinned(projects, row))
                for row in reversed(rows)
            ]
        return sorted(found, key=lambda each: each.row.key)

    def version(self, digest: str) -> Version:
        """Return one version by its whole digest.

        Raises:
            UnknownObjectError: no workflow was published under it.
        """
        found = next((each for each in self.versions() if each.row.digest == digest), None)
        if found is None:
            raise UnknownObjectError("workflow", digest[:12])
        return found

    def arrangements(self) -> tuple[Arrangement, ...]:
        """Return every arrangement on record, in the order in which they became known."""
        with self._house.database.read() as cursor:
            return self._house.arrangements(cursor)


def _pinned(projects: list[Project], row: Published) -> int:
    return sum(project.digest == row.digest for project in projects)
