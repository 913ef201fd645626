"""Lifecycles and calendars as data, and the readers that refuse what they cannot trust."""
