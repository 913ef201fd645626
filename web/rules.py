"""Who may ask for a route. A route without a rule does not exist: it cannot be registered."""

from enum import StrEnum


class Rule(StrEnum):
    """The access rules, from the widest to the narrowest.

    What a signed-in person sees and does there is then a matter of their post: its org and
    everything below, and the roles of the workflow. `SIGNED_IN` is for posts that work on
    projects, `PERSONAL` for everybody's own matters, `TRAIL` for who works and who audits,
    `ADMINISTRATION` for any of the three administrators.
    """

    OPEN = "open"
    PERSONAL = "personal"
    SIGNED_IN = "signed_in"
    TRAIL = "trail"
    ADMINISTRATION = "administration"
    SIMULATED = "simulated"
    SYSTEM = "system_admin"
    SECURITY = "security_admin"
    AUDIT = "audit_admin"

    def admits(self, kind: str | None) -> bool:
        """Return whether a post may ask: `kind` is which administrator it is, None for none."""
        if self in (Rule.OPEN, Rule.PERSONAL):
            return True
        if self in (Rule.SIGNED_IN, Rule.SIMULATED):
            return kind is None
        if self is Rule.TRAIL:
            return kind in (None, Rule.AUDIT.value)
        if self is Rule.ADMINISTRATION:
            return kind is not None
        return kind == self.value
