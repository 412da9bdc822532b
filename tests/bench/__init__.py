"""Benchmarks: ``make bench``. One module a subject; each prints a table and writes ``outputs/bench/<subject>.json``."""
