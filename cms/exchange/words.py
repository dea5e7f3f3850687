"""Words for synthetic texts: few common ones, more middling ones, thousands of rare ones, as in a real language."""

from collections.abc import Sequence
from itertools import accumulate, product
from random import Random

COMMON = (
    "together we build the climate energy street garden neighbours for a in and with of new water local solar roof "
    "city food repair school bicycle open meeting people work year house join plan tree"
)
STEMS = (
    "alder ash barley barn bay beech bell berry birch bloom bog brick bridge brook cable canal cart cedar chalk clay "
    "cliff cloud clover coast copper cork corn creek dale dawn delta dew dune dusk elm ember fen fern field flax flint "
    "foam ford forest frost gale gate glade glass glen granite grain grove gull harbour hay hazel heath hedge heron "
    "hill hive holm iron ivy kelp lake lane larch leaf ledge lime linden loam loom maple marsh meadow mill mint mist "
    "moor moss nettle oak oat orchard otter oven peat pebble pine plum pond quarry rain reed ridge river rye sage sand "
    "seed shade shore silt sky slate sleet slope snow spruce stone storm straw summit swan thaw thyme tide timber vale "
    "vine wave wheat willow wind wool wren yard yew"
)
MIDDLING, RARE = 400, 6_000


def vocabulary() -> tuple[list[str], list[float]]:
    """Return words and, added up, how often each appears: the n-th word about one n-th as often as the first (Zipf)."""
    stems = STEMS.split()
    compounds = [f"{first}{second}" for first, second in product(stems, repeat=2) if first != second]
    Random(0).shuffle(compounds)  # noqa: S311 (synthetic words need no secrecy)
    words = [*COMMON.split(), *stems, *compounds[: MIDDLING + RARE]]
    return words, list(accumulate(1 / number for number in range(1, len(words) + 1)))


def sentence(dice: Random, vocabulary: tuple[Sequence[str], Sequence[float]], length: int) -> str:
    """Return `length` words drawn by their frequency, as a sentence without its full stop."""
    words, weights = vocabulary
    return " ".join(dice.choices(words, cum_weights=weights, k=length)).capitalize()
