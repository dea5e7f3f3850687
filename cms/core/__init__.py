"""The ground under all content: base page, fields, design system, API manners, and the two registries.

Knows nothing of any other app: sections and live blocks are registered here by the apps that bring them.
"""
