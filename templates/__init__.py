"""Every word a person reads: catalogues, notices, documents, and the one Jinja environment.

The sentences of a language are had by ``templates.words.words(locale)``.
"""

from templates.notice import LETTERS, NOTICES, Rendered, render_notice
from templates.pages import FileLink, NoticeLink, notice_index, start_page
from templates.wall import Wall, WallRow, wall_html, wall_svg
from templates.words import LOCALES, MissingFactError, MissingTextError, Words

__all__ = [
    "LETTERS",
    "LOCALES",
    "NOTICES",
    "FileLink",
    "MissingFactError",
    "MissingTextError",
    "NoticeLink",
    "Rendered",
    "Wall",
    "WallRow",
    "Words",
    "notice_index",
    "render_notice",
    "start_page",
    "wall_html",
    "wall_svg",
]
