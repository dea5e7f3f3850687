from django.urls import path

from . import views

urlpatterns = [
    path("", views.people_page, name="people"),
    path("me/", views.edit_page, name="my-profile"),
    path("<uuid:id>/", views.person_page, name="person"),
]
