"""Pictures of a page are ready before its first visitor."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cms.core.page_cache.ahead import draw_ahead, pages_with
from cms.media.models import Rendition
from tests.pages import Network
from tests.worlds import SOURCE, TARGET

pytestmark = pytest.mark.django_db


def publish(network: Network, capture: Any) -> Any:
    Rendition.objects.all().delete()
    with capture(execute=True):
        network.project.save_revision().publish()
    return network.project


def test_a_published_page_has_its_pictures_before_anybody_asks(
    network: Network, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = publish(network, django_capture_on_commit_callbacks)
    made = set(Rendition.objects.values_list("image_id", "filter_spec"))
    assert len(made) > 3
    client.get(page.get_url())
    assert set(Rendition.objects.values_list("image_id", "filter_spec")) == made


def test_without_it_the_first_visitor_waits_for_them(
    network: Network, client: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the visitor finds ready above is not there by chance."""
    monkeypatch.setattr("cms.core.tasks.draw_ahead", lambda _page_id: False)
    page = publish(network, django_capture_on_commit_callbacks)
    made = Rendition.objects.count()
    client.get(page.get_url())
    assert Rendition.objects.count() > made


def test_a_changed_picture_is_ready_on_every_page_that_shows_it(
    network: Network, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    shown = pages_with(network.image.pk)
    assert {network.project.pk, network.content.pk} <= set(shown)
    with django_capture_on_commit_callbacks(execute=True):
        network.image.focal_point_x = network.image.focal_point_y = 100
        network.image.focal_point_width = network.image.focal_point_height = 50
        network.image.save()
    made = set(Rendition.objects.values_list("image_id", "filter_spec", "focal_point_key"))
    for url in (network.project.get_url(), network.content.get_url()):
        client.get(url)
    assert set(Rendition.objects.values_list("image_id", "filter_spec", "focal_point_key")) == made


def test_what_is_not_public_is_not_drawn(network: Network) -> None:
    network.project.unpublish()
    assert not draw_ahead(network.project.pk)
    assert not draw_ahead(2**31 - 1)


def test_the_language_of_whoever_published_stays(network: Network) -> None:
    with translation.override(TARGET):
        assert network.project.locale.language_code == SOURCE
        assert draw_ahead(network.project.pk)
        assert translation.get_language() == TARGET
