"""The demonstration: the Suining programme played to its end, and what it leaves."""
