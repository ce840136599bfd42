/** The bot's side of Discord: one client, its commands, and the means to post. The only home of discord.js. */
import { Client, Events, GatewayIntentBits, RESTEvents } from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { Poster } from '../digest/post.ts'
import type { Teller } from '../digest/tell.ts'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { commands } from './commands/list.ts'
import type { Ports } from './context.ts'
import { createDispatcher } from './dispatcher.ts'
import { followGuilds } from './guild-events.ts'
import { createPace, usualPace } from './pace.ts'
import { createPoster } from './poster.ts'
import { createRefusalBudget, usualBudget } from './refusal-budget.ts'
import { type Notes, registerCommands } from './registration.ts'
import { answeringOptions, openPostingRest } from './requests.ts'
import { createTeller } from './teller.ts'

export interface DiscordOptions extends Ports {
  readonly token: string
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  readonly notes: Notes
  readonly now: () => Instant
  readonly log: Log
  /** A request without an answer is given up after this; 15 s by default. */
  readonly requestTimeoutMs?: number
  /** Refusals within ten minutes at which posting pauses. */
  readonly mostRefusals?: number
}

export interface Discord {
  readonly poster: Poster
  readonly teller: Teller
  /** The bot's name on Discord. */
  readonly name: string
  readonly close: () => Promise<void>
}

/** Logs in, registers the commands if they changed, and answers interactions from then on. */
export async function connectDiscord(options: DiscordOptions): Promise<Discord> {
  const { token, log } = options
  const limits = {
    pace: createPace(usualPace),
    budget: createRefusalBudget({ most: options.mostRefusals ?? usualBudget }),
  }
  const requests = { apiUrl: options.apiUrl, timeoutMs: options.requestTimeoutMs ?? 15_000 }
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: answeringOptions(requests, limits, () => client.rest.setToken(token)),
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.failed'))
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'discord.warned'))
  client.on(Events.ShardDisconnect, (event, shard) => log.warn({ shard, code: event.code }, 'gateway.closed'))
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'gateway.resumed'))
  client.rest.on(RESTEvents.RateLimited, (info) =>
    log.debug({ route: info.route, global: info.global }, 'discord.limited'),
  )
  const closing = async (): Promise<void> => {
    limits.pace.close()
    await client.destroy()
  }
  try {
    const ready = await loggedIn(client, token)
    const mention = await registerCommands(ready, commands, options.notes, log)
    const dispatch = createDispatcher({ ...options, commands, mention })
    ready.on(Events.InteractionCreate, (interaction) => void dispatch(interaction))
    await followGuilds(ready, { ...options, mention })
    log.info({ name: ready.user.username, guilds: ready.guilds.cache.size }, 'discord.connected')
    const posting = { ...limits, client: ready, rest: openPostingRest(token, requests, limits) }
    const poster = createPoster(posting)
    const teller = createTeller(posting, poster)
    return { poster, teller, name: ready.user.username, close: closing }
  } catch (error) {
    await closing()
    throw error
  }
}

async function loggedIn(client: Client, token: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  try {
    await client.login(token)
  } catch (error) {
    if (isTokenRefused(error)) {
      throw new UserError(
        'token',
        'Discord did not accept DISCORD_TOKEN. Copy the bot token anew from the Discord developer portal (Bot → Reset Token) into .env.',
      )
    }
    throw new OutsideError(`Discord cannot be reached: ${messageOf(error)}`, { retry: true, cause: error })
  }
  return ready
}

function isTokenRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'TokenInvalid') || ('status' in error && error.status === 401)
}
