"""What we ship to run it elsewhere agrees with the settings, the code and itself."""

import importlib.util
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from django.test import RequestFactory

from cms.core.csp import policy_for
from config.celery import celery_app

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"

READ = re.compile(r'environment\.(?:text|required|boolean|number|words)\(\s*"([A-Z0-9_]+)"')
FROM_OUTSIDE = re.compile(r'os\.environ\.(?:get|setdefault)\(\s*"([A-Z0-9_]+)"')
TABLE_ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)
ENV_LINE = re.compile(r"^#? ?([A-Z][A-Z0-9_]+)=(.*)$", re.MULTILINE)
SECRETS = {
    "SECRET_KEY", "EMAIL_HOST_PASSWORD", "EMAIL_HOST_USER", "POSTGRES_PASSWORD", "GROUNDSWELL_IDP_KEY",
    "GROUNDSWELL_OIDC_SECRET", "GROUNDSWELL_GITHUB_SECRET", "GROUNDSWELL_GOOGLE_SECRET",
}  # fmt: skip
# The database's image reads these, not we.
OF_THE_DATABASE = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
APPLICATION = {"web", "sockets", "worker", "beat", "tasks", "migrate"}
BUILD_TOOLS = re.compile(r"\b(uv|apt-get install|apt install|apk add|gcc|g\+\+|build-essential|make|git|pip install)\b")


def known_settings() -> set[str]:
    """Return the names of all environment variables that config/ reads."""
    names: set[str] = set()
    for path in (ROOT / "config").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        names |= set(READ.findall(code)) | set(FROM_OUTSIDE.findall(code))
    return names


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def environment_file(name: str) -> dict[str, str]:
    return dict(ENV_LINE.findall((DEPLOY / name).read_text(encoding="utf-8")))


def manifests() -> list[dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(KUBERNETES.glob("*.yaml"))]
    return [manifest for text in texts for manifest in yaml.safe_load_all(text)]


def pods() -> dict[str, dict[str, Any]]:
    """Return the pod of every Deployment and Job, by name."""
    found = [manifest for manifest in manifests() if manifest["kind"] in {"Deployment", "Job"}]
    return {manifest["metadata"]["name"]: manifest["spec"]["template"]["spec"] for manifest in found}


