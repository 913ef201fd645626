"""How much work a book may ask for: it is short, and can ask for every record a thousand times."""

MOST = 5_000_000
"""About the number of values filled in; a province of 2,000 communities needs a third of it."""

LOOKING, MAKING = 1, 10
"""What it costs to look at a record, and to make a post or the step of one project."""


class TooMuchError(Exception):
    """Ends the reading of a book that asks for more."""


class Effort:
    """The work that is left to a book."""

    def __init__(self) -> None:
        self._left = MOST

    def spend(self, amount: int = 1) -> None:
        """Take note of work.

        Raises:
            TooMuchError: nothing is left.
        """
        self._left -= amount
        if self._left < 0:
            raise TooMuchError
