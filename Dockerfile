# The server as a container image. PGlite stores its data in the volume /data; with DATABASE_URL nothing is written.
#   docker build --tag ai-ticket-creator-server .
#   docker run --rm --volume tickets:/data ai-ticket-creator-server token create --organization Acme --email agent@acme.test
#   docker run --rm --volume tickets:/data --publish 127.0.0.1:8080:8080 --read-only ai-ticket-creator-server

# Any image with Node and npm.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /repository
COPY .pnpmfile.mjs package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY packages/domain/package.json packages/domain/
COPY packages/reference-api/package.json packages/reference-api/
COPY packages/server/package.json packages/server/
# hadolint ignore=DL3016
RUN npm install --global "$(node --print 'require("./package.json").packageManager')" \
  && pnpm install --frozen-lockfile --filter ai-ticket-creator --filter '@ai-ticket-creator/server...'
COPY . .
RUN pnpm --filter '@ai-ticket-creator/server...' run build \
  && pnpm --filter @ai-ticket-creator/server deploy --prod --legacy /app \
  && mkdir /data

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=8080 \
  DATA_FOLDER=/data/pglite
COPY --from=build /app /app
COPY --from=build --chown=1000:1000 /data /data
VOLUME /data
# In the images of Node this is the user `node`. A number is valid in any image.
USER 1000:1000
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/bin.js"]
CMD ["start"]
