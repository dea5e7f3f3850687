import pytest
from django.core import mail
from django.core.cache import cache
from wagtail.contrib.forms.models import FormSubmission

from cms.pages.views import CONTACT_LIMIT, HONEYPOT
from tests.markup import read_page
from tests.pages import QUERY_BUDGET, count_queries
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db
MESSAGE = {"name": "Alice", "email": "alice@example.org", "message": "Who has a shovel?"}


@pytest.fixture
def form(client, network):
    """The contact page as a visitor gets it, and where its form leads."""
    page = read_page(client.get(network.contact.get_url()).content.decode())
    return page, contact_forms(page)[0]["action"]


def contact_forms(page):
    """Return the forms of a page but for the search in its masthead."""
    return [form for form in page.all("form") if form.get("method") == "post"]


@pytest.mark.parametrize("language", [SOURCE, TARGET])
def test_a_content_page_shows_all_its_blocks(client, network, language):
    url = network.urls(network.content)[language]
    page = read_page(client.get(url).content.decode())
    for words in ("It began with a thermos.", "Who had a shovel?", "Picked", "Newest", "Around here"):
        assert words in page.text, words
    assert count_queries(client, url) <= QUERY_BUDGET


def test_a_draft_is_not_found(client, network):
    url = network.content.get_url()
    network.content.unpublish()
    assert client.get(url).status_code == 404


def test_the_form_has_no_token_and_a_field_that_only_robots_see(client, form):
    page, _action = form
    names = [field["name"] for field in page.all("input") + page.all("textarea")]
    assert [name for name in names if name != "q"] == ["name", "email", HONEYPOT, "message"]
    trap = next(field for field in page.all("input") if field["name"] == HONEYPOT)
    assert trap["autocomplete"] == "off"
    assert trap["tabindex"] == "-1"
    assert page.with_class("honeypot")[0]["aria-hidden"] == "true"
    assert "csrftoken" not in client.cookies


def test_a_message_is_mailed_kept_and_thanked_for(client, network, form):
    response = client.post(form[1], MESSAGE)
    assert response.status_code == 302
    assert response["Location"] == f"{network.contact.get_url()}?sent=1"
    assert [message.to for message in mail.outbox] == [["office@example.org"]]
    assert "Who has a shovel?" in mail.outbox[0].body
    assert FormSubmission.objects.get().form_data["email"] == "alice@example.org"
    thanks = read_page(client.get(response["Location"]).content.decode())
    assert "Somebody will answer." in thanks.text
    assert not contact_forms(thanks)


def test_mistakes_stand_beside_their_fields(client, form):
    response = client.post(form[1], MESSAGE | {"email": "alice"})
    assert response.status_code == 400
    page = read_page(response.content.decode())
    wrong = [field for field in page.all("input") + page.all("textarea") if field.get("aria-invalid") == "true"]
    assert [field["name"] for field in wrong] == ["email"]
    assert wrong[0]["value"] == "alice"
    assert f"#{wrong[0]['id']}" in [link.get("href") for link in page.all("a")]
    assert not mail.outbox


def test_a_robot_is_thanked_and_forgotten(client, form):
    response = client.post(form[1], MESSAGE | {HONEYPOT: "https://spam.example"})
    assert response.status_code == 302
    assert not mail.outbox
    assert not FormSubmission.objects.exists()


def test_text_with_nul_bytes_is_a_mistake(client, form):
    response = client.post(form[1], MESSAGE | {"message": "a\x00b"})
    assert response.status_code == 400
    assert not FormSubmission.objects.exists()


def test_another_site_s_form_is_refused(client, form):
    assert client.post(form[1], MESSAGE, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post(form[1], MESSAGE, headers={"origin": "http://testserver"}).status_code == 302
    assert len(mail.outbox) == 1


def test_too_many_messages_have_to_wait(client, form, settings):
    settings.THROTTLING_ENABLED = True
    cache.clear()
    answers = [client.post(form[1], MESSAGE).status_code for _ in range(CONTACT_LIMIT.number + 1)]
    assert answers == [302] * CONTACT_LIMIT.number + [429]
    assert len(mail.outbox) == CONTACT_LIMIT.number


def test_the_form_of_an_unpublished_page_is_gone(client, network, form):
    network.contact.unpublish()
    assert client.post(form[1], MESSAGE, follow=True).status_code == 404
    assert not mail.outbox
    assert client.get(form[1]).status_code == 405


def test_the_preview_of_the_thanks_renders(network, rf):
    request = rf.get("/")
    request.is_preview = True
    response = network.contact.serve_preview(request, "landing").render()
    assert "Somebody will answer." in read_page(response.content.decode()).text


def test_the_contact_page_is_cheap(client, network):
    assert count_queries(client, network.contact.get_url()) <= QUERY_BUDGET
