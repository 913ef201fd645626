"""Reads a book: how the records of a scenario become a register, projects and steps.

The scenario holds the facts and stays as it is; the book says what each kind of record does,
and adds what the scenario lacks, marked as sample. Nothing is half-read: every fault of both
files is listed with its file and its place.
"""

from datetime import date
from pathlib import Path

from engine.core.plan import Plan
from workflows.book_effort import TooMuchError
from workflows.book_keys import TOP
from workflows.book_opening import opened_book
from workflows.book_orgs import read_orgs
from workflows.book_plays import Plays
from workflows.book_posts import read_posts
from workflows.book_programme import read_programme, read_targets, read_waves
from workflows.book_projects import read_projects
from workflows.book_source import Book
from workflows.book_times import Times
from workflows.faults import WHOLE_FILE, Faults

__all__ = ["TOP", "read_book"]


def read_book(path: Path) -> Plan:
    """Return the plan that a book and its scenario make.

    Raises:
        DefinitionError: either file is at fault; every fault is listed with its place.
    """
    faults, plan = Faults(path.name), None
    book = opened_book(path, faults)
    try:
        plan = _plan(book) if book else None
    except TooMuchError:
        faults.at(1, 1, WHOLE_FILE, "asks for too many records and steps; split it in two")
    faults.settle()
    assert plan is not None, "a book that cannot be opened has a fault"
    return plan


def _plan(book: Book) -> Plan:
    begins, ends = _day(book, "from"), _day(book, "to")
    if begins and ends and begins > ends:
        book.spot(book.root, "to").complain(f"{ends} is before the programme begins on {begins}")
    orgs, posts, waves = read_orgs(book), read_posts(book), read_waves(book)
    projects = read_projects(book)
    plays = Plays(book, projects, Times(begins, ends)).read()
    for codes in (book.orgs, book.posts, book.waves):
        codes.settle()
    return Plan(
        programme=read_programme(book),
        begins_on=begins or date.min,
        ends_on=ends or date.max,
        orgs=orgs,
        posts=posts,
        waves=waves,
        targets=read_targets(book),
        projects=projects,
        plays=plays,
        desk_on=_desk_on(book, begins, ends),
    )


def _desk_on(book: Book, begins: date | None, ends: date | None) -> date | None:
    """Return the day on which the desk opens, which lies within the programme; None as ends."""
    day = book.day(book.root, "desk_on")
    if day and begins and ends and not begins <= day <= ends:
        book.spot(book.root, "desk_on").complain(f"{day} is not between {begins} and {ends}")
    return day


def _day(book: Book, key: str) -> date | None:
    held = book.must(book.root, key)
    return None if held is None or held.value is None else book.day_of(held)
