/** A gateway's client that is ended while it is between two connections stays so. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Events } from 'discord.js'
import { endClient } from '../../src/discord/ending.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { openClient } from '../rehearsal/standin/client.ts'
import { openTestDiscord } from '../support/standin.ts'

async function dropped(discord: StandIn): Promise<void> {
  discord.faults.gateway.drop()
  await discord.world.waitFor(
    () => discord.gatewaySessions.every(({ connected }) => !connected) || undefined,
    { what: 'the end of all connections', timeoutMs: 60_000 },
  )
}

for (const [name, isRefused] of [
  ['that was cut', false],
  ['that Discord refuses for a while', true],
] as const) {
  test(`ended after a connection ${name}, it does not connect again`, async (t) => {
    const discord = await openTestDiscord(t)
    const ended = await openClient(discord)
    // It was cut later, so that it is back when the other would be.
    const staying = await openClient(discord)
    const cut = once(ended, Events.ShardReconnecting)
    discord.faults.gateway.refuseConnections(isRefused)
    await dropped(discord)
    await cut
    await endClient(ended)
    const back = once(staying, Events.ShardResume)
    discord.faults.gateway.refuseConnections(false)
    await back
    assert.deepEqual(
      discord.gatewaySessions.map(({ connected, resumes }) => [connected, resumes]),
      [
        [false, 0],
        [true, 1],
      ],
    )
  })
}
