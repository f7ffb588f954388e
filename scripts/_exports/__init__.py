"""The package in other forms: one module for each format, all of them from the same typed tables.

No format adds a figure, and none sums or averages: what the tables say is what they all say.
"""
