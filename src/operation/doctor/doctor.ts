/** Looks at everything that a bot needs, one after the other, and changes nothing. */
import type { Config } from '../../config.ts'
import { createInspection } from '../../discord/inspection.ts'
import { checkFolder } from '../../jobs/check.ts'
import { createDigestsFolder } from '../../sources/digests-folder.ts'
import { ACCEPT_FEED, createHttpClient } from '../../sources/http.ts'
import { userAgent } from '../../sources/network.ts'
import { failingSources, servedChannels } from '../../storage/inspection.ts'
import { analyseFile } from '../../work/tasks.ts'
import { checkDiscord } from './discord.ts'
import { type Finding, ok, problem } from './finding.ts'
import { checkMachine, checkTimers, thisMachine } from './machine.ts'
import { checkSettings } from './settings.ts'
import { checkSources, sayFolder } from './sources.ts'
import { checkStorage } from './storage.ts'

export interface Examination {
  readonly settings: () => Config
  /** The text of `.env`, where there is one. */
  readonly envFile: string | undefined
  readonly hasNetwork: boolean
  readonly now: () => number
  readonly progress: (line: string) => void
}

export async function examine(examination: Examination): Promise<readonly Finding[]> {
  const { settings, envFile, now } = examination
  const checked = checkSettings(settings, envFile)
  const machine = [...checkMachine(thisMachine()), await checkTimers(now)]
  if (checked.config === undefined) return [...checked.findings, ...machine]
  return [
    ...checked.findings,
    ...machine,
    ...(await checkStorage(checked.config.databaseUrl, now())),
    ...(await examineDiscord(checked.config, examination)),
    ...(await examineFolder(checked.config, examination)),
  ]
}

async function examineDiscord(
  config: Config,
  { hasNetwork, now, progress }: Examination,
): Promise<readonly Finding[]> {
  const { token, discordApiUrl, databaseUrl } = config
  if (token === undefined) {
    return [
      problem(
        'discord',
        'DISCORD_TOKEN is missing.',
        'Put the bot token into .env (see .env.example), or try everything without an account with "npm run rehearse".',
      ),
    ]
  }
  if (!hasNetwork) return [ok('discord', 'was not asked.')]
  progress('Asking Discord …')
  const inspection = createInspection({ token, apiUrl: discordApiUrl, now })
  return checkDiscord(inspection, config, await servedChannels(databaseUrl), progress)
}

async function examineFolder(
  config: Config,
  { hasNetwork, now, progress }: Examination,
): Promise<readonly Finding[]> {
  const folder = createDigestsFolder(config.digestsDir, { settleMs: 0 })
  const { digests = [] } = await createDigestsFolder(config.digestsDir, { settleMs: 0 }).scan()
  const report = sayFolder(await checkFolder(folder.scan, analyseFile))
  const asked = digests
    .flatMap(({ sources }) => sources)
    .filter(({ kind }) => kind !== 'folder')
    .map(({ id, address }) => ({ id, address }))
  if (!hasNetwork) return report
  const http = createHttpClient({ userAgent: userAgent(config.contact), allowedHosts: config.allowedHosts })
  try {
    const ask = (url: string) => http.fetch({ url, accept: ACCEPT_FEED, deadlineMs: 15_000 })
    return [
      ...report,
      ...(await checkSources(asked, ask, await failingSources(config.databaseUrl), now(), progress)),
    ]
  } finally {
    await http.close()
  }
}

/** As one line each for programs; problems decide the exit code. */
export function verdictOf(findings: readonly Finding[]): 'well' | 'unwell' {
  return findings.some(({ level }) => level === 'problem') ? 'unwell' : 'well'
}
