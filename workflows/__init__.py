"""Workflows, calendars and books as files, and the readers that refuse what they cannot trust.

Every file is read through `yamlfile`, which keeps the place of each value; whatever is wrong with
it goes into one `faults.Faults`, and all of it is told at once. `reader` makes a workflow of a
file, `calendars_reader` and `statutes_reader` the working days, `book` the plan of a programme.
"""
