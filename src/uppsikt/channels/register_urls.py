"""The addresses of the public register: files, the interface, and what is embedded."""

from django.urls import path

from uppsikt.channels import api, public, register_files

V1 = "kanalregister/v1"

urlpatterns = [
    path("kanaler/utdrag", public.excerpt, name="channel-excerpt"),
    path("kanaler/visa-listan", public.embedding, name="channel-embedding"),
    path("kanaler.json", register_files.as_json, name="channel-list-json"),
    path("kanaler.csv", register_files.as_csv, name="channel-list-csv"),
    path("kanaler-excel.csv", register_files.as_excel_csv, name="channel-list-excel"),
    path("kanaler.jsonld", register_files.as_jsonld, name="channel-list-jsonld"),
    path("kanaler.atom", register_files.atom, name="channel-feed"),
    path("datasets/dcat", register_files.dcat, name="dcat"),
    path("trust.txt", register_files.trust, name="trust"),
    path(".well-known/trust.txt", register_files.trust, name="trust-well-known"),
    path(f"{V1}/kanaler", api.channels, name="api-channels"),
    path(f"{V1}/kanaler/<slug:slug>", api.channel, name="api-channel"),
    path(f"{V1}/avslutade-kanaler", api.closed_channels, name="api-closed-channels"),
    path(f"{V1}/kontroller", api.checks, name="api-checks"),
    path(f"{V1}/plattformar", api.platforms, name="api-platforms"),
    path(f"{V1}/enheter", api.departments, name="api-departments"),
    path(f"{V1}/andringar", api.changes, name="api-changes"),
    path(f"{V1}/api-info", api.info, name="api-info"),
    path(f"{V1}/openapi.json", api.openapi, name="api-contract"),
    path("kanalregister/<path:rest>", api.nothing, name="api-nothing"),
]
