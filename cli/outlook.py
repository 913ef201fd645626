"""What is not known of the calendar yet, said above the board."""

from collections.abc import Iterator

from rich.text import Text

from engine.services.calendars import Outlook
from templates.words import Words


def lines(say: Words, found: Outlook) -> Iterator[Text]:
    """Yield a line for each thing that people should know; none when all is settled."""
    if found.missing:
        years = say.listing(str(year) for year in found.missing)
        yield Text(f"△ {say.say('line.missing_year', years=years)}", "yellow")
    if found.provisional:
        yield Text(f"△ {say.say('line.provisional_count', n=found.provisional)}", "yellow")
    if found.unconfirmed:
        yield Text(f"△ {say.say('line.unconfirmed_count', n=found.unconfirmed)}", "yellow")
