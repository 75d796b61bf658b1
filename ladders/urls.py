"""Addresses of ladders and their levels."""

from django.urls import path

from ladders import views

app_name = "ladders"
urlpatterns = [
    path("", views.ladder_list, name="ladder_list"),
    path("bands/", views.band_map, name="band_map"),
    path("compare/", views.level_compare, name="level_compare"),
    path("<key:key>/", views.ladder_detail, name="ladder_detail"),
    path("<key:key>/<slug:slug>/", views.level_detail, name="level_detail"),
]
