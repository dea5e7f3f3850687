"""What pages show of teams, and what people do on them without a script."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cms.directory.enums import Kind
from cms.directory.models import Entry
from platform_apps.memberships.enums import JoinPolicy, Role, Standing
from platform_apps.memberships.models import Invitation, Membership, TeamSettings
from platform_apps.memberships.services import invite_by_link, join_entry, order_team, verify_organization
from platform_apps.memberships.tokens import token_of
from tests.cms.editorial.conftest import world  # noqa: F401 (a fixture)
from tests.factories.memberships import make_joinable, make_membership, make_person, make_public, sign_in
from tests.markup import read_page
from tests.worlds import SOURCE, TARGET, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(world: World) -> Entry:  # noqa: F811
    return Entry.objects.get(pk=world.pages["organization_a"].translation_key)


@pytest.fixture
def admin(entry: Entry) -> Any:
    return make_membership(entry, make_person("Ada"), role=Role.ADMIN).user


def html(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    read_page(answer.content.decode())
    return str(answer.content.decode())


def public(world: World, page: Any, client: Client | None = None) -> str:  # noqa: F811
    return html((client or Client()).get(page.get_url()))


class TestSection:
    """The team on the page of a hub, an organization, a project."""

    def test_it_is_the_same_for_everybody_and_shows_who_wants_to_be_seen(self, world: World) -> None:  # noqa: F811
        page = world.pages["organization_a"]
        entry = Entry.objects.get(pk=page.translation_key)
        admin = make_membership(entry, make_public("Ada"), role=Role.ADMIN)
        make_membership(entry, make_public("Bea"), title="Counts <bees>")
        make_membership(entry, make_person("Private"))
        make_membership(entry, make_public("Hidden"), is_listed=False)
        make_membership(entry, make_public("Waiting"), standing=Standing.REQUESTED)
        make_membership(entry, make_public("Banned"), standing=Standing.BANNED)
        shown = public(world, page)
        assert "Ada" in shown
        assert "Counts &lt;bees&gt;" in shown
        assert "A member" in shown
        assert not [word for word in ("Private", "Hidden", "Waiting", "Banned") if f"{word} " in shown]
        assert f'href="/en/join/{entry.pk}/"' in shown
        assert public(world, page, sign_in(admin.user)) == shown

    @pytest.mark.parametrize("name", ["hub", "project"])
    def test_hubs_and_projects_say_how_many_take_part(self, world: World, name: str) -> None:  # noqa: F811
        page = {"hub": world.hub_a[SOURCE], "project": world.pages["live_a"]}[name]
        entry = Entry.objects.get(pk=page.translation_key)
        make_membership(entry, make_public("Ada"), role=Role.ADMIN)
        make_membership(entry, make_public("Bea"))
        Entry.objects.filter(pk=entry.pk).update(member_count=2)
        shown = public(world, page)
        assert "2 people take part" in shown
        assert f'href="/en/team/{entry.pk}/"' in shown
        assert f'href="/en/join/{entry.pk}/"' in shown

    def test_the_way_in_is_what_the_policy_says(self, world: World, entry: Entry) -> None:  # noqa: F811
        page = world.pages["organization_a"]
        for policy, words in (
            (JoinPolicy.OPEN, ">Join<"),
            (JoinPolicy.REQUEST, ">Ask to join<"),
            (JoinPolicy.INVITATION, "by invitation"),
        ):
            TeamSettings.objects.update_or_create(entry=entry, defaults={"policy": policy})
            assert words in public(world, page)

    def test_more_than_a_dozen_stand_on_a_page_of_their_own(self, world: World, entry: Entry) -> None:  # noqa: F811
        members = [make_membership(entry, make_public(f"P{number:02d}")) for number in range(14)]
        shown = public(world, world.pages["organization_a"])
        assert f'href="/en/team/{entry.pk}/"' in shown
        assert "P13" not in shown
        whole = html(Client().get(f"/en/team/{entry.pk}/"))
        assert all(f"P{number:02d}" in whole for number in range(14))
        assert f'href="/de/team/{entry.pk}/"' in whole
        members[0].user.is_active = False
        members[0].user.save()
        assert "P00" not in html(Client().get(f"/en/team/{entry.pk}/"))

    def test_a_verified_organization_says_so(self, world: World, entry: Entry) -> None:  # noqa: F811
        page = world.pages["organization_a"]
        assert "is-verified" not in public(world, page)
        verify_organization(actor=world.users["moderator"], entry=entry)
        assert "Verified" in public(world, page)
        assert "is-verified" in public(world, world.organization_lists[SOURCE])
        answer = Client().get(f"/api/v1/organizations/{entry.pk}/")
        assert answer.json()["is_verified"] is True


class TestPersonalPart:
    """What stands in place of the way in, for one person."""

    @pytest.mark.parametrize(
        ("standing", "words"),
        [
            (Standing.ACTIVE, "You belong to it"),
            (Standing.REQUESTED, "You asked to join"),
            (Standing.ASKED, "You were added here"),
            (Standing.BANNED, "You cannot join here"),
            (Standing.LEFT, ">Join<"),
        ],
    )
    def test_it_says_what_the_person_is_here(self, world: World, entry: Entry, standing: Standing, words: str) -> None:  # noqa: F811
        member = make_membership(entry, standing=standing)
        path = world.pages["organization_a"].get_url()
        answer = sign_in(member.user).get("/en/personal/", {"path": path}).content.decode()
        assert 'data-for="join-area"' in answer
        assert words in answer
        assert "Manage members" not in answer

    def test_admins_see_how_many_wait(self, world: World, entry: Entry, admin: Any) -> None:  # noqa: F811
        make_membership(entry, standing=Standing.REQUESTED)
        path = world.pages["organization_a"].get_url()
        assert "1 request" in sign_in(admin).get("/en/personal/", {"path": path}).content.decode()
        assert "join-area" not in sign_in(make_person()).get("/en/personal/", {"path": path}).content.decode()


class TestJoining:
    """The page on which one person joins, asks, takes back, agrees, leaves."""

    def test_strangers_sign_in_first_and_come_back(self, entry: Entry) -> None:
        answer = Client().get(f"/en/join/{entry.pk}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next=/en/join/{entry.pk}/")

    def test_the_whole_way_without_a_script(self, entry: Entry, admin: Any) -> None:
        questions = [{"id": "a", "text": "Do you like soup?", "is_required": True}]
        TeamSettings.objects.create(entry=entry, policy=JoinPolicy.REQUEST, questions=questions)
        person, path = make_person("Ana"), f"/en/join/{entry.pk}/"
        client = sign_in(person)
        assert "Do you like soup?" in html(client.get(path))
        wrong = html(client.post(path, {"action": "join", "message": "a\x08b", "answer-a": ""}), 400)
        assert wrong.count("field-error") >= 2
        assert not Membership.objects.of(person).exists()
        asked = client.post(path, {"action": "join", "message": "Hello", "availability": "Mondays", "answer-a": "Yes"})
        assert asked.status_code == 302
        assert "Your request" in html(client.get(path))
        manage = f"/en/manage/{entry.pk}/"
        boss = sign_in(admin)
        shown = html(boss.get(manage))
        assert all(words in shown for words in ("Ana", "Hello", "Mondays", "Yes"))
        request = Membership.objects.get(user=person)
        assert boss.post(manage, {"action": "approve", "membership": request.pk}).status_code == 302
        assert "No requests" in html(boss.get(manage))
        assert "Your membership" in html(client.get(path))
        assert client.post(path, {"action": "change", "title": "Cooks", "is_listed": "on"}).status_code == 302
        assert Membership.objects.get(user=person).title == "Cooks"
        assert client.post(path, {"action": "leave"}).status_code == 302
        assert Membership.objects.get(user=person).standing == Standing.LEFT

    def test_a_refusal_stands_on_the_page(self, entry: Entry, admin: Any) -> None:
        client, path = sign_in(admin), f"/en/join/{entry.pk}/"
        assert "Hand over" in html(client.post(path, {"action": "leave"}), 409)
        assert Membership.objects.get(user=admin).is_admin
        assert "no such button" in html(client.post(path, {"action": "explode"}), 403)
        banned = make_membership(entry, standing=Standing.BANNED).user
        assert "cannot join" in html(sign_in(banned).post(path, {"action": "join"}), 403)

    def test_what_is_not_public_is_nowhere(self, world: World) -> None:  # noqa: F811
        draft = world.pages["draft_a"].translation_key
        client = sign_in(make_person())
        for path in ("join", "manage", "team"):
            assert client.get(f"/en/{path}/{draft}/").status_code == 404
        story = world.pages["story_b"].translation_key
        assert client.get(f"/en/join/{story}/").status_code == 404


class TestManaging:
    """What admins do."""

    @pytest.mark.parametrize("path", ["", "members/", "invitations/", "settings/"])
    @pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR])
    def test_it_is_for_admins(self, entry: Entry, path: str, role: Role) -> None:
        address = f"/en/manage/{entry.pk}/{path}"
        assert sign_in(make_membership(entry, role=role).user).get(address).status_code == 403
        assert Client().get(address).status_code == 302
        assert sign_in(make_person()).post(address, {"action": "approve"}).status_code == 403

    def test_members(self, entry: Entry, admin: Any) -> None:
        boss, path = sign_in(admin), f"/en/manage/{entry.pk}/members/"
        bea, cem = (make_membership(entry, make_person(name)) for name in ("Bea", "Cem"))
        order_team(actor=admin, entry=entry, membership_ids=[bea.pk])
        assert "Bea" in html(boss.get(path))

        def change(membership: Membership, **said: Any) -> Any:
            said = {f"{membership.pk.hex}-{name}": value for name, value in said.items()}
            return boss.post(path, {"action": "change", "membership": membership.pk, **said})

        assert change(cem, role="editor", title="Bakes", place=1).status_code == 302
        cem.refresh_from_db()
        bea.refresh_from_db()
        assert (cem.role, cem.title, cem.position, bea.position) == (Role.EDITOR, "Bakes", 0, 1)
        html(change(cem, role="owner", title="x"), 400)
        html(change(cem, role="member", title="a\r\nb"), 400)
        own = Membership.objects.get(user=admin)
        html(change(own, role="member", title="Former chief"), 409)
        own.refresh_from_db()
        assert (own.role, own.title) == (Role.ADMIN, "")
        assert boss.post(path, {"action": "ban", "membership": bea.pk, "reason": "Spam"}).status_code == 302
        assert "Spam" in html(boss.get(path, {"show": "banned"}))
        assert boss.post(path, {"action": "unban", "membership": bea.pk}).status_code == 302
        assert boss.post(path, {"action": "remove", "membership": cem.pk, "reason": ""}).status_code == 302
        former = html(boss.get(path, {"show": "former"}))
        assert "Bea" in former
        assert "Cem" in former

    def test_members_of_others_are_out_of_reach(self, entry: Entry, admin: Any) -> None:
        foreign = make_membership(make_joinable(Kind.PROJECT))
        boss = sign_in(admin)
        for key in (foreign.pk, "x", "", "0" * 32):
            answer = boss.post(f"/en/manage/{entry.pk}/members/", {"action": "ban", "membership": key})
            assert answer.status_code == 404
        foreign.refresh_from_db()
        assert foreign.is_active

    def test_invitations(self, entry: Entry, admin: Any) -> None:
        boss, path = sign_in(admin), f"/en/manage/{entry.pk}/invitations/"
        html(boss.post(path, {"action": "link", "max_uses": 0, "days": 1000}), 400)
        html(boss.post(path, {"action": "mail", "emails": "a@example.org, nonsense", "mail_role": "member"}), 400)
        assert not Invitation.objects.exists()
        assert boss.post(path, {"action": "link", "max_uses": 3, "days": 7}).status_code == 302
        emails = "a@example.org, b@example.org\nc@example.org"
        assert boss.post(path, {"action": "mail", "emails": emails, "mail_role": "editor"}).status_code == 302
        link = Invitation.objects.get(email="")
        shown = html(boss.get(path))
        assert f"/en/invitations/{token_of(link.pk)}/" in shown
        assert Invitation.objects.filter(role=Role.EDITOR).count() == 3
        assert boss.post(path, {"action": "revoke", "invitation": link.pk}).status_code == 302
        assert token_of(link.pk) not in html(boss.get(path))

    def test_settings(self, entry: Entry, admin: Any) -> None:
        boss, path = sign_in(admin), f"/en/manage/{entry.pk}/settings/"
        html(boss.get(path))
        html(boss.post(path, {"policy": "nobody"}), 400)
        said = {"policy": "request", "text-0": "Why?", "required-0": "on", "text-2": "When?"}
        assert boss.post(path, said).status_code == 302
        kept = TeamSettings.objects.get(entry=entry)
        assert [(one["text"], one["is_required"]) for one in kept.questions] == [("Why?", True), ("When?", False)]
        assert "Why?" in html(boss.get(path))


class TestInvitationPage:
    """Where an invitation leads."""

    def test_who_is_signed_in_is_in_with_a_click(self, entry: Entry, admin: Any) -> None:
        path = f"/en/invitations/{token_of(invite_by_link(actor=admin, entry=entry).pk)}/"
        person = make_person()
        client = sign_in(person)
        assert "Accept and join" in html(client.get(path))
        assert not Membership.objects.of(person).exists()
        assert client.post(path, {"action": "accept"}).headers["Location"] == f"/en/join/{entry.pk}/"
        assert Membership.objects.get(user=person).is_active
        assert client.get(path).status_code == 302

    def test_a_person_without_account_lands_in_the_entry_after_sign_up(
        self, entry: Entry, admin: Any, settings: Any
    ) -> None:
        settings.SIGNUP_OPEN = True
        path = f"/en/invitations/{token_of(invite_by_link(actor=admin, entry=entry, max_uses=2).pk)}/"
        client = Client()
        answer = client.get(path)
        assert "Make an account" in html(answer)
        assert answer.headers["Cache-Control"] == "private, no-store"
        door = client.post(path, {"action": "sign-up"}).headers["Location"]
        assert door.startswith("/accounts/signup/?next=")
        assert not Membership.objects.filter(entry=entry).exclude(user=admin).exists()
        # What the sign-in does at the end of every way through it: verification by code, a second factor, a provider.
        person = make_person("Neu")
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert Membership.objects.get(user=person).is_active
        assert client.get(path).headers["Location"] == f"/en/join/{entry.pk}/"

    def test_signing_in_takes_it_up_too_and_only_once(self, entry: Entry, admin: Any) -> None:
        invitation = invite_by_link(actor=admin, entry=entry, max_uses=2)
        path, person, client = f"/en/invitations/{token_of(invitation.pk)}/", make_person(), Client()
        assert client.post(path, {"action": "sign-in"}).headers["Location"].startswith("/accounts/login/?next=")
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert Membership.objects.get(user=person).is_active
        invitation.refresh_from_db()
        assert invitation.used == 1

    def test_somebody_else_s_invitation_says_so(self, entry: Entry, admin: Any) -> None:
        invitation = Invitation.objects.create(
            entry=entry, invited_by=admin, email="x@example.org", expires_at="2099-01-01T00:00Z"
        )
        client, path = sign_in(make_person()), f"/en/invitations/{token_of(invitation.pk)}/"
        assert "somebody else" in html(client.post(path, {"action": "accept"}), 403)

    @pytest.mark.parametrize("token", ["x", "0b7f6a5e-4b0e-4d3a-9f0c-6f1f6f1c2d3e.x", "%F0%9F%A6%9C", "x" * 250])
    def test_what_we_have_not_made_is_nowhere(self, world: World, token: str) -> None:  # noqa: F811
        assert Client().get(f"/en/invitations/{token}/").status_code == 404
        assert Client().post(f"/en/invitations/{token}/").status_code == 404


def test_forms_need_a_token(entry: Entry, admin: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(admin).cookies
    for path in (f"join/{entry.pk}/", f"manage/{entry.pk}/", f"manage/{entry.pk}/settings/"):
        assert strict.post(f"/en/{path}", {"action": "leave"}).status_code == 403


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_mails_speak_the_reader_s_language(
    entry: Entry, language: str, django_capture_on_commit_callbacks: Any
) -> None:
    make_membership(entry, make_person("Ada", preferred_language=language), role=Role.ADMIN)
    with django_capture_on_commit_callbacks(execute=True):
        join_entry(user=make_person("Ana"), entry=entry, message="Hi\nBcc: all@example.org")
    [sent] = mail.outbox
    assert ("möchte" in sent.subject) is (language == TARGET)
    assert f"/{language}/manage/{entry.pk}/" in sent.body
    assert "\n" not in sent.subject
    assert "Bcc" not in sent.extra_headers
