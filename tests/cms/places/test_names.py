import pytest

from cms.places.names import folded, spellings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("Gießen", "giessen"),
        ("Łódź", "lodz"),
        ("Reykjavík", "reykjavik"),
        ("København", "kobenhavn"),
        ("  BERLIN ", "berlin"),
        ("東京", "東京"),
        ("!?", ""),
    ],
)
def test_folding(name, expected):
    assert folded(name) == expected


def test_umlauts_are_found_both_ways():
    assert spellings("Köln") == {"koln", "koeln"}
    assert spellings("Ko\u0308ln") == {"koln", "koeln"}  # o and a combining diaeresis
