"""Reading a drawing back: its elements, and where each text begins and ends."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from templates.chart.measure import width

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    """Return the root of a drawing; it must be well-formed."""
    return ET.fromstring(svg)  # noqa: S314  # our own drawing, made a moment ago


def lines(svg: str) -> list[ET.Element]:
    """Return the lines of projects, from top to bottom."""
    return [one for one in parsed(svg).iter() if one.get("data-code")]


def texts(element: ET.Element) -> list[str]:
    """Return the texts that are drawn in an element."""
    return [text.text or "" for text in element.iter(f"{SVG}text")]


@dataclass(frozen=True)
class Placed:
    """A text with its extent across, by estimate, and its baseline."""

    text: str
    left: float
    right: float
    y: float


def placed(svg: str) -> list[Placed]:
    """Return every text of a drawing with its extent."""
    return [_placed(text) for text in parsed(svg).iter(f"{SVG}text")]


def _placed(text: ET.Element) -> Placed:
    said = text.text or ""
    size = float(text.get("font-size", "12.5"))
    wide = width(said, size, bold=text.get("font-weight") == "600")
    x = float(text.get("x", "0"))
    left = {"middle": x - wide / 2, "end": x - wide}.get(text.get("text-anchor", "start"), x)
    return Placed(said, left, left + wide, float(text.get("y", "0")))


def beside_bars(line: ET.Element) -> str:
    """Return a line's own names as a drawing; those on bars, set in the middle, are left out."""
    kept = ET.Element(f"{SVG}svg")
    kept.extend(one for one in line if one.get("text-anchor") != "middle")
    return ET.tostring(kept, encoding="unicode")
