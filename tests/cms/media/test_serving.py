"""Uploads as an installation without a web server in front serves them."""

from pathlib import Path

from django.test import Client


def test_files_come_from_where_uploads_are_kept_now(media_root: Path) -> None:
    """Not from where they were kept when the addresses were read first: the suite itself fell for that."""
    media_root.mkdir(parents=True, exist_ok=True)
    (media_root / "note.txt").write_text("Here.")
    answer = Client().get("/media/note.txt")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"Here.")
