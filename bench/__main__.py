"""Measures every figure, or those of the modules that are named; `--drop` takes the databases away again."""

import os
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from time import monotonic

# Each is a module here with a function `measure` that yields figures.
MEASUREMENTS = ("queries", "lists", "pages", "texts", "nearby", "people", "clusters", "weight", "lighthouse", "memory")


def main(arguments: list[str] | None = None) -> int:
    """Run the measurements. Returns 0 when every figure holds."""
    options = _options(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from . import databases, machine
    from .table import Figure, print_table

    if options.drop:
        print("Dropped:", ", ".join(databases.drop_all()) or "nothing was there")
        return 0
    with databases.use(databases.ready(databases.DEMO)):
        print(*machine.lines(), sep="\n")
    figures: list[Figure] = []
    for name in options.names or MEASUREMENTS:
        print(f"\n{name} ...", flush=True)
        begin = monotonic()
        figures += _measured(name)
        print(f"   {monotonic() - begin:.0f} s", flush=True)
    print()
    return print_table(figures)


def _options(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", choices=[*MEASUREMENTS, []], help=", ".join(MEASUREMENTS))
    parser.add_argument("--drop", action="store_true", help="drop the databases that runs leave for the next one")
    return parser.parse_args(arguments)


def _measured(name: str) -> list:
    """Return the figures of one module; one that breaks off does not keep the others from being measured."""
    from .table import failed

    found = []
    try:
        for figure in import_module(f"bench.{name}").measure():
            found.append(figure)
            print(f"   {figure.name}: {figure.measured:.3g} {figure.unit} {figure.source}".rstrip(), flush=True)
    except Exception as error:  # noqa: BLE001 (whatever it was, the table has to say so)
        found.append(failed(name, error))
        print(f"   {type(error).__name__}: {error}", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
