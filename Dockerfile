# Waybill as an image: the whole platform by default, one role of it with `start --role …`.
#
# The base is pinned by version. For identical bytes at each build, add the digest that
# `docker buildx imagetools inspect node:20.20.2-bookworm-slim` prints: --build-arg NODE_IMAGE=node:20.20.2-bookworm-slim@sha256:…
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# Dependencies first: their layer is rebuilt only when the lock file changes.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
# .dockerignore admits only the files that the build needs.
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Waybill" \
      org.opencontainers.image.description="An event-sourced order platform: from the first click to the delivered parcel." \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    WAYBILL_DATA_DIR=/data \
    WAYBILL_HOST=0.0.0.0
WORKDIR /app
# The code belongs to root, so that the program cannot change itself. It writes only to /data, and pictures to /pictures where roles share them.
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN install --directory --owner=node --group=node --mode=0700 /data /pictures
USER node
VOLUME /data
EXPOSE 4000 50051 23456 12345 4010
# Tests that the process answers. /health/ready also tests its engines, whose failure must not restart it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.WAYBILL_HTTP_PORT || 4000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1: it handles SIGTERM itself, and reaps its only child process, which hashes passwords.
# A larger young generation: fewer pauses of its collections (docs/adr/0026-latency-under-hostile-requests.md).
ENTRYPOINT ["node", "--max-semi-space-size=64", "--min-semi-space-size=16", "--v8-pool-size=1", "dist/cli/main.js"]
CMD ["start"]
