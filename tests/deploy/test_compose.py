"""The compose file: every service is watched, confined and without a secret in sight."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.urls import reverse

from community.core.models import new_public_id

ROOT = Path(__file__).resolve().parent.parent.parent
EXPECTED = {"proxy", "setup", "web", "worker", "media-worker", "clock", "database", "cache", "search", "ingest"} | {
    "storage"
}
MAY_WRITE = {"search"}
SECRET_WORDS = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY|DATABASE_URL|EMAIL_URL")


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def faults(name: str, service: dict[str, Any]) -> list[str]:
    """What a service lacks of our rules for containers."""
    environment = service.get("environment", {})
    lacks = {
        "no health check": "healthcheck" not in service,
        "runs as root": str(service.get("user", "0")).partition(":")[0] in {"0", "root", ""},
        "keeps capabilities": service.get("cap_drop") != ["ALL"],
        "may gain privileges": "no-new-privileges:true" not in service.get("security_opt", []),
        "writes to its own files": not service.get("read_only") and name not in MAY_WRITE,
        "has a secret inline": any(SECRET_WORDS.search(key) and not key.endswith("_FILE") for key in environment),
        "holds a password in an address": any("@" in str(value) for value in environment.values()),
        "is privileged": service.get("privileged") is True,
        "is not pinned": "image" not in service or service["image"].endswith(":latest"),
    }
    return [f"{name} {what}" for what, is_so in lacks.items() if is_so]


def test_the_services_are_those_of_the_contract() -> None:
    assert set(compose()["services"]) == EXPECTED


def test_every_service_is_watched_confined_and_without_inline_secrets() -> None:
    assert [line for name, service in compose()["services"].items() for line in faults(name, service)] == []


def test_a_careless_service_is_found() -> None:
    careless = {"image": "web:latest", "environment": {"DB_PASSWORD": "x", "CACHE": "redis://:x@cache"}}

    assert faults("web", careless) == [
        "web no health check",
        "web runs as root",
        "web keeps capabilities",
        "web may gain privileges",
        "web writes to its own files",
        "web has a secret inline",
        "web holds a password in an address",
        "web is not pinned",
    ]


def test_only_the_proxy_listens_outside_and_the_media_server_where_it_is_asked_for() -> None:
    services = compose()["services"]

    listening = {name: service.get("profiles") for name, service in services.items() if service.get("ports")}
    assert listening == {"proxy": None, "ingest": ["ingest"]}
    assert compose()["networks"]["inside"]["internal"] is True
    assert {name for name, service in services.items() if service["networks"] == ["inside"]} == {
        "database",
        "cache",
        "search",
    }


def test_two_web_processes_start_after_a_healthy_database_and_the_setup() -> None:
    web = compose()["services"]["web"]

    assert web["deploy"]["replicas"] == 2
    assert web["depends_on"]["database"] == {"condition": "service_healthy"}
    assert web["depends_on"]["setup"] == {"condition": "service_completed_successfully"}


def test_every_secret_and_volume_that_is_used_is_declared_and_made() -> None:
    file = compose()
    used = {secret for service in file["services"].values() for secret in service.get("secrets", [])}
    maker = (ROOT / "deploy" / "make-secrets").read_text(encoding="utf-8")

    assert used == set(file["secrets"]) == set(re.findall(r"^keep (\w+)", maker, re.M))
    named = {v.partition(":")[0] for s in file["services"].values() for v in s.get("volumes", []) if v[0] not in "./"}
    assert named == set(file["volumes"])


def test_the_storage_has_the_key_that_the_program_has_and_gives_only_what_is_signed() -> None:
    web, storage = compose()["services"]["web"], compose()["services"]["storage"]
    maker = (ROOT / "deploy" / "make-secrets").read_text(encoding="utf-8")
    door = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert "s3_secret_key" in web["secrets"] and storage["secrets"] == ["s3_identities"]
    assert "$(cat secrets/s3_secret_key)" in maker
    assert "-s3.config=/run/secrets/s3_identities" in storage["command"] and "ports" not in storage
    assert re.search(r"@objects {[^}]+}/\*\s+method GET HEAD\s+query X-Amz-Signature=", door)


def test_private_files_are_not_within_reach_of_the_proxy() -> None:
    mounted = compose()["services"]["proxy"]["volumes"]

    assert not [volume for volume in mounted if volume.startswith(("private", "database"))]
    assert "static:/srv/static:ro" in mounted


def test_the_media_server_asks_the_program_and_nobody_else_can() -> None:
    service, web = compose()["services"]["ingest"], compose()["services"]["web"]
    server = yaml.safe_load((ROOT / "deploy" / "mediamtx.yml").read_text(encoding="utf-8"))
    door = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    asked = urlsplit(server["authHTTPAddress"])

    assert (server["authMethod"], asked.path) == ("http", reverse("ingest-auth"))
    assert asked.hostname in web["environment"]["ALLOWED_HOSTS"].rpartition("}")[2].split(",")
    assert re.search(rf"handle {asked.path} {{\s+respond 404", door)
    assert server["authHTTPExclude"] == [{"action": "api"}] and "9997" not in str(service["ports"])
    assert web["environment"]["INGEST_API_URL"].endswith(f"ingest{server['apiAddress']}")
    (path,) = server["paths"]
    assert re.fullmatch(path.removeprefix("~").strip("^$"), f"live/{new_public_id()}")
