"""Use cases: one function for each thing that a person or the clock may ask."""
