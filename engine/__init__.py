"""Shidian's engine: it decides and remembers, and imports no neighbour."""
