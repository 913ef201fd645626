"""The API: everything a person can do at the desk, for programs; one module a subject."""

from web.api import boards, bulk, office, outward, projects, register, requests, verbs
from web.api.operation import Operation

ROOT = "/api/v1"

OPERATIONS: tuple[Operation, ...] = (
    *office.OPERATIONS, *projects.OPERATIONS, *requests.OPERATIONS, *boards.OPERATIONS,
    *register.OPERATIONS, *verbs.OPERATIONS, *bulk.OPERATIONS, *outward.OPERATIONS,
)  # fmt: skip
"""Every operation of the API, reads first."""
