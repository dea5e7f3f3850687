"""People by API: the directory, one person, and one's own profile."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import Throttled
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from cms.core.api.parameters import LANG, parse_query
from cms.core.api.views import PagedView, answered, found
from cms.taxonomy.selectors import TermLabel, shown_terms
from platform_apps.core.api.views import BY_SESSION_TOO, NEVER_KEPT, MemberView, Operation
from platform_apps.profiles.cards import picture
from platform_apps.profiles.enums import Order
from platform_apps.profiles.limits import PICTURES, has_sent_enough_pictures
from platform_apps.profiles.orderings import ORDERINGS
from platform_apps.profiles.selectors import Person, own, people, person, person_columns, persons
from platform_apps.profiles.services import edit_profile, ensure_profile, remove_avatar, set_avatar
from platform_apps.profiles.visibility import viewer_of

from .parameters import PARAMETERS, asked_of
from .serializers import AvatarInput, EditProfileInput, MyProfileSerializer, PersonRowSerializer, PersonSerializer

# Who has changed what they show is not shown with it any more: caches ask each time, and are told what is new by a tag.
ASKED_EACH_TIME = "public, no-cache"
Absolute = Callable[[str], str]


class PeopleView(PagedView):
    """A read whose answer depends on who asks. What strangers get is the same for all of them."""

    tag = "people"
    authentication_classes = BY_SESSION_TOO

    def get(self, request: Request, **path: Any) -> HttpResponse:
        self.values = parse_query(self.parameters, request.GET)
        self.viewer = viewer_of(request.user)
        response = answered(request, self.body(**path))
        is_shared = "Authorization" not in request.headers and settings.SESSION_COOKIE_NAME not in request.COOKIES
        response.headers["Cache-Control"] = ASKED_EACH_TIME if is_shared else NEVER_KEPT
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


class PeopleListView(PeopleView):
    """People whose name the asker sees; what they do not see of a person does not find the person."""

    parameters = PARAMETERS
    row_serializer = PersonRowSerializer

    def read(self) -> dict[str, Any]:
        key = ORDERINGS[self.values.get("ordering", Order.NEWEST)]
        asked = asked_of(self.values, shown_terms(self.language))
        page = self.page(person_columns(people(asked, self.viewer), self.viewer), key)
        rows = persons(page.rows, self.viewer, self.language)
        return self.envelope(page, [person_row(one, self.absolute) for one in rows], key)


class PersonDetailView(PeopleView):
    """One person, as the asker sees them."""

    is_list = False
    parameters = {"lang": LANG}
    row_serializer = PersonSerializer

    def read(self, id: UUID) -> dict[str, Any]:  # noqa: A002 (the name in the address)
        one = found(person(id, self.viewer, self.language))
        return person_row(one, self.absolute) | {"about": one.about}


class MyProfileView(MemberView):
    """One's own profile."""

    tag = "people"
    operations: ClassVar[dict[str, Operation]] = {
        "get": Operation("people_me", "Shows one's own profile with everything in it.", answer=MyProfileSerializer),
        "patch": Operation(
            "people_edit_me", "Changes one's own profile.", input=EditProfileInput, answer=MyProfileSerializer
        ),
    }

    def do_get(self) -> dict[str, Any]:
        return my_profile(self)

    def do_patch(self) -> dict[str, Any]:
        user = self.request.user
        edit_profile(editor=user, profile=ensure_profile(user=user), changes=self.input)
        user.refresh_from_db(fields=["first_name", "last_name"])
        return my_profile(self)


class MyAvatarView(MemberView):
    """One's own picture."""

    tag = "people"
    parser_classes = [MultiPartParser]
    operations: ClassVar[dict[str, Operation]] = {
        "put": Operation("people_set_avatar", "Sets one's own picture.", input=AvatarInput, answer=MyProfileSerializer),
        "delete": Operation("people_remove_avatar", "Removes one's own picture.", status=HTTPStatus.NO_CONTENT),
    }

    def do_put(self) -> dict[str, Any]:
        if has_sent_enough_pictures(self.request):
            raise Throttled(wait=PICTURES.seconds)
        user = self.request.user
        set_avatar(editor=user, profile=ensure_profile(user=user), file=self.input["file"])
        return my_profile(self)

    def do_delete(self) -> None:
        user = self.request.user
        remove_avatar(editor=user, profile=ensure_profile(user=user))


def my_profile(view: MemberView) -> dict[str, Any]:
    """Return the answer that holds everything of the asker's own profile."""
    user = view.request.user
    profile = ensure_profile(user=user)
    one = own(profile, view.language)
    return person_row(one, view.absolute) | {
        "about": one.about,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "visibility": profile.visibility,
    }


def person_row(one: Person, absolute: Absolute) -> dict[str, Any]:
    """Return a person as the API shows them in lists."""
    return {
        "id": one.id,
        "name": one.name if one.is_named else None,
        "avatar": picture(absolute(one.avatar)) if one.avatar else None,
        "headline": one.headline,
        "place": one.place,
        "languages": one.languages,
        "skills": [{name: skill[name] for name in ("id", "slug", "name", "level")} for skill in one.skills],
        "sectors": [_sector(label) for label in one.sectors],
        "availability": one.availability or None,
        "website": one.website,
        "url": absolute(one.path),
    }


def _sector(label: TermLabel) -> dict[str, Any]:
    return {"id": label.key, "slug": label.slug, "name": label.name, "hue": label.detail}
