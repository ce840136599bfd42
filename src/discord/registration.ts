/** Registers the commands, and only when they changed: Discord allows 200 creations a day. */
import { createHash } from 'node:crypto'
import { type REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { type Command, registrations } from './commands/command.ts'

export interface Notes {
  readonly find: (key: string) => Promise<string | undefined>
  readonly set: (key: string, value: string) => Promise<void>
}

/** The commands as Discord knows them. */
export interface RegisteredCommands {
  /** How a command is shown so that a tap runs it: `</headlines:123>`. */
  readonly mention: (command: string) => string
  /** Undefined where it is not registered; a subcommand is registered with its command. */
  readonly idOf: (command: string) => string | undefined
}

const registered = z.array(z.object({ id: z.string(), name: z.string() }))

export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: readonly Command[],
  notes: Notes,
  log: Log,
): Promise<RegisteredCommands> {
  const wanted = registrations(commands)
  const hash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex')
  const key = `commands:${applicationId}`
  const route = Routes.applicationCommands(applicationId)
  const standing = registered.parse(await rest.get(route))
  const isChanged = (await notes.find(key)) !== hash || standing.length !== wanted.length
  if (!isChanged) return named(standing)
  const answer = registered.parse(await rest.put(route, { body: wanted }))
  await notes.set(key, hash)
  log.info({ commands: wanted.map((each) => each.name) }, 'commands.registered')
  return named(answer)
}

/** Between two looks for commands that nobody had registered yet. */
const againMs = 60_000

/** The commands that stand registered, whoever registers them. One that is asked for in vain is looked for again, so that it is found later. */
export async function readCommands(
  rest: REST,
  applicationId: string,
  now: () => number = () => performance.now(),
): Promise<RegisteredCommands> {
  const read = async () => named(registered.parse(await rest.get(Routes.applicationCommands(applicationId))))
  let readAt = now()
  let standing = await read()
  const idOf = (command: string): string | undefined => {
    const id = standing.idOf(command)
    if (id === undefined && now() - readAt >= againMs) {
      readAt = now()
      read().then(
        (found) => {
          standing = found
        },
        // Nobody waits for it: it is asked again in a minute.
        () => undefined,
      )
    }
    return id
  }
  return { idOf, mention: (command) => mentionOf(command, idOf(command)) }
}

function named(standing: z.output<typeof registered>): RegisteredCommands {
  const ids = new Map(standing.map((each) => [each.name, each.id]))
  const idOf = (command: string) => ids.get(command.split(' ')[0] ?? command)
  return { idOf, mention: (command) => mentionOf(command, idOf(command)) }
}

function mentionOf(command: string, id: string | undefined): string {
  return id === undefined ? `\`/${command}\`` : `</${command}:${id}>`
}
