"""The url map: services and the API without a language, pages below one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.core import views as core_views
from cms.directory import sitemaps
from cms.hubs import views as hub_views
from cms.pages import views as page_views
from platform_apps.accounts import views as account_views
from search import views as search_views

from . import health
from .api import api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz/", health.alive, name="healthz"),
    path("readyz/", health.ready, name="readyz"),
    path("robots.txt", core_views.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("art/<slug:hue>/<slug:seed>.svg", core_views.art, name="art"),
    path("themes/<slug:key>.css", core_views.default_theme, name="default-theme"),
    path("themes/hub/all.css", hub_views.themes, name="hub-themes"),
    path("themes/hub/<uuid:key>.css", hub_views.theme, name="hub-theme"),
    path("forms/contact/<uuid:key>/<slug:language>/", page_views.submit_contact, name="submit-contact"),
    path("", include("cms.sharing.urls")),
    path("api/v1/", include(api_urls)),
    # Wagtail's own login is an unthrottled door around allauth and, later, its second factor.
    path("admin/login/", core_views.admin_login, name="admin-login"),
    path("admin/password_reset/", core_views.admin_login),
    # Wagtail's test of the error page: a fault at will is nothing to leave open.
    path("admin/failwhale/", core_views.no_such_file),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("platform_apps.accounts.urls")),
]

if settings.CMS_API_ENABLED:
    from .cms_api import content_api

    urlpatterns.append(path("api/cms/v3/", content_api.urls))

if settings.IDENTITY_PROVIDER_ENABLED:
    urlpatterns.append(path("", include("allauth.idp.urls", namespace="idp")))

if settings.EMBEDDED:
    urlpatterns += [
        # Documents go through Wagtail's view, which knows who may read them.
        path("media/documents/<path:rest>", core_views.no_such_file),
        path("media/<path:path>", core_views.uploaded_file),
        path("styleguide/", core_views.styleguide, name="styleguide"),
    ]

urlpatterns += [path("api/", core_views.no_such_api), path("api/<path:rest>", core_views.no_such_api)]
urlpatterns += i18n_patterns(
    # Wagtail's own sign-in for restricted pages: another unthrottled door around allauth.
    path("_util/login/", core_views.admin_login),
    path("search/", search_views.results, name="search"),
    path("people/", include("platform_apps.profiles.urls")),
    path("personal/", account_views.personal, name="personal"),
    path("feeds/", include("cms.sharing.feed_urls")),
    path("", include("platform_apps.memberships.urls")),
    path("", include("cms.core.page_urls")),
    prefix_default_language=True,
)

handler404 = "cms.core.views.not_found"
handler500 = "cms.core.views.server_error"
