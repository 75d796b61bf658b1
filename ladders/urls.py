"""Addresses of ladders and their levels, and of the assessment against a level."""

from django.urls import path

from ladders import views

app_name = "ladders"
urlpatterns = [
    path("ladders/", views.ladder_list, name="ladder_list"),
    path("ladders/bands/", views.band_map, name="band_map"),
    path("ladders/bands.csv", views.band_map_csv, name="band_map_csv"),
    path("ladders/compare/", views.level_compare, name="level_compare"),
    path("ladders/<key:key>/", views.ladder_detail, name="ladder_detail"),
    path("ladders/<key:key>/matrix.csv", views.ladder_matrix_csv, name="ladder_matrix_csv"),
    path("ladders/<key:key>/cards/", views.ladder_cards, name="ladder_cards"),
    path("ladders/<key:key>/<slug:slug>/", views.level_detail, name="level_detail"),
    path("assess/", views.assessment_choice, name="assessment_choice"),
    path("assess/<key:key>/<slug:slug>/", views.assessment, name="assessment"),
]
