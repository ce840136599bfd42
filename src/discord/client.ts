/** The bot's side of Discord: one client, its commands, and the means to post. The only home of discord.js. */
import { Client, Events, GatewayIntentBits, RESTEvents } from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { Subscriptions } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import type { Poster } from '../digest/post.ts'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { commands } from './commands/list.ts'
import { createDispatcher } from './dispatcher.ts'
import { createPoster } from './poster.ts'
import { type Notes, registerCommands } from './registration.ts'

export interface DiscordOptions {
  readonly token: string
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  readonly library: Library
  readonly subscriptions: Subscriptions
  readonly notes: Notes
  readonly now: () => Instant
  readonly log: Log
}

export interface Discord {
  readonly poster: Poster
  /** The bot's name on Discord. */
  readonly name: string
  readonly close: () => Promise<void>
}

/** Longest wait for a rate limit inside a request; beyond it the delivery is put off instead. */
const longestWaitMs = 15_000

/** Logs in, registers the commands if they changed, and answers interactions from then on. */
export async function connectDiscord(options: DiscordOptions): Promise<Discord> {
  const { token, log } = options
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      api: options.apiUrl,
      timeout: 15_000,
      rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > longestWaitMs,
    },
  })
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.failed'))
  client.on(Events.Warn, (warning) => log.warn({ warning }, 'discord.warned'))
  client.on(Events.ShardDisconnect, (event, shard) => log.warn({ shard, code: event.code }, 'gateway.closed'))
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'gateway.resumed'))
  client.on(Events.GuildCreate, (guild) => log.info({ guild: guild.id }, 'guild.joined'))
  client.on(Events.GuildDelete, (guild) => log.info({ guild: guild.id }, 'guild.left'))
  client.rest.on(RESTEvents.RateLimited, (info) =>
    log.debug({ route: info.route, global: info.global }, 'discord.limited'),
  )
  const closing = () => client.destroy()
  try {
    const ready = await loggedIn(client, token)
    const mention = await registerCommands(ready, commands, options.notes, log)
    const dispatch = createDispatcher({ ...options, commands, mention })
    ready.on(Events.InteractionCreate, (interaction) => void dispatch(interaction))
    log.info({ name: ready.user.username, guilds: ready.guilds.cache.size }, 'discord.connected')
    return { poster: createPoster(ready, token), name: ready.user.username, close: closing }
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
