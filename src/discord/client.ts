/** The bot's side of Discord: one client, its commands, and the means to post. The only home of discord.js. */
import { Client, Events, GatewayIntentBits, type Interaction, RESTEvents } from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { Editor } from '../digest/correcting.ts'
import type { Servers } from '../digest/notice.ts'
import type { Poster } from '../digest/post.ts'
import type { Teller } from '../digest/tell.ts'
import { messageOf, OutsideError, UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { commands } from './commands/list.ts'
import type { Ports } from './context.ts'
import { createDirect } from './direct.ts'
import { createDispatcher } from './dispatcher.ts'
import { createEditor } from './editor.ts'
import { followGuilds } from './guild-events.ts'
import { createPace, usualPace } from './pace.ts'
import { createPoster } from './poster.ts'
import { createRefusalBudget, usualBudget } from './refusal-budget.ts'
import { type Notes, registerCommands } from './registration.ts'
import { answeringOptions, openPostingRest } from './requests.ts'
import { createServers } from './servers.ts'
import { createTeller } from './teller.ts'

export type InteractionKind = 'command' | 'component' | 'form' | 'suggestion'

export interface DiscordOptions extends Ports {
  readonly token: string
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  readonly notes: Notes
  readonly now: () => Instant
  readonly log: Log
  /** Told of every interaction when it was dealt with, and how long that took. */
  readonly onAnswered?: (kind: InteractionKind, seconds: number) => void
  /** A request without an answer is given up after this; 15 s by default. */
  readonly requestTimeoutMs?: number
  /** Refusals within ten minutes at which posting pauses. */
  readonly mostRefusals?: number
}

export interface Discord {
  readonly poster: Poster
  readonly teller: Teller
  readonly editor: Editor
  readonly servers: Servers
  /** The bot's name on Discord. */
  readonly name: string
  /** Whether the gateway is connected now. */
  readonly isConnected: () => boolean
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
    ready.on(Events.InteractionCreate, (interaction) => void timed(interaction, dispatch, options))
    await followGuilds(ready, { ...options, mention })
    log.info({ name: ready.user.username, guilds: ready.guilds.cache.size }, 'discord.connected')
    const posting = { ...limits, client: ready, rest: openPostingRest(token, requests, limits) }
    const openDirect = createDirect(posting)
    const poster = createPoster(posting, openDirect)
    const teller = createTeller(posting, poster, openDirect)
    const editor = createEditor(posting, poster)
    const servers = createServers(ready, mention)
    return {
      poster,
      teller,
      editor,
      servers,
      name: ready.user.username,
      isConnected: () => client.isReady(),
      close: closing,
    }
  } catch (error) {
    await closing()
    throw error
  }
}

async function timed(
  interaction: Interaction,
  dispatch: (interaction: Interaction) => Promise<void>,
  { onAnswered }: Pick<DiscordOptions, 'onAnswered'>,
): Promise<void> {
  const begun = performance.now()
  await dispatch(interaction)
  onAnswered?.(kindOf(interaction), (performance.now() - begun) / 1000)
}

function kindOf(interaction: Interaction): InteractionKind {
  if (interaction.isAutocomplete()) return 'suggestion'
  if (interaction.isModalSubmit()) return 'form'
  return interaction.isMessageComponent() ? 'component' : 'command'
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
