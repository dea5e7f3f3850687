"""What happened to profiles, told after the commit."""

from django.dispatch import Signal

# profile: the Profile as it is now; fields: the names of what was changed, `avatar` and `visibility` among them.
profile_changed = Signal()
