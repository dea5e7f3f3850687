# syntax=docker/dockerfile:1
# One image for every process: web (the default command), sockets, worker, beat, tasks and migrate.
ARG PYTHON_VERSION=3.11
ARG UV_VERSION=0.13.8

# --- Build: packages, fonts, translations, static files -------------------------------------------------------------
FROM python:${PYTHON_VERSION}-slim-bookworm AS build
ARG UV_VERSION
RUN python -m pip install --no-cache-dir uv==${UV_VERSION}
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never \
    UV_PROJECT_ENVIRONMENT=/app/.venv \
    PATH=/app/.venv/bin:$PATH
WORKDIR /app

# Packages change less often than code: they have a layer of their own.
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --no-install-project

COPY manage.py ./
COPY config config
COPY home home
COPY search search
COPY platform_apps platform_apps
COPY cms cms
COPY locale locale
COPY deploy/healthcheck.py deploy/healthcheck.py
# The production settings refuse to load without these four. None of them is stored: they live as long as this command.
RUN export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        GROUNDSWELL_HOSTS=build.invalid DATABASE_URL=postgres://build.invalid/build REDIS_URL=redis://build.invalid \
        DJANGO_SETTINGS_MODULE=config.settings.production GROUNDSWELL_VAR=/srv/groundswell \
    && python manage.py build_fonts \
    && python manage.py build_messages \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q config home search platform_apps cms

# --- Run: Python, the packages and the code; nothing that could install or compile more ----------------------------
FROM python:${PYTHON_VERSION}-slim-bookworm AS runtime
LABEL org.opencontainers.image.title="Groundswell" \
      org.opencontainers.image.licenses="BSD-3-Clause"
RUN python -m pip uninstall --yes --quiet --root-user-action ignore setuptools wheel pip \
    && rm -rf /usr/local/lib/python3.*/ensurepip \
    && groupadd --gid 10001 groundswell \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin groundswell \
    && install --directory --owner=10001 --group=10001 /srv/groundswell/media /srv/groundswell/beat
# Both belong to root: the process cannot change its own code.
COPY --from=build /app /app
COPY --from=build /srv/groundswell /srv/groundswell
ENV DJANGO_SETTINGS_MODULE=config.settings.production \
    GROUNDSWELL_VAR=/srv/groundswell \
    PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /app
USER 10001:10001
VOLUME /srv/groundswell/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", \
     "--threads", "4", "--timeout", "30", "--max-requests", "200000", "--max-requests-jitter", "20000", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-"]
