#!/usr/bin/env node
/**
 * The command line. Exit codes: 0 done, 1 failed, 2 the call or the settings must be mended.
 * Each command loads only what it needs: the tables of language identification alone take 130 MB.
 */
import { enableCompileCache } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import dotenv from 'dotenv'
import { systemClock } from './clock.ts'
import { type Config, readConfig, secretsOf } from './config.ts'
import { messageOf, UserError } from './errors.ts'
import { createLog } from './log.ts'
import { addOperationCommands } from './operation/commands.ts'
import { programs } from './programs.ts'

enableCompileCache()

/** Everything is closed within this time of a signal, or left as it stands. */
const longestStopMs = 9000

const program = new Command('depesche')
  .description('A calm, ranked news digest for Discord.')
  .exitOverride()
  .showHelpAfterError('Run "depesche --help" for the commands.')

program
  .command('start')
  .description('Run the bot on Discord')
  .action(async () => {
    const config = settings()
    const { startBot } = await import('./bot.ts')
    const log = logOf(config)
    const stopped = untilStopped()
    const starting = startBot({ ...config, clock: systemClock, log })
    const bot = await Promise.race([starting, stopped])
    // Nothing was posted yet, and every write is whole.
    if (bot === undefined) process.exit(0)
    await stopped
    log.info('bot.stopping')
    await Promise.race([bot.close(), pause(longestStopMs, undefined, { ref: false })])
    // A gateway that was reconnecting as it was told to end keeps timers of its own.
    process.exit(0)
  })

program
  .command('check')
  .description('Read the folder of digests and name every digest and article that cannot be used')
  .option('--json', 'one JSON object instead of sentences')
  .action(async (options: { json?: boolean }) => {
    const { digestsDir } = settings()
    const [{ checkFolder, sayReport }, { createDigestsFolder }, { analyseFile }] = await Promise.all([
      import('./jobs/check.ts'),
      import('./sources/digests-folder.ts'),
      import('./work/tasks.ts'),
    ])
    const report = await checkFolder(createDigestsFolder(digestsDir, { settleMs: 0 }).scan, analyseFile)
    process.exitCode = report.problems.length === 0 ? 0 : 1
    print(options.json === true ? JSON.stringify(report) : sayReport(report))
  })

program
  .command('filter')
  .description('Show which of the articles held each filter rule of a digest removes or lets in')
  .argument('<digest>', 'the name of its folder')
  .option('--days <days>', 'how far to look back', wholeDays, 7)
  .option('--json', 'one JSON object instead of sentences')
  .action(async (digest: string, options: { days: number; json?: boolean }) => {
    const { digestsDir, databaseUrl } = settings()
    const [{ reportFilters, sayFilters }, { createDigestsFolder }, { openStorage }] = await Promise.all([
      import('./jobs/preview-filters.ts'),
      import('./sources/digests-folder.ts'),
      import('./storage/storage.ts'),
    ])
    const storage = await openStorage(databaseUrl)
    try {
      const report = await reportFilters(
        {
          scan: createDigestsFolder(digestsDir, { settleMs: 0 }).scan,
          findDigest: storage.library.findDigest,
          filterable: storage.filterable,
          now: systemClock.now(),
        },
        digest,
        options.days,
      )
      print(options.json === true ? JSON.stringify(report) : sayFilters(report))
    } finally {
      await storage.close()
    }
  })

program
  .command('why')
  .description('Say what became of an article in every digest that is posted: carried where, or why not')
  .argument('<article...>', 'its id, its address, or words of its headline')
  .option('--digest <id>', 'only in this digest')
  .option('--json', 'one JSON object instead of sentences')
  .action(async (words: string[], options: { digest?: string; json?: boolean }) => {
    const { databaseUrl } = settings()
    const [{ reportWhy, sayWhys }, { openStorage }] = await Promise.all([
      import('./jobs/why.ts'),
      import('./storage/storage.ts'),
    ])
    const storage = await openStorage(databaseUrl)
    try {
      const report = await reportWhy(storage, words.join(' '), options.digest)
      print(options.json === true ? JSON.stringify(report) : sayWhys(report))
    } finally {
      await storage.close()
    }
  })