def stages() -> list[list[str]]:
    """Return the Dockerfile's stages as lists of instructions, continued lines joined, comments left out."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    instructions = "\n".join(lines).replace("\\\n", " ").splitlines()
    found: list[list[str]] = []
    for line in filter(str.strip, instructions):
        if line.startswith("FROM "):
            found.append([])
        if found:
            found[-1].append(line)
    return found


def test_the_readme_lists_every_setting_and_no_other():
    listed = TABLE_ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed))
    assert set(listed) == known_settings()


def test_compose_has_every_process_once():
    services = compose()["services"]
    assert set(services) == APPLICATION | {"proxy", "database", "redis"}
    assert all(services[name]["env_file"] == "deploy/groundswell.env" for name in APPLICATION)
    assert len({services[name]["image"] for name in APPLICATION}) == 1


def test_compose_sets_nothing_that_the_settings_do_not_read():
    services = compose()["services"]
    assert [name for name, service in services.items() if "environment" in service] == []
    assert set(environment_file("groundswell.env.example")) <= known_settings()
    assert set(environment_file("database.env.example")) == OF_THE_DATABASE


def test_what_production_requires_stands_in_the_example():
    code = (ROOT / "config/settings/production.py").read_text(encoding="utf-8")
    required = set(re.findall(r'environment\.required\("([A-Z_]+)"\)', code)) | {"GROUNDSWELL_HOSTS"}
    assert required > {"SECRET_KEY"}
    assert required <= set(environment_file("groundswell.env.example"))


def test_nothing_that_we_ship_is_secret():
    for name in ("groundswell.env.example", "database.env.example"):
        values = environment_file(name)
        assert {key: value for key, value in values.items() if key in SECRETS and value} == {}
    assert environment_file("groundswell.env.example")["DATABASE_URL"].startswith("postgres://groundswell:PASSWORD@")
    assert [manifest for manifest in manifests() if manifest["kind"] == "Secret"] == []
    config = next(manifest for manifest in manifests() if manifest["metadata"].get("name") == "groundswell"
                  and manifest["kind"] == "ConfigMap")  # fmt: skip
    assert set(config["data"]) <= known_settings() - SECRETS - {"DATABASE_URL", "REDIS_URL"}


def test_filled_in_files_stay_out_of_version_control_and_out_of_the_image():
    ignored = (DEPLOY / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "*.env" in ignored
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not any(rule.startswith("!deploy") and rule != "!deploy/healthcheck.py" for rule in rules)
    copied = {
        word for stage in stages()[:1] for line in stage if line.startswith("COPY ") for word in line.split()[1:-1]
    }
    assert copied == {rule[1:] for rule in rules if rule.startswith("!")}


def test_every_long_running_service_has_a_health_check_or_says_none():
    services = compose()["services"]
    own = {name for name, service in services.items() if "healthcheck" in service}
    # The image's own check asks port 8000, which these two serve.
    assert own | {"web", "sockets"} == set(services)
    disabled = {name for name in own if services[name]["healthcheck"].get("disable")}
    assert disabled == {"tasks", "migrate"}


def test_redis_never_throws_a_task_away():
    command = compose()["services"]["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_the_database_and_redis_cannot_be_reached_from_outside():
    stack = compose()
    assert stack["networks"]["data"] == {"internal": True}
    for name in ("database", "redis"):
        assert stack["services"][name]["networks"] == ["data"]
        assert "ports" not in stack["services"][name]


def test_every_volume_that_is_used_exists():
    stack = compose()
    mounted = {volume.split(":")[0] for service in stack["services"].values() for volume in service.get("volumes", [])}
    assert {name for name in mounted if not name.startswith(".")} == set(stack["volumes"])
    assert all((ROOT / name).exists() for name in mounted if name.startswith(".") and "certificates" not in name)


def test_the_last_stage_cannot_build_or_install():
    build, runtime = stages()[0], stages()[-1]
    assert len(stages()) > 1
    assert any(BUILD_TOOLS.search(line) for line in build)
    assert [line for line in runtime if BUILD_TOOLS.search(line)] == []
    assert any("pip uninstall" in line and "ensurepip" in line for line in runtime)


def test_the_process_is_not_root_and_cannot_change_its_code():
    runtime = stages()[-1]
    users = [line.split()[1] for line in runtime if line.startswith("USER ")]
    assert users == ["10001:10001"]
    after = runtime[runtime.index("USER 10001:10001") :]
    assert [line for line in after if line.startswith(("RUN ", "COPY ", "ADD "))] == []
    assert [line for line in runtime if line.startswith("COPY ") and "--chown" in line] == []


def test_the_build_key_stays_in_the_build():
    instructions = [line for stage in stages() for line in stage]
    kept = [line for line in instructions if line.startswith(("ENV ", "ARG ")) and "SECRET" in line]
    assert kept == []
    assert any("secrets.token_urlsafe" in line for line in stages()[0] if line.startswith("RUN "))


def test_the_image_runs_production_settings_and_has_a_health_check():
    runtime = "\n".join(stages()[-1])
    assert "DJANGO_SETTINGS_MODULE=config.settings.production" in runtime
    assert "HEALTHCHECK" in runtime
    assert "config.wsgi:application" in runtime


@pytest.mark.parametrize("name", sorted(APPLICATION - {"web"}))
def test_compose_and_kubernetes_start_the_same_commands(name: str):
    (container,) = pods()[name]["containers"]
    assert compose()["services"][name]["command"] == container["args"]


def test_commands_name_things_that_exist():
    commands = [" ".join(service.get("command", [])) for service in compose()["services"].values()]
    assert sum("config.celery:celery_app" in command for command in commands) == len({"worker", "beat"})
    assert celery_app.main == "groundswell"
    uses_manage = {command.split()[2] for command in commands if command.startswith("python manage.py")}
    assert uses_manage == {"db_worker", "migrate"}


def test_kubernetes_has_every_process_with_the_same_limits_on_what_it_may_do():
    found = pods()
    assert set(found) == APPLICATION | {"media"}
    for name, pod in found.items():
        (container,) = pod["containers"]
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert container["securityContext"]["readOnlyRootFilesystem"] is True, name
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}, name
        assert "memory" in container["resources"]["limits"], name


def test_kubernetes_probes_ask_our_health_addresses_with_a_host_that_is_allowed():
    config = next(item for item in manifests() if item["kind"] == "ConfigMap" and "GROUNDSWELL_HOSTS" in item["data"])
    for name in ("web", "sockets"):
        (container,) = pods()[name]["containers"]
        asked = {probe: container[probe]["httpGet"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
        assert {probe: request["path"] for probe, request in asked.items()} == {
            "startupProbe": "/healthz/", "livenessProbe": "/healthz/", "readinessProbe": "/readyz/",
        }  # fmt: skip
        hosts = {header["value"] for request in asked.values() for header in request["httpHeaders"]}
        assert hosts <= set(config["data"]["GROUNDSWELL_HOSTS"].split(","))


def test_kubernetes_files_are_all_applied_and_refer_to_what_exists():
    files = {path.name for path in KUBERNETES.glob("*.yaml")} - {"kustomization.yaml", "migrate.yaml"}
    kustomization = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))
    assert set(kustomization["resources"]) == files
    everything = manifests()
    names = {kind: {item["metadata"]["name"] for item in everything if item["kind"] == kind}
             for kind in ("Service", "PersistentVolumeClaim", "ConfigMap")}  # fmt: skip
    ingress = next(item for item in everything if item["kind"] == "Ingress")
    paths = ingress["spec"]["rules"][0]["http"]["paths"]
    assert {path["backend"]["service"]["name"] for path in paths} == names["Service"] == {"web", "sockets", "media"}
    for pod in pods().values():
        volumes = {volume["name"]: volume for volume in pod["volumes"]}
        mounted = {mount["name"] for mount in pod["containers"][0]["volumeMounts"]}
        assert mounted == set(volumes)
        claims = {volume["persistentVolumeClaim"]["claimName"] for volume in volumes.values()
                  if "persistentVolumeClaim" in volume}  # fmt: skip
        assert claims <= names["PersistentVolumeClaim"]


@pytest.mark.parametrize("file", ["nginx.conf", "kubernetes/media.yaml"])
def test_uploaded_files_go_out_with_the_policy_of_the_application(file: str):
    text = (DEPLOY / file).read_text(encoding="utf-8")
    (block,) = re.findall(r"location /media/ \{(.*?)\n\s*\}\n", text, re.DOTALL)
    policy = policy_for(RequestFactory().get("/media/images/picture.jpg"))
    assert "sandbox" in policy
    assert f'add_header Content-Security-Policy "{policy}" always;' in block
    assert "add_header X-Content-Type-Options nosniff always;" in block
    assert re.search(r"location /media/documents/ \{\s*return 404;", text)


FORWARDED = {
    "Host $host",
    "X-Forwarded-For $proxy_add_x_forwarded_for",
    "X-Forwarded-Proto $scheme",
    'X-Forwarded-Host ""',
}


def test_the_proxy_forwards_what_django_reads():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    locations = re.findall(r"location ([^ ]+) \{(.*?)\n        \}\n", text, re.DOTALL)
    passed_on = {path: set(re.findall(r"proxy_set_header (.*);", block)) for path, block in locations}
    assert {path for path, block in locations if "proxy_pass" in block} == {"/", "/static/", "/ws/"}
    above = set(re.findall(r"^        proxy_set_header (.*);", text, re.MULTILINE))
    # nginx drops the headers from above in a location that sets one itself.
    for path in ("/", "/static/", "/ws/"):
        assert (passed_on[path] or above) >= FORWARDED, path
    assert {"Upgrade websocket", "Connection upgrade"} <= passed_on["/ws/"]


def test_the_proxy_knows_the_services_by_their_names():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"server (\w+):8000;", text)) == {"web", "sockets"} <= set(compose()["services"])


def healthcheck() -> ModuleType:
    spec = importlib.util.spec_from_file_location("healthcheck", DEPLOY / "healthcheck.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        ("a.example.org, b.example.org", "a.example.org"),
        (".example.org", "health.example.org"),
        ("*", "localhost"),
    ],
)
def test_the_health_check_asks_with_an_allowed_host(hosts: str, name: str):
    assert healthcheck().host_name(hosts) == name


@pytest.mark.parametrize(("status", "is_alive"), [(200, True), (400, False), (503, False)])
def test_the_health_check_tells_alive_from_ill(status: int, is_alive: bool):
    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.handle_request, daemon=True).start()
    assert healthcheck().is_alive(server.server_port, "a.example.org") is is_alive
    server.server_close()
    assert asked == [("/healthz/", "a.example.org")]
    assert healthcheck().is_alive(server.server_port, "a.example.org") is False
