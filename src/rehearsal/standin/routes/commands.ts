/** Registering application commands: interactions/application-commands.mdx. Overwriting replaces all types at once. */
import { type Call, created, type Discord, done, ok, type Reply, type Route, route } from '../call.ts'
import { type CommandInput, command, commandList, commandPatch, type OptionInput } from '../command-schema.ts'
import { parseForm } from '../form.ts'
import { limits } from '../limits.ts'
import type { Realm } from '../realm.ts'
import { type FormError, invalidForm, refusal } from '../refusal.ts'
import type { Snowflake, WireCommand, WireCommandOption } from '../types.ts'
import { guildOf, param } from './find.ts'

const day = 86_400_000

/** The same five routes serve global and guild commands. */
export const commandRoutes: readonly Route[] = [
  ...routesAt('/applications/{application_id}/commands', ''),
  ...routesAt('/applications/{application_id}/guilds/{guild_id}/commands', 'guild_'),
]

function routesAt(path: string, scope: 'guild_' | ''): Route[] {
  const name = `${scope}application_command`
  return [
    route('GET', path, `list_${name}s`, (call, discord) => ok([...commandsFor(call, discord).box.values()])),
    route('PUT', path, `bulk_set_${name}s`, overwrite),
    route('POST', path, `create_${name}`, create),
    route('GET', `${path}/{command_id}`, `get_${name}`, (call, discord) =>
      ok(existing(call, discord).command),
    ),
    route('PATCH', `${path}/{command_id}`, `update_${name}`, patch),
    route('DELETE', `${path}/{command_id}`, `delete_${name}`, (call, discord) => {
      const { scopeId, box, command: found } = existing(call, discord)
      box.delete(found.id)
      announce(discord.realm, scopeId)
      return done
    }),
  ]
}

interface Scope {
  /** A guild's id, or `''`. */
  readonly scopeId: string
  readonly box: Map<Snowflake, WireCommand>
}

function commandsFor(call: Call, { realm }: Discord): Scope {
  if (param(call, 'application_id') !== realm.applicationId) throw refusal(10002)
  const scopeId = call.params.guild_id === undefined ? '' : guildOf(realm, call).id
  const box = realm.commands.get(scopeId) ?? new Map<Snowflake, WireCommand>()
  realm.commands.set(scopeId, box)
  return { scopeId, box }
}

function existing(call: Call, discord: Discord): Scope & { command: WireCommand } {
  const scope = commandsFor(call, discord)
  const found = scope.box.get(param(call, 'command_id'))
  if (found === undefined) throw refusal(10063)
  return { ...scope, command: found }
}

function overwrite(call: Call, discord: Discord): Reply {
  const { scopeId, box } = commandsFor(call, discord)
  const inputs = call.form(commandList)
  refuseTooMany(inputs)
  refuseDuplicates(inputs)
  const { realm } = discord
  const next = inputs.map((input) => {
    const known = [...box.values()].find((one) => one.id === input.id || sameSlot(one, input))
    if (known === undefined) countCreate(discord, scopeId)
    return wireCommand(realm, scopeId, input, known)
  })
  box.clear()
  for (const one of next) box.set(one.id, one)
  announce(realm, scopeId)
  return ok(next)
}

function create(call: Call, discord: Discord): Reply {
  const { scopeId, box } = commandsFor(call, discord)
  const input = call.form(command)
  const known = [...box.values()].find((one) => sameSlot(one, input))
  if (known === undefined) {
    refuseTooMany([...box.values(), input])
    countCreate(discord, scopeId)
  }
  const made = wireCommand(discord.realm, scopeId, input, known)
  box.set(made.id, made)
  announce(discord.realm, scopeId)
  return known === undefined ? created(made) : ok(made)
}

function patch(call: Call, discord: Discord): Reply {
  const { scopeId, box, command: found } = existing(call, discord)
  const given = call.form(commandPatch)
  const merged = parseForm(command, { ...found, ...given, type: found.type })
  const made = wireCommand(discord.realm, scopeId, merged, found)
  box.set(made.id, made)
  announce(discord.realm, scopeId)
  return ok(made)
}

function announce(realm: Realm, scopeId: string): void {
  realm.publish({ kind: 'commands.changed', ...(scopeId === '' ? {} : { guildId: scopeId }) })
}

function sameSlot(one: WireCommand, input: CommandInput): boolean {
  return one.name === input.name && one.type === (input.type ?? 1)
}

function countCreate({ windows }: Discord, scopeId: string): void {
  if (windows.take(`commands:${scopeId}`, limits.command.createsPerDay, day) > 0) throw refusal(30034)
}

function refuseTooMany(commands: readonly { readonly type?: number | null | undefined }[]): void {
  for (const [type, most] of Object.entries(limits.command.perType)) {
    if (commands.filter((one) => String(one.type ?? 1) === type).length > most) throw refusal(30032)
  }
}

function refuseDuplicates(inputs: readonly CommandInput[]): void {
  const errors = inputs.flatMap((input, index): FormError[] => {
    const isSecond = inputs
      .slice(0, index)
      .some((other) => other.name === input.name && (other.type ?? 1) === (input.type ?? 1))
    if (!isSecond) return []
    return [
      {
        path: [index],
        code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
        message: 'Application command names must be unique',
      },
    ]
  })
  if (errors.length > 0) throw invalidForm(errors)
}

function wireCommand(
  realm: Realm,
  scopeId: string,
  input: CommandInput,
  known: WireCommand | undefined,
): WireCommand {
  const type = input.type ?? 1
  return {
    id: known?.id ?? realm.nextId(),
    application_id: realm.applicationId,
    version: realm.nextId(),
    type,
    name: input.name,
    name_localizations: input.name_localizations ?? null,
    description: input.description ?? '',
    description_localizations: input.description_localizations ?? null,
    ...(type === 1 ? { options: (input.options ?? []).map(wireOption) } : {}),
    default_member_permissions: input.default_member_permissions ?? null,
    ...(scopeId === ''
      ? { dm_permission: input.dm_permission ?? true, contexts: input.contexts ?? null }
      : { guild_id: scopeId }),
    integration_types: input.integration_types ?? [0],
    nsfw: input.nsfw ?? false,
  }
}

function wireOption(input: OptionInput): WireCommandOption {
  return {
    type: input.type,
    name: input.name,
    ...(input.name_localizations ? { name_localizations: input.name_localizations } : {}),
    description: input.description,
    ...(input.description_localizations
      ? { description_localizations: input.description_localizations }
      : {}),
    ...(input.required === true ? { required: true } : {}),
    ...(input.autocomplete === true ? { autocomplete: true } : {}),
    ...(input.choices && input.choices.length > 0
      ? {
          choices: input.choices.map((choice) => ({
            name: choice.name,
            ...(choice.name_localizations ? { name_localizations: choice.name_localizations } : {}),
            value: choice.value,
          })),
        }
      : {}),
    ...(input.options ? { options: input.options.map(wireOption) } : {}),
    ...(input.channel_types ? { channel_types: input.channel_types } : {}),
    ...(typeof input.min_value === 'number' ? { min_value: input.min_value } : {}),
    ...(typeof input.max_value === 'number' ? { max_value: input.max_value } : {}),
    ...(typeof input.min_length === 'number' ? { min_length: input.min_length } : {}),
    ...(typeof input.max_length === 'number' ? { max_length: input.max_length } : {}),
  }
}
