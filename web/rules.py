"""Who may ask for a route. A route without a rule does not exist: it cannot be registered."""

from enum import StrEnum


class Rule(StrEnum):
    """The access rules, from the widest to the narrowest.

    What a signed-in person sees and does there is then a matter of their post: its org and
    everything below, and the roles of the workflow.
    """

    OPEN = "open"
    SIGNED_IN = "signed_in"
    SIMULATED = "simulated"
    SYSTEM = "system_admin"
    SECURITY = "security_admin"
    AUDIT = "audit_admin"

    @property
    def role(self) -> str | None:
        """The role that a post must hold for this rule, None where any post will do."""
        return self.value if self.value.endswith("_admin") else None
