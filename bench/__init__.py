"""Measures what Groundswell promises of its speed and size: `make bench`, or `python -m bench` with names of figures.

Never imported by the product. Everything is measured against something else in the same run, never against a clock
alone, unless the promise itself is one of milliseconds; README.md says how and why.
"""
