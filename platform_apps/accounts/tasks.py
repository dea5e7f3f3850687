"""What is done every night: each is safe to run twice."""

from celery import shared_task

from .services import forget_ended_sessions, forget_unconfirmed_accounts


@shared_task
def forget_what_is_over() -> None:
    """Forget ended sessions and accounts that nobody has confirmed."""
    forget_ended_sessions()
    forget_unconfirmed_accounts()
