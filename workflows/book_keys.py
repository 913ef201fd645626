"""Every key that a book may have, by the mapping it stands in; one that nobody reads is refused."""

TOP = (
    "book", "scenario", "workflow", "name", "issuer", "issued_on", "from", "to", "desk_on", "refs",
    "orgs", "posts", "waves", "targets", "projects", "plays", "samples",
)  # fmt: skip

ORG = (
    "section", "when", "code", "name", "kind", "parent", "parents", "division", "uscc", "real",
    "lead",
)  # fmt: skip
POST = ("section", "when", "code", "org", "name", "grants", "spread", "party_of", "deputy")
WAVE = ("code", "name", "batch", "opens_on", "dates")
TARGET = (
    "section", "when", "code", "words", "by", "count", "soft", "stage", "party", "denominator",
)  # fmt: skip
PROJECT = ("section", "when", "code", "name", "batch", "parent", "parties", "dates")
DATE = ("words", "on", "reading")

PLAY = ("section", "when", "wave", "projects", "by", "on", "at", "steps")
SAMPLE = ("open", "wave", "projects", "by", "on", "at", "after", "steps")
STEP = (
    "do", "by", "on", "at", "behalf", "expect", "set", "projects", "order", "of",
    "action", "reason", "note", "items", "task", "period", "ref", "doc_no", "title",
    "parties", "verdict", "value", "data", "step", "org", "party", "due", "days", "words",
    "until", "decision", "why", "name", "reading_on", "reading", "scores", "other_scores",
)  # fmt: skip
