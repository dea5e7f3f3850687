"""The rank of an entry. Pure calculation; the reasons are in docs/rank.md."""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
# An entry falls behind an equal one by one point for each 30 days that it has been quiet.
DAYS_PER_POINT = 30.0
SECONDS_PER_DAY = 86_400
COMPLETENESS_POINTS = 3.0
MEMBER_WEIGHT, COMMENT_WEIGHT, FOLLOWER_WEIGHT, LIKE_WEIGHT = 4, 3, 2, 1


@dataclass(frozen=True)
class RankFactors:
    """What the rank is made of. `completeness` is 0..1, `boost` whole points given by an editor."""

    last_activity_at: datetime
    completeness: float
    members: int = 0
    comments: int = 0
    followers: int = 0
    likes: int = 0
    boost: int = 0


def rank(factors: RankFactors) -> float:
    """Return the stored rank; higher comes first.

    Time enters as a growing date rather than a decaying age, so the order of two entries never changes by waiting and
    a stored value never goes stale. Engagement counts by its logarithm: the tenth like matters, the thousandth little.
    """
    quiet_since = (factors.last_activity_at - EPOCH).total_seconds() / SECONDS_PER_DAY / DAYS_PER_POINT
    engagement = (
        MEMBER_WEIGHT * factors.members
        + COMMENT_WEIGHT * factors.comments
        + FOLLOWER_WEIGHT * factors.followers
        + LIKE_WEIGHT * factors.likes
    )
    return round(quiet_since + COMPLETENESS_POINTS * factors.completeness + log2(1 + engagement) + factors.boost, 6)


def completeness(answers: list[bool]) -> float:
    """Return the share of questions that an entry answers (picture, place, sectors, text …), 0..1."""
    return sum(answers) / len(answers) if answers else 0.0
