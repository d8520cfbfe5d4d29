# The gateway for production: what `npm pack` packs, its dependencies bundled in it, under a user who may not change it.
ARG NODE=24.19.0-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json README.md LICENSE ./
COPY schema schema
COPY src src
COPY tools tools
RUN npm pack && tar -xzf weixin-phone-gateway-*.tgz

FROM node:${NODE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/package ./
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
