"""A feature as small as can be: shows a line on project pages, and a live block. Stands for every app to come."""
