/** The read side of the realm, for tests and for the page: values, changes, and waiting for a change. */
import { permissionsIn, type Realm, threadsOf } from './realm.ts'
import { compareSnowflakes } from './snowflake.ts'
import type { World, WorldChange } from './types.ts'

/** `waiting` collects the ways to end what waits, for the day the stand-in closes. */
export function createWorld(realm: Realm, waiting: Set<() => void>): World {
  const guildChannels = (guildId: string) =>
    [...realm.channels.values()]
      .filter((one) => one.guildId === guildId && one.kind !== 'thread')
      .sort((one, other) => (one.wire.position ?? 0) - (other.wire.position ?? 0))
  return {
    applicationId: realm.applicationId,
    bot: realm.bot,
    verifyKey: realm.keys.publicKey,
    guilds: () => [...realm.guilds.values()],
    guild: (id) => realm.guilds.get(id),
    channels: guildChannels,
    channel: (id) => realm.channels.get(id),
    channelNamed(name, guildId) {
      const found = [...realm.channels.values()].find(
        (one) => one.name === name && (guildId === undefined || one.guildId === guildId),
      )
      if (found === undefined) throw new Error(`The stand-in has no channel named ${name}.`)
      return found
    },
    threads: (channelId) => threadsOf(realm, channelId),
    messages: (channelId, viewer) =>
      [...(realm.messages.get(channelId)?.values() ?? [])]
        .filter((message) => message.ephemeralFor === undefined || message.ephemeralFor === viewer)
        .sort((a, b) => compareSnowflakes(a.wire.id, b.wire.id)),
    message: (channelId, messageId) => realm.messages.get(channelId)?.get(messageId),
    commands: (guildId) => [...(realm.commands.get(guildId ?? '')?.values() ?? [])],
    users: () => [...realm.users.values()],
    user: (id) => realm.users.get(id),
    permissions(channelId, userId) {
      const channel = realm.channels.get(channelId)
      return channel === undefined ? 0n : permissionsIn(realm, channel, userId)
    },
    file: (url) => (URL.canParse(url) ? realm.files.get(new URL(url).pathname)?.bytes : undefined),
    subscribe: (listener) => realm.subscribe(listener),
    waitFor: (find, options) => waitFor(realm, waiting, find, options),
  }
}

function waitFor<T>(
  realm: Realm,
  waiting: Set<() => void>,
  find: (change?: WorldChange) => T | undefined,
  options: { readonly what: string; readonly timeoutMs?: number },
): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 5000
  return new Promise((resolve, reject) => {
    const already = find()
    if (already !== undefined) {
      resolve(already)
      return
    }
    const settle = (act: () => void): void => {
      clearTimeout(timer)
      unsubscribe()
      waiting.delete(end)
      act()
    }
    const end = (): void =>
      settle(() => reject(new Error(`The stand-in closed while waiting for ${options.what}.`)))
    const timer = setTimeout(
      () => settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${options.what}.`))),
      timeoutMs,
    )
    const unsubscribe = realm.subscribe((change) => {
      try {
        const found = find(change)
        if (found !== undefined) settle(() => resolve(found))
      } catch (error) {
        settle(() => reject(error))
      }
    })
    waiting.add(end)
  })
}
