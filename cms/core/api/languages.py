from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(request: HttpRequest) -> str:
    """Return the site's language that the client asks for by `lang`, else by Accept-Language, else the default one."""
    codes = {code for code, _name in settings.LANGUAGES}
    wanted = request.GET.get("lang", "")
    if wanted in codes:
        return wanted
    for accepted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if accepted == "*":
            break
        try:
            return get_supported_language_variant(accepted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
