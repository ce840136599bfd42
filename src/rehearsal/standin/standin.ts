/**
 * A stand-in for Discord on loopback: REST v10 and gateway for a real discord.js client, as strict as Discord where
 * Discord's documentation says so. It holds no global state; several may run at once. See types.ts for what it offers.
 */
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createAdmin } from './admin.ts'
import type { Discord } from './call.ts'
import { createEndpoint } from './endpoint.ts'
import { createFaults, seededRandom } from './faults.ts'
import { createGateway } from './gateway.ts'
import { createInteractions } from './interactions.ts'
import { limits } from './limits.ts'
import { memberHands } from './member-hands.ts'
import { openDocument } from './openapi.ts'
import { createRateLimiter } from './rate-limits.ts'
import { createRealm } from './realm.ts'
import { plantGuild } from './seed.ts'
import { type ServerParts, serve } from './server.ts'
import type { DocumentCheck, MemberHands, StandIn, StandInOptions, Violation } from './types.ts'
import { createWindows } from './windows.ts'
import { createWorld } from './world.ts'

/** Guilds given at the start have known the bot for a month. */
const longAgoMs = 30 * 24 * 60 * 60 * 1000

export type * from './types.ts'

/** Listens, and resolves when it does. Throws where the port is taken or the OpenAPI file cannot be read. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const now = options.now ?? Date.now
  const realm = createRealm(now, options.application?.name ?? 'Depesche')
  for (const seed of options.guilds ?? [{ name: 'Rehearsal', channels: [{ name: 'news' }] }])
    plantGuild(realm, { botJoinedAt: now() - longAgoMs, ...seed })
  const host = options.host ?? '127.0.0.1'
  let port = 0
  const gatewayAddress = (): string => `ws://${host}:${port}/gateway`
  const isTokenAccepted = (token: string): boolean => options.token === undefined || token === options.token
  const waiting = new Set<() => void>()
  const violations: Violation[] = []
  const gateway = createGateway(realm, {
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
    privilegedIntents: options.application?.privilegedIntents ?? 0,
    identifying: {
      maxConcurrency: options.identifying?.maxConcurrency ?? limits.gateway.maxConcurrency,
      windowMs: options.identifying?.windowMs ?? limits.gateway.identifyWindowMs,
    },
    violations,
    isTokenAccepted,
    address: gatewayAddress,
  })
  const interactions = createInteractions(realm, {
    firstResponseMs: options.deadlines?.firstResponseMs ?? limits.interaction.firstResponseMs,
    tokenMs: options.deadlines?.tokenMs ?? limits.interaction.tokenMs,
  })
  const document = options.document ?? (await documentAt(options.openapiFile))
  const endpoint = createEndpoint({ realm, interactions, document, violations })
  const discord: Discord = {
    realm,
    gateway,
    interactions,
    endpoint,
    windows: createWindows(now),
    nonceWindowMs: options.nonceWindowMs ?? limits.nonceWindowMs,
    approximateGuildCount: options.application?.approximateGuildCount,
    gatewayAddress,
  }
  const hanging = new Set<ServerResponse>()
  const letGo = (): void => {
    for (const response of hanging) response.destroy()
    hanging.clear()
  }
  const parts: ServerParts = {
    discord,
    faults: createFaults(
      options.random ?? seededRandom(1),
      { gateway: gateway.faults, endpoint: endpoint.faults },
      letGo,
    ),
    limiter: createRateLimiter(options.rateLimits ?? {}),
    document,
    isTokenAccepted,
    records: [],
    violations,
    hanging,
  }
  const server = createServer((request, response) => void serve(parts, request, response))
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  port = await listen(server, options.port ?? 0, host)
  realm.origin = `http://${host}:${port}`
  const people = new Map<string, MemberHands>()
  let closing: Promise<void> | undefined
  return {
    api: `${realm.origin}/api`,
    gateway: gatewayAddress(),
    world: createWorld(realm, waiting),
    admin: createAdmin(realm, endpoint),
    faults: parts.faults.switch,
    requests: parts.records,
    violations: parts.violations,
    get gatewaySessions() {
      return gateway.sessions()
    },
    member(userId, memberOptions = {}) {
      const key = JSON.stringify([userId, memberOptions])
      const known = people.get(key) ?? memberHands(discord, userId, memberOptions, waiting)
      people.set(key, known)
      return known
    },
    close() {
      closing ??= shut(server, () => {
        for (const end of [...waiting]) end()
        endpoint.close()
        letGo()
        return gateway.close()
      })
      return closing
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The stand-in has no port.'))
      else resolve(address.port)
    })
  })
}

async function shut(server: Server, endRest: () => Promise<void>): Promise<void> {
  await endRest()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

async function documentAt(file: string | undefined): Promise<DocumentCheck | undefined> {
  return file === undefined ? undefined : await openDocument(file)
}
