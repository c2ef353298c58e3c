# syntax=docker/dockerfile:1
# The console: static files behind nginx, which also passes the API on, so that the browser sees one origin.
FROM node:24-slim AS build
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npx --yes npm@10 ci --no-audit --no-fund
COPY contracts/src/main/resources/openapi /src/contracts/src/main/resources/openapi
COPY frontend ./
RUN npm run build

# Runs as user 101, listens on 8080.
FROM nginxinc/nginx-unprivileged:1.29-alpine
COPY infra/nginx/console.conf.template /etc/nginx/templates/default.conf.template
COPY infra/nginx/console-headers.conf /etc/nginx/snippets/console-headers.conf
COPY --from=build /src/frontend/dist /usr/share/nginx/html
ENV GATEWAY=proxy-service:8000
# Only this name is filled in; nginx's own $variables stay.
ENV NGINX_ENVSUBST_FILTER=^GATEWAY$
