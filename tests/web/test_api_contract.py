"""The API called as its own description says, by three roles: never a fault of ours.

``SHIDIAN_API_EXAMPLES`` sets how many calls an operation gets from each role; `make torture` asks
for ten times as many as the tests do.
"""

import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS as ALL
from schemathesis.checks import load_all_checks

from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import ADDRESS, AUDITOR, CITY, COUNTY, ROOT, Office, an_office, served
from web.api import OPERATIONS
from web.api.openapi import document

EXAMPLES = int(os.environ.get("SHIDIAN_API_EXAMPLES", "12"))
"""Some sixty operations, three roles and a dozen examples each: two thousand calls."""

PERSONS = (COUNTY, CITY, AUDITOR)
STEPS = 8
"""How many calls follow one another, each where the answer before it leads."""

WITHOUT = {"positive_data_acceptance"}
"""A well-formed request may be refused with reasons (422): that depends on the project."""

load_all_checks()
CHECKS = [check for check in ALL.get_all() if check.__name__ not in WITHOUT]
IN_A_ROW = [check for check in CHECKS if check.__name__ != "ignored_auth"]
"""Whether a token is asked for is shown call by call: in a row, the probe forgets the host."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One office for all calls: what one leaves behind is what the next finds."""
    filled = SQLite(tmp_path_factory.mktemp("filled"))
    return served(Database(filled.copy(an_office, tmp_path_factory.mktemp("office"))))


@pytest.fixture(scope="module")
def described(office: Office) -> Any:
    """The description, asked of the application in this process."""
    loaded = schemathesis.openapi.from_dict(document("en"))
    loaded.app = office.client.app
    return loaded


def headers_of(office: Office, person: str) -> dict[str, str]:
    """Return what a program of a person sends with every call."""
    return {"Authorization": f"Bearer {office.secret(person)}"}


@pytest.mark.slow
@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("key", [one.key for one in OPERATIONS])
def test_every_call_is_answered_as_described(
    office: Office, described: Any, key: str, person: str
) -> None:
    operation = described.find_operation_by_id(key)
    headers = headers_of(office, person)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        case.call_and_validate(base_url=f"{ADDRESS}{ROOT}", headers=headers, checks=CHECKS)

    call()


@pytest.mark.slow
@pytest.mark.parametrize("person", PERSONS)
def test_calls_that_follow_where_answers_lead_are_answered_as_described(
    office: Office, described: Any, person: str
) -> None:
    headers, asked = headers_of(office, person), Counter[str]()

    class Walk(described.as_state_machine()):  # type: ignore[misc]  # made at run time
        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"base_url": f"{ADDRESS}{ROOT}", "headers": headers}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            asked[case.operation.definition.raw["operationId"]] += 1
            case.validate_response(response, checks=IN_A_ROW)

    Walk.run(
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        )
    )  # fmt: skip

    assert len(asked) > STEPS
