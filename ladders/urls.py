"""Addresses of ladders and their levels, and of the assessment against a level."""

from django.urls import path

from ladders import assessment_views, csv_views, views

app_name = "ladders"
urlpatterns = [
    path("ladders/", views.ladder_list, name="ladder_list"),
    path("ladders/bands/", views.band_map, name="band_map"),
    path("ladders/bands.csv", csv_views.band_map_csv, name="band_map_csv"),
    path("ladders/compare/", views.level_compare, name="level_compare"),
    path("ladders/<key:key>/", views.ladder_detail, name="ladder_detail"),
    path("ladders/<key:key>/matrix.csv", csv_views.ladder_matrix_csv, name="ladder_matrix_csv"),
    path("ladders/<key:key>/<slug:slug>/", views.level_detail, name="level_detail"),
    path("assess/", assessment_views.assessment_choice, name="assessment_choice"),
    path("assess/<key:key>/<slug:slug>/", assessment_views.assessment, name="assessment"),
]
