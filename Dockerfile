# The program in one image: web, worker, clock and setup are arguments of its entry point.

FROM node:24-slim AS browser
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim AS packages
WORKDIR /build
COPY requirements/installer.txt requirements/base.txt requirements/s3.txt requirements/semantic.txt ./
RUN python -m venv /srv/venv \
 && /srv/venv/bin/pip install --no-cache-dir --require-hashes -r installer.txt \
 && /srv/venv/bin/uv pip install --no-cache --python /srv/venv/bin/python --require-hashes -r base.txt -r s3.txt -r semantic.txt \
 && /srv/venv/bin/pip uninstall --yes uv

FROM python:3.13-slim
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
# pg_dump and pg_restore, for `manage.py backup` and `restore`: as new as the server of docker-compose.yml, or newer.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 collegium \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin collegium \
 && install --directory --owner=10001 --group=10001 --mode=0750 /data /data/static /data/media /data/private /data/recordings
COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/collegium
COPY --from=browser /build/node_modules node_modules
COPY manage.py ./
COPY deploy deploy
COPY templates templates
COPY community community
COPY forums forums
COPY webinars webinars
COPY search search
COPY demo demo
COPY locale locale
RUN pybabel --quiet compile --domain django --directory locale && python -m compileall -q .
USER 10001:10001
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["deploy/entrypoint"]
CMD ["web"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthcheck.py", "web"]
