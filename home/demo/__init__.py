"""The demo network: made-up initiatives in real places, as YAML beside this file.

Loaded through the same services that editors use.
"""
