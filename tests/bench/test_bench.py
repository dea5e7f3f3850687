"""The table of `make bench` says what does not hold, and ends with an error for it."""

import math

import pytest

from bench.table import Figure, failed, print_table

GOOD = Figure("Quick enough", 1.2, 1.5, "×")
SLOW = Figure("Too slow", 1.6, 1.5, "×", source="3 and 5 ms")
WEAK = Figure("Not enough", 0.4, 0.45, "×", is_least=True)


def test_what_holds_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_table([GOOD, Figure("Enough", 0.5, 0.45, "×", is_least=True), Figure("Just", 12, 12, "queries")]) == 0
    printed = capsys.readouterr().out
    assert "3 of 3 figures hold" in printed
    assert "NO" not in printed


@pytest.mark.parametrize("missed", [SLOW, WEAK])
def test_one_that_does_not_hold_is_an_error(missed: Figure, capsys: pytest.CaptureFixture[str]) -> None:
    assert print_table([GOOD, missed]) == 1
    printed = capsys.readouterr().out
    row = next(line for line in printed.splitlines() if line.startswith(missed.name))
    assert "NO" in row
    assert "1 of 2 figures hold" in printed
    assert f"Does not hold: {missed.name}" in printed


def test_what_could_not_be_measured_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    broken = failed("Lists", ValueError("no database"))
    assert math.isnan(broken.measured)
    assert print_table([GOOD, broken]) == 1
    assert "no database" in capsys.readouterr().out


def test_a_run_without_figures_is_an_error() -> None:
    assert print_table([]) == 1
