/** The sending side of the bot: posts, edits and messages to people over REST alone. Any number of processes may have one, with a gateway or without. */
import type { Editor } from '../digest/correcting.ts'
import type { Servers } from '../digest/notice.ts'
import type { Poster } from '../digest/post.ts'
import type { Teller } from '../digest/tell.ts'
import { createDirect } from './direct.ts'
import { createEditor } from './editor.ts'
import { createKnownServers } from './knowing.ts'
import type { HeldServers, KnownServers } from './known-servers.ts'
import { type OwnAccount, readAccount } from './own-account.ts'
import { createPoster } from './poster.ts'
import { type RegisteredCommands, readCommands } from './registration.ts'
import { openAskingRest, openPostingRest, type RequestLimits, sendInTurn } from './requests.ts'
import { createServers } from './servers.ts'
import { createTeller } from './teller.ts'

export interface SendingOptions {
  readonly token: string
  /** Where Discord answers, e.g. `https://discord.com/api`. */
  readonly apiUrl: string
  /** Made once a process. */
  readonly limits: RequestLimits
  /** A request without an answer is given up after this; 15 s by default. */
  readonly requestTimeoutMs?: number | undefined
  /** What this process's gateway holds of servers, where it has one. */
  readonly gateway?: { readonly held: HeldServers } | undefined
}

export interface Sending {
  readonly poster: Poster
  readonly teller: Teller
  readonly editor: Editor
  readonly servers: Servers
  /** The bot's name on Discord. */
  readonly name: string
  readonly account: OwnAccount
  readonly commands: RegisteredCommands
  readonly known: KnownServers
  /** Turns away whoever waits for a turn. */
  readonly close: () => Promise<void>
}

/** Errors: `UserError` where Discord refuses the token. */
export async function openSending(options: SendingOptions): Promise<Sending> {
  const { token, limits, gateway } = options
  const requests = { apiUrl: options.apiUrl, timeoutMs: options.requestTimeoutMs ?? 15_000 }
  const asking = openAskingRest(token, requests, limits)
  const rest = openPostingRest(token, requests, limits)
  const account = await readAccount(asking)
  const commands = await readCommands(asking, account.applicationId)
  const patient = new AbortController().signal
  const known = createKnownServers({
    gateway: gateway?.held,
    ownId: account.id,
    read: {
      person: (route) => asking.get(route),
      post: (route) => sendInTurn(limits, patient, () => rest.get(route)),
    },
  })
  const posting = { ...limits, rest, known, ownId: account.id }
  const openDirect = createDirect(posting)
  const poster = createPoster(posting, openDirect)
  return {
    poster,
    teller: createTeller(posting, poster, openDirect),
    editor: createEditor(posting, poster),
    servers: createServers(known, commands.mention),
    name: account.name,
    account,
    commands,
    known,
    close: async () => limits.pace.close(),
  }
}
