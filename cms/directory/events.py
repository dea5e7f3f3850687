"""What the directory announces."""

from django.dispatch import Signal

# Entries were written or removed. Payload: entry_ids, a list of UUIDs. Sent inside the transaction that wrote them, so
# that what is made of entries changes with them or not at all.
entries_written = Signal()