program
  .command('rehearse')
  .description('Run the whole bot on a stand-in Discord, without account, key or network')
  .option('--once', 'wait for the digests, run the commands, print the transcript, and end')
  .option('--digests <folder>', 'rehearse the digests of this folder instead of DIGESTS_DIR')
  .option('--env <file>', 'rehearse with the settings of this file; its token and database are not used')
  .action(async (options: { once?: boolean; digests?: string; env?: string }) => {
    const read = settings(options.env)
    const config = options.digests === undefined ? read : { ...read, digestsDir: options.digests }
    const [{ startBot }, { rehearse }] = await Promise.all([
      import('./bot.ts'),
      import('./rehearsal/rehearse.ts'),
    ])
    const once = options.once === true
    process.exitCode = await rehearse({
      ...config,
      startBot,
      once,
      port: config.rehearsalPort,
      log: createLog({ level: once ? 'warn' : config.logLevel, pretty: process.stderr.isTTY }),
      write: (line) => void process.stdout.write(`${line}\n`),
      stopped: untilStopped(),
    })
  })

/** Commands for programs read JSON lines; two of them also read one file or address for a person. */
const oneShots = { extract: 'extractOne', feed: 'feedOne' } as const

for (const { name, about, run } of programs) {
  const one = Object.entries(oneShots).find(([each]) => each === name)?.[1]
  const added = program.command(name).description(`${about}; JSON lines on stdin → JSON lines on stdout`)
  if (one === undefined) added.action(() => run(process.stdin, process.stdout))
  else {
    added
      .argument('[target]', 'a file or an address, to read one and print it readably')
      .action(async (target?: string) => {
        if (target === undefined) await run(process.stdin, process.stdout)
        else print(await (await import('./one-shot.ts'))[one](target, settings(), progress))
      })
  }
}

program
  .command('discover')
  .description('Find the feeds of a site, as lines for digest.yaml')
  .argument('<address>', 'the address of the site')
  .action(async (address: string) =>
    print(await (await import('./one-shot.ts')).discoverOne(address, settings(), progress)),
  )

const opml = program.command('opml').description('Lists of feeds as other readers know them')
opml
  .command('import')
  .description('Print the feeds of an OPML file as sources for digest.yaml')
  .argument('<file>')
  .action(async (file: string) => print(await (await import('./one-shot.ts')).importOpml(file)))
opml
  .command('export')
  .description('Print the feeds of all digests as OPML')
  .action(async () => {
    const [{ exportOpml }, { createDigestsFolder }] = await Promise.all([
      import('./one-shot.ts'),
      import('./sources/digests-folder.ts'),
    ])
    print(exportOpml(await createDigestsFolder(settings().digestsDir).scan()))
  })

addOperationCommands(program, { settings, print, progress })

/** Of an option. Errors: `InvalidArgumentError`, which names the option. */
function wholeDays(typed: string): number {
  if (!/^[1-9]\d{0,2}$/.test(typed)) throw new InvalidArgumentError('Give a whole number of days, 1 to 999.')
  return Number(typed)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A line of progress, on a terminal only. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`)
}

/** Of the environment and of `.env`, or of a file that is named: that one goes before the environment. */
function settings(envFile?: string): Config {
  const { error } = dotenv.config({
    quiet: true,
    ...(envFile === undefined ? {} : { path: envFile, override: true }),
  })
  if (envFile !== undefined && error !== undefined)
    throw new UserError('env-file', `The settings file ${envFile} cannot be read (${messageOf(error)}).`)
  return readConfig(process.env)
}

function logOf(config: Config) {
  return createLog({ level: config.logLevel, pretty: process.stderr.isTTY, secrets: secretsOf(config) })
}

/** Fulfilled by the first SIGINT or SIGTERM. A second one ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else {
    const isMendable = error instanceof UserError
    process.stderr.write(`${isMendable ? messageOf(error) : `Depesche failed: ${messageOf(error)}`}\n`)
    if (!isMendable && process.env.LOG_LEVEL === 'debug' && error instanceof Error)
      process.stderr.write(`${error.stack}\n`)
    process.exitCode = isMendable ? 2 : 1
  }
}
