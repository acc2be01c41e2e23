# Parade as an image: `docker build -t parade .`
# One image for the service (`parade serve`), its workers (`parade worker`) and every other verb.

FROM python:3.11-slim AS build
WORKDIR /srv/parade
RUN python -m venv /srv/venv && /srv/venv/bin/pip install --no-cache-dir --disable-pip-version-check uv
ENV VIRTUAL_ENV=/srv/venv PATH=/srv/venv/bin:$PATH
COPY requirements.lock ./
RUN uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE alembic.ini ./
COPY app app
COPY forecasting forecasting
COPY rostering rostering
COPY migrations migrations
# Editable, so that the migrations stand beside the package as they do in a checkout.
RUN uv pip install --no-cache --no-deps --editable . && python -m compileall -q app forecasting rostering
# The first roster and the first simulation must not wait for the compiler.
RUN export XDG_CACHE_HOME=/srv/cache && python -m forecasting.compiled && python -m rostering.compiled


FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/data --create-home parade
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/parade /srv/parade
COPY --from=build --chown=parade:parade /srv/cache /srv/cache
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/srv/cache \
    PARADE_DATABASE_URL=sqlite:////srv/data/parade.sqlite \
    PARADE_LOG_FORM=json
USER parade
WORKDIR /srv/data
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["parade", "serve", "--host", "0.0.0.0", "--port", "8000"]
