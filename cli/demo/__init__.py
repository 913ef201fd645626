"""The demonstration: the Suining programme played from its notice to its end, and what it leaves."""
