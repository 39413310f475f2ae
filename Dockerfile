FROM python:3.12-slim
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir uv \
    && uv pip install --system --require-hashes --compile-bytecode -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY commands commands
COPY kpis kpis
COPY support support
COPY storage storage
RUN python -m compileall -q bot commands kpis support storage \
    && useradd --create-home kepi && mkdir var && chown kepi var
USER kepi
VOLUME /app/var
ENV HOST=0.0.0.0
CMD ["python", "-m", "bot", "run"]
