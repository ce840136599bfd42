/** Registers the commands, and only when they changed: Discord allows 200 creations a day. */
import { createHash } from 'node:crypto'
import type { Client } from 'discord.js'
import type { Log } from '../log.ts'
import { type Command, registrations } from './commands/command.ts'

export interface Notes {
  readonly find: (key: string) => Promise<string | undefined>
  readonly set: (key: string, value: string) => Promise<void>
}

/** Returns how a command is mentioned so that a tap runs it. */
export async function registerCommands(
  client: Client<true>,
  commands: readonly Command[],
  notes: Notes,
  log: Log,
): Promise<(command: string) => string> {
  const wanted = registrations(commands)
  const hash = createHash('sha256').update(JSON.stringify(wanted)).digest('hex')
  const key = `commands:${client.application.id}`
  const registered = await client.application.commands.fetch()
  const changed = (await notes.find(key)) !== hash || registered.size !== wanted.length
  const standing = changed ? await client.application.commands.set(wanted) : registered
  if (changed) {
    await notes.set(key, hash)
    log.info({ commands: wanted.map((each) => each.name) }, 'commands.registered')
  }
  const ids = new Map(standing.map((each) => [each.name, each.id]))
  return (command) => {
    const id = ids.get(command.split(' ')[0] ?? command)
    return id === undefined ? `\`/${command}\`` : `</${command}:${id}>`
  }
}
