"""Organizations and projects from files and into files, and synthetic entries for measuring.

A *table* is a file as read: columns, and rows with their line numbers. A *column* knows how a value is read from a
cell, read from a page, and written to a page. Nothing here knows the features of members.
"""
