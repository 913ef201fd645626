"""The API called as its own description says, by three roles: never a fault of ours.

``SHIDIAN_API_EXAMPLES`` sets how many calls an operation gets from each role; the long form is
``SHIDIAN_API_EXAMPLES=200 pytest tests/web/test_api_contract.py``.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engine.storage.database import Database
from tests.storage.servers import SQLite
from tests.web.api_site import ADDRESS, AUDITOR, CITY, COUNTY, ROOT, Office, an_office, served
from web.api import OPERATIONS
from web.api.openapi import document

EXAMPLES = int(os.environ.get("SHIDIAN_API_EXAMPLES", "12"))
"""57 operations, three roles and a dozen examples each: two thousand calls."""

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip


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


@pytest.mark.slow
@pytest.mark.parametrize("person", [COUNTY, CITY, AUDITOR])
@pytest.mark.parametrize("key", [one.key for one in OPERATIONS])
def test_every_call_is_answered_as_described(
    office: Office, described: Any, key: str, person: str
) -> None:
    operation = described.find_operation_by_id(key)
    headers = {"authorization": f"Bearer {office.secret(person)}"}

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        case.call_and_validate(base_url=f"{ADDRESS}{ROOT}", headers=headers, checks=CHECKS)

    call()
