"""Addresses of ladders and their levels; all begin with ``ladders/``."""

from django.urls import path

from ladders import views

app_name = "ladders"
urlpatterns = [
    path("", views.ladder_list, name="ladder_list"),
    path("bands/", views.band_map, name="band_map"),
    path("bands.csv", views.band_map_csv, name="band_map_csv"),
    path("compare/", views.level_compare, name="level_compare"),
    path("<key:key>/", views.ladder_detail, name="ladder_detail"),
    path("<key:key>/matrix.csv", views.ladder_matrix_csv, name="ladder_matrix_csv"),
    path("<key:key>/cards/", views.ladder_cards, name="ladder_cards"),
    path("<key:key>/<slug:slug>/", views.level_detail, name="level_detail"),
]
