# Depesche in a container: built from source, run as a user without rights, everything that must last in /data.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.ts && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    DATABASE_URL=sqlite:/data/depesche.sqlite \
    DIGESTS_DIR=/digests \
    WEB_HOST=0.0.0.0 \
    WEB_PORT=8080
WORKDIR /depesche
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY digests /digests
RUN mkdir /data && chown node:node /data
USER node
VOLUME ["/data", "/digests"]
EXPOSE 8080
# A slot that is under way is finished and recorded within ten seconds of SIGTERM.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.WEB_PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["start"]
