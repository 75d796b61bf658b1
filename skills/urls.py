"""Addresses of skills."""

from django.urls import path

from skills import views

app_name = "skills"
urlpatterns = [
    path("", views.skill_list, name="skill_list"),
    path("a-z/", views.skill_index, name="skill_index"),
    path("<key:key>/", views.skill_detail, name="skill_detail"),
]
