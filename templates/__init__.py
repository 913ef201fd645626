"""Every word a person reads: catalogues, notices, documents, and the one Jinja environment.

The sentences of a language are had by ``templates.words.words(locale)``.
"""

from templates.notice import LETTERS, NOTICES, Rendered, render_notice
from templates.wall import Wall, WallRow, wall_html, wall_svg
from templates.words import LOCALES, MissingFactError, MissingTextError, Words

__all__ = [
    "LETTERS",
    "LOCALES",
    "NOTICES",
    "MissingFactError",
    "MissingTextError",
    "Rendered",
    "Wall",
    "WallRow",
    "Words",
    "render_notice",
    "wall_html",
    "wall_svg",
]
