"""The few photographs of the demo; every other entry shows its drawn illustration."""

from pathlib import Path

from django.core.files.base import ContentFile

from cms.media.models import Image

FOLDER = Path(__file__).parent / "pictures"
# Entry → file, description for those who cannot see it, credit.
USED_BY = {
    "muenster": ("valley-morning.jpg", "Morning mist between wooded hills", "Renke Voss"),
    "berlin": ("roof-panels.jpg", "Solar panels on a roof above a city in evening haze", "Renke Voss"),
    "food-we-share": ("market-garden.jpg", "Rows of young vegetables up to the horizon", "Ilka Thoms"),
    "warm-homes": ("hills-evening.jpg", "Ridges one behind the other in evening light", "Ilka Thoms"),
}


def picture_for(key: str, title: str) -> Image | None:
    """Return the photograph of an entry, stored once; None when it shows an illustration. `title` names the file."""
    if key not in USED_BY:
        return None
    name, description, credit = USED_BY[key]
    existing = Image.objects.filter(title=f"{title} ({name})").first()
    if existing:
        return existing
    image = Image(title=f"{title} ({name})", description=description, credit=credit)
    image.file.save(name, ContentFile((FOLDER / name).read_bytes()), save=False)
    with image.get_willow_image() as willow:
        image.width, image.height = willow.get_size()
    image.save()
    return image
