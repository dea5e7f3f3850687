from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.editorial.languages import UnknownLanguageError, add_language


class Command(BaseCommand):
    help = "Opens the site in one more language of the settings: home page, lists and menu, ready to be translated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="The language's code as in the settings, for example fr.")

    def handle(self, *_args: Any, code: str, **_options: Any) -> None:
        try:
            made = add_language(code)
        except UnknownLanguageError as error:
            message = f"Add {code} to LANGUAGES in the settings first."
            raise CommandError(message) from error
        for thing in made:
            self.stdout.write(f"{thing._meta.verbose_name}: {thing}")
        self.stdout.write(self.style.SUCCESS(f"{len(made)} made in {code}."))
