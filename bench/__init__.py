"""Benchmarks: ratios against hand-written code doing the same rows, in one run."""
