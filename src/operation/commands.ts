/** The commands of whoever runs the bot. Each loads what it needs when it is called. */
import { existsSync, readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'

export interface Console {
  readonly settings: () => Config
  readonly print: (text: string) => void
  /** A line on a terminal, in the place of the one before; nothing elsewhere. */
  readonly progress: (line: string) => void
}

export function addOperationCommands(program: Command, console: Console): void {
  addBackup(program, console)
  addRestore(program, console)
  addExport(program, console)
  addImport(program, console)
  addMigrate(program, console)
  addCompact(program, console)
  addDoctor(program, console)
  addPreview(program, console)
}

const json = ['--json', 'one JSON object instead of sentences'] as const

function addBackup(program: Command, { settings, print, progress }: Console): void {
  program
    .command('backup')
    .description('Copy the database into a file that is checked, while the bot runs')
    .argument('[file]', 'where to; data/backups/depesche-DATE-TIME.sqlite unless told')
    .option('--keep <count>', 'remove all but so many of the newest backups with such names', wholeCount)
    .option(...json)
    .action(async (file: string | undefined, options: { keep?: number; json?: boolean }) => {
      const { databaseUrl } = settings()
      const { backUp, sayBackup } = await import('../storage/backup.ts')
      const backup = await backUp({
        databaseUrl,
        now: systemClock.now(),
        told: percent(progress, 'Copied'),
        ...(file === undefined ? {} : { file }),
        ...(options.keep === undefined ? {} : { keep: options.keep }),
      })
      print(options.json === true ? JSON.stringify(backup) : sayBackup(backup))
    })
}

function addRestore(program: Command, { settings, print, progress }: Console): void {
  program
    .command('restore')
    .description('Put a backup in the place of the database; the bot must not run')
    .argument('<file>', 'the backup')
    .option(...json)
    .action(async (file: string, options: { json?: boolean }) => {
      const { databaseUrl } = settings()
      const { restore, sayRestored } = await import('../storage/restore.ts')
      const restored = await restore(databaseUrl, file, percent(progress, 'Copied'))
      print(options.json === true ? JSON.stringify(restored) : sayRestored(restored))
    })
}

function addExport(program: Command, { settings }: Console): void {
  program
    .command('export')
    .description('Write everything that is held as lines of JSON')
    .option('--out <file>', 'where to; standard output unless told')
    .action(async (options: { out?: string }) => {
      const { databaseUrl } = settings()
      const [{ exportLines, exportServerLines }, { isServer }, { writeLines }] = await Promise.all([
        import('../storage/export.ts'),
        import('../storage/inspection.ts'),
        import('./write-lines.ts'),
      ])
      const lines = isServer(databaseUrl) ? exportServerLines(databaseUrl) : exportLines(databaseUrl)
      await writeLines(lines, options.out)
    })
}

function addImport(program: Command, { settings, print, progress }: Console): void {
  program
    .command('import')
    .description('Make a database of what "export" wrote; there must be none yet, or an empty one')
    .argument('<file>', 'the lines')
    .option(...json)
    .action(async (file: string, options: { json?: boolean }) => {
      const { databaseUrl } = settings()
      const [{ importLines }, { readChunks }] = await Promise.all([
        import('../storage/import.ts'),
        import('./write-lines.ts'),
      ])
      const imported = await importLines(databaseUrl, readChunks(file), (count) =>
        progress(`${count} records`),
      )
      print(
        options.json === true
          ? JSON.stringify(imported)
          : `Imported ${imported.records} records. Search reads them when the bot starts.`,
      )
    })
}

function addMigrate(program: Command, { settings, print, progress }: Console): void {
  program
    .command('migrate')
    .description('Move everything from the SQLite file into a PostgreSQL database; the bot must not run')
    .requiredOption('--to <address>', 'the database, as in postgres://user:password@host:5432/name')
    .option('--anew', 'remove what a move that was not completed has brought, and begin again')
    .option(...json)
    .action(async (options: { to: string; anew?: boolean; json?: boolean }) => {
      const { databaseUrl } = settings()
      const { move, sayMoved } = await import('../storage/move.ts')
      const moved = await move({
        from: databaseUrl,
        to: options.to,
        isAnew: options.anew === true,
        now: systemClock.now,
        told: progress,
      })
      print(options.json === true ? JSON.stringify(moved) : sayMoved(moved))
      process.exitCode = moved.differing.length === 0 ? 0 : 1
    })
}

function addCompact(program: Command, { settings, print }: Console): void {
  program
    .command('compact')
    .description('Write the database anew without what is unused in it; the bot must not run')
    .option(...json)
    .action(async (options: { json?: boolean }) => {
      const { compact } = await import('../storage/compact.ts')
      const { before, after } = compact(settings().databaseUrl)
      const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
      print(
        options.json === true
          ? JSON.stringify({ before, after })
          : `${megabytes(before)} before, ${megabytes(after)} now.`,
      )
    })
}

function addDoctor(program: Command, { settings, print, progress }: Console): void {
  program
    .command('doctor')
    .description('Look at settings, machine, storage, Discord, channels and sources, and say what to mend')
    .option('--no-network', 'ask neither Discord nor sources')
    .option(...json)
    .action(async (options: { network: boolean; json?: boolean }) => {
      const [{ examine, verdictOf }, { sayFindings }] = await Promise.all([
        import('./doctor/doctor.ts'),
        import('./doctor/finding.ts'),
      ])
      const findings = await examine({
        settings,
        envFile: existsSync('.env') ? readFileSync('.env', 'utf8') : undefined,
        hasNetwork: options.network,
        now: systemClock.now,
        progress,
      })
      const verdict = verdictOf(findings)
      print(options.json === true ? JSON.stringify({ verdict, findings }) : sayFindings(findings))
      process.exitCode = verdict === 'well' ? 0 : 1
    })
}

function addPreview(program: Command, { settings, print, progress }: Console): void {
  program
    .command('preview')
    .description('Show the next edition of a digest as it would be now; nothing is written')
    .argument('<digest>', 'the name of its folder')
    .option('--html', 'as one page')
    .option('--at <instant>', 'as it would be then, as in 2026-11-20T07:30:00Z', instant)
    .option(...json)
    .action(async (digest: string, options: { html?: boolean; json?: boolean; at?: number }) => {
      const config = settings()
      const [{ editionNow }, { editionText }, { editionPage }] = await Promise.all([
        import('./preview/edition-now.ts'),
        import('./preview/as-text.ts'),
        import('./preview/as-page.ts'),
      ])
      const at = options.at ?? systemClock.now()
      const { edition, zone, from } = await editionNow({ digest, at, config, progress })
      if (options.json === true) print(JSON.stringify({ from, edition: edition ?? null }))
      else if (edition === undefined)
        print('There is nothing to post: nothing new has come since the last edition.')
      else if (options.html === true) print(editionPage(edition, zone))
      else {
        const { columns = 80, isTTY } = process.stdout
        print(editionText(edition, { zone, width: columns, hasColour: isTTY && process.stdout.hasColors() }))
      }
    })
}

function instant(typed: string): number {
  const at = Date.parse(typed)
  if (Number.isNaN(at)) throw new InvalidArgumentError('Give an instant, as in 2026-11-20T07:30:00Z.')
  return at
}

/** Says a share in whole tenths. */
function percent(progress: Console['progress'], done: string): (share: number) => void {
  let last = -1
  return (share) => {
    const tenth = Math.floor(share * 10)
    if (tenth === last) return
    last = tenth
    progress(`${done} ${tenth * 10} %`)
  }
}

function wholeCount(typed: string): number {
  if (!/^[1-9]\d{0,3}$/.test(typed)) throw new InvalidArgumentError('Give a whole number, 1 to 9999.')
  return Number(typed)
}
