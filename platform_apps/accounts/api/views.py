from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound, ValidationError
from wagtail.models import APIToken

from cms.core.refusals import require
from platform_apps.accounts.models import TokenTerms
from platform_apps.accounts.services import create_token, revoke_token
from platform_apps.core.api.idempotency import HEADER
from platform_apps.core.api.views import MemberView, Operation

from .serializers import NewTokenSerializer, TokenInput, TokenListSerializer


def _row(terms: TokenTerms) -> dict[str, Any]:
    token = terms.token
    return {
        "id": terms.uuid,
        "name": token.name,
        "scope": terms.scope,
        "created_at": token.created,
        "expires_at": terms.expires_at,
        "last_used_at": token.last_used_at,
    }


class TokenListView(MemberView):
    """The personal tokens of whoever asks."""

    tag = "tokens"
    operations: ClassVar[dict[str, Operation]] = {
        "get": Operation("tokens_list", "Lists your API tokens that are good.", answer=TokenListSerializer),
        "post": Operation(
            "tokens_create",
            "Makes an API token. Its secret is in this answer and nowhere else, hence no Idempotency-Key here. It takes"
            " a session or a JWT: a stolen API token could otherwise outlive itself.",
            input=TokenInput,
            answer=NewTokenSerializer,
            status=HTTPStatus.CREATED,
        ),
    }

    def do_get(self) -> dict[str, Any]:
        return {"results": [_row(terms) for terms in TokenTerms.objects.of(self.request.user)]}

    def do_post(self) -> dict[str, Any]:
        if HEADER in self.request.headers:
            raise ValidationError({HEADER: [_("A secret is told once, so this request cannot be answered again.")]})
        require(not isinstance(self.request.auth, APIToken), _("A token cannot make tokens."))
        terms, secret = create_token(user=self.request.user, **self.input)
        return _row(terms) | {"secret": secret}


class TokenDetailView(MemberView):
    """One personal token."""

    tag = "tokens"
    operations: ClassVar[dict[str, Operation]] = {
        "delete": Operation("tokens_revoke", "Revokes an API token, at once.", status=HTTPStatus.NO_CONTENT)
    }

    def do_delete(self, id: UUID) -> None:  # noqa: A002 (the name in the address)
        try:
            revoke_token(user=self.request.user, token_id=id)
        except TokenTerms.DoesNotExist as error:
            raise NotFound from error
