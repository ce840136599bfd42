/**
 * A stand-in Discord for one test: started, checked against Discord's OpenAPI document where that file is present,
 * and closed when the test ends. A test fails when its bot, or the stand-in itself, broke the document.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openDocument } from '../../src/rehearsal/standin/openapi.ts'
import { startStandIn } from '../../src/rehearsal/standin/standin.ts'
import type { DocumentCheck, StandIn, StandInOptions } from '../../src/rehearsal/standin/types.ts'

const beside = fileURLToPath(new URL('../../../shared/discord/openapi.json', import.meta.url))

/** The path of Discord's OpenAPI document, where this machine has it. */
export function findOpenapiFile(): string | undefined {
  const path = process.env.DISCORD_OPENAPI ?? beside
  return existsSync(path) ? path : undefined
}

/** Read once for all tests of a file: it is large, and never changes. */
let opened: Promise<DocumentCheck | undefined> | undefined

async function readDocument(): Promise<DocumentCheck | undefined> {
  const file = findOpenapiFile()
  return file === undefined ? undefined : await openDocument(file)
}

export interface TestDiscordOptions extends StandInOptions {
  /** The test sends what Discord refuses: then only the stand-in's own answers must keep to the document. */
  readonly allowBadRequests?: boolean
}

type Ending = () => unknown

const endingsOf = new WeakMap<StandIn, Ending[]>()

/**
 * Runs when the test ends, before the stand-in closes; the last one named goes first. Clients must go this way:
 * one that is destroyed while it reconnects to a closed stand-in would try for ever.
 */
export function beforeClose(discord: StandIn, end: Ending): void {
  const endings = endingsOf.get(discord)
  if (endings === undefined) throw new Error('This stand-in was not opened with openTestDiscord.')
  endings.push(end)
}

/** Bots that start anew need not wait. */
const identifying = { maxConcurrency: 16, windowMs: 0 }

/** Rate limits, also of identifies, are off unless the test asks for them. */
export async function openTestDiscord(t: TestContext, options: TestDiscordOptions = {}): Promise<StandIn> {
  const { allowBadRequests = false, ...rest } = options
  opened ??= readDocument()
  const document = await opened
  const discord = await startStandIn({
    rateLimits: 'off',
    identifying,
    ...(document === undefined ? {} : { document }),
    ...rest,
  })
  const endings: Ending[] = []
  endingsOf.set(discord, endings)
  t.after(async () => {
    for (const end of endings.toReversed()) await end()
    await discord.close()
    const broken = discord.violations.filter((one) => one.direction === 'response' || !allowBadRequests)
    assert.deepEqual(broken, [], "Discord's OpenAPI document or a limit of its gateway was broken")
  })
  return discord
}
