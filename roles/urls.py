"""Addresses of roles."""

from django.urls import path

from roles import views

app_name = "roles"
urlpatterns = [
    path("", views.role_list, name="role_list"),
    path("compare/", views.role_compare, name="role_compare"),
    path("compare.csv", views.role_compare_csv, name="role_compare_csv"),
    path("choose/", views.role_choice, name="role_choice"),
    path("map/", views.role_map, name="role_map"),
    path("<key:key>/", views.role_detail, name="role_detail"),
]
