/** Environment → Config, or every problem at once. The only reader of `process.env`; `.env.example` lists the same settings. */
import { z } from 'zod'
import { UserError } from './errors.ts'

export interface Setting {
  readonly name: string
  readonly default: string
  readonly secret: boolean
  /** What it is for, as `.env.example` says it. */
  readonly about: string
  readonly schema: z.ZodType<unknown, string>
}

/** Articles are candidates, and editions are remembered, for five weeks. */
const leastArticleDays = 40

const url = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), { error: 'is not an http(s) address' })
  .transform((text) => text.replace(/\/+$/, ''))
const port = z
  .string()
  .regex(/^\d+$/, { error: 'is not a port number (1–65535)' })
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, { error: 'is not a port number (1–65535)' })
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `is not a whole number (${least}–${most})` })
    .transform(Number)
    .refine((number) => number >= least && number <= most, {
      error: `is not a whole number (${least}–${most})`,
    })
const modelUrl = z.string().transform((text, context) => {
  if (text === '') return undefined
  const said = modelUrlProblem(text)
  if (said === undefined) return text.replace(/\/+$/, '')
  context.addIssue({ code: 'custom', message: said })
  return z.NEVER
})
const webPort = z
  .string()
  .transform((text) => (text === '' ? undefined : text))
  .pipe(port.optional())
const publicUrl = z.string().transform((text, context) => {
  if (text === '') return undefined
  const address = URL.parse(text)
  const said =
    address === null || !/^https?:$/.test(address.protocol)
      ? 'is not an http(s) address'
      : address.search !== '' || address.hash !== '' || address.username !== '' || address.password !== ''
        ? 'must hold a host and perhaps a path, as in https://news.example.org'
        : undefined
  if (said === undefined) return text.replace(/\/+$/, '')
  context.addIssue({ code: 'custom', message: said })
  return z.NEVER
})
const optional = z.string().transform((text) => (text === '' ? undefined : text))
const publicKey = z
  .string()
  .regex(/^(?:[0-9a-f]{64})?$/i, {
    error:
      'is not 64 hexadecimal digits, as the developer portal shows them (General Information → Public Key)',
  })
  .transform((text) => (text === '' ? undefined : text.toLowerCase()))
const roleNames = ['gateway', 'poll', 'publish', 'web'] as const
const roles = z.string().transform((text, context): readonly (typeof roleNames)[number][] => {
  const named = text.split(',').map((name) => name.trim())
  const unknown = named.find((name) => !roleNames.some((each) => each === name))
  if (unknown === undefined) return roleNames.filter((name) => named.includes(name))
  const message = `names '${unknown}', which is no role: name some of ${roleNames.join(', ')}, separated by commas`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})
/** Which shards, of how many. */
const shards = z.string().transform((text, context) => {
  if (text === '') return undefined
  const read = shardsOf(text)
  if (typeof read !== 'string') return read
  context.addIssue({ code: 'custom', message: read })
  return z.NEVER
})

/** Printable and without spaces, as it stands in a header. */
const metricsToken = optional.refine((text) => text === undefined || /^[!-~]{16,256}$/.test(text), {
  error: 'needs 16 to 256 letters, digits or signs without spaces, as "openssl rand -hex 24" gives',
})

const settings = {
  token: {
    name: 'DISCORD_TOKEN',
    default: '',
    secret: true,
    about: 'The bot token from the Discord developer portal. The only account Depesche needs.',
    schema: optional,
  },
  discordApiUrl: {
    name: 'DISCORD_API_URL',
    default: 'https://discord.com/api',
    secret: false,
    about: 'Where Discord, or a server that speaks like it, answers.',
    schema: url,
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    default: 'sqlite:data/depesche.sqlite',
    secret: true,
    about:
      'Where everything is kept: sqlite:path/to/file, or postgres://user:password@host:5432/name for many processes (special characters of the password as %XX).',
    schema: z.string().regex(/^(?:sqlite:.+|postgres(?:ql)?:\/\/.+)/, {
      error: 'must begin with sqlite:, as in sqlite:data/depesche.sqlite, or with postgres://',
    }),
  },
  roles: {
    name: 'ROLES',
    default: 'gateway,poll,publish,web',
    secret: false,
    about:
      'What this process does, where several share a PostgreSQL database: some of gateway, poll, publish, web, separated by commas.',
    schema: roles,
  },
  shards: {
    name: 'SHARDS',
    default: '',
    secret: false,
    about:
      'Which shards of the gateway this process has, of how many in all: 0-3/16, or 0,5-7/16. Empty: all, as many as Discord recommends.',
    schema: shards,
  },
  digestsDir: {
    name: 'DIGESTS_DIR',
    default: 'digests',
    secret: false,
    about: 'The folder of house digests and their articles.',
    schema: z.string().min(1, { error: 'is empty; name a folder' }),
  },
  catchUpHours: {
    name: 'CATCH_UP_HOURS',
    default: '6',
    secret: false,
    about: 'After downtime, the newest missed digest is posted if it was due within this many hours (0–48).',
    schema: z
      .string()
      .regex(/^\d{1,2}$/, { error: 'is not a whole number of hours (0–48)' })
      .transform(Number)
      .refine((hours) => hours <= 48, { error: 'is not a whole number of hours (0–48)' }),
  },
  briefCharacters: {
    name: 'BRIEF_CHARACTERS',
    default: '200',
    secret: false,
    about: 'The longest one-sentence summary of an article or a story, in characters (80–300).',
    schema: wholeNumber(80, 300),
  },
  summaryCharacters: {
    name: 'SUMMARY_CHARACTERS',
    default: '600',
    secret: false,
    about: 'The longest summary, in characters (200–1500).',
    schema: wholeNumber(200, 1500),
  },
  summarySentences: {
    name: 'SUMMARY_SENTENCES',
    default: '4',
    secret: false,
    about: 'The most sentences in a summary (1–8).',
    schema: wholeNumber(1, 8),
  },
  articleDays: {
    name: 'ARTICLE_DAYS',
    default: '90',
    secret: false,
    about:
      'How long articles are held, in days (40–3650). Files in the folder of digests stay held as long as they lie there.',
    schema: wholeNumber(leastArticleDays, 3650),
  },
  bodyDays: {
    name: 'BODY_DAYS',
    default: '30',
    secret: false,
    about:
      'How long full texts are held, in days (1–3650); headline and summary stay as long as the article.',
    schema: wholeNumber(1, 3650),
  },
  editionDays: {
    name: 'EDITION_DAYS',
    default: '730',
    secret: false,
    about: 'How long the content of editions is held, in days (40–36500); their numbers stay.',
    schema: wholeNumber(leastArticleDays, 36_500),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    secret: false,
    about: 'How much is logged: trace, debug, info, warn, error or silent.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is not one of trace, debug, info, warn, error, silent',
    }),
  },
  contact: {
    name: 'CONTACT',
    default: '',
    secret: false,
    about: 'An address or e-mail that hosts of feeds see in the User-Agent, so that they can reach you.',
    schema: z
      .string()
      .max(200)
      .regex(/^[\x20-\x7e]*$/, { error: 'holds characters that a header cannot' }),
  },
  allowedHosts: {
    name: 'ALLOWED_HOSTS',
    default: '',
    secret: false,
    about:
      'Hosts on your own network that may be read although they are private, separated by commas: nas.local,10.0.0.5:8080.',
    schema: z.string().transform((text) =>
      text
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    ),
  },
  modelUrl: {
    name: 'MODEL_URL',
    default: '',
    // It may hold a password by mistake, which must not be repeated.
    secret: true,
    about:
      'Where a language model answers (OpenAI chat completions), for digests with "summaries: model": http://localhost:11434/v1. Empty: no model.',
    schema: modelUrl,
  },
  modelName: {
    name: 'MODEL_NAME',
    default: '',
    secret: false,
    about: 'What that address calls the model.',
    schema: optional,
  },
  modelKey: {
    name: 'MODEL_KEY',
    default: '',
    secret: true,
    about: 'The key for that address, if it wants one.',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]*$/, { error: 'holds characters that no key has' })
      .transform((text) => (text === '' ? undefined : text)),
  },
  modelDailyTokens: {
    name: 'MODEL_DAILY_TOKENS',
    default: '200000',
    secret: false,
    about: 'What the model may use in a day (UTC), in tokens; a summary takes about 2,000.',
    schema: wholeNumber(0, 100_000_000),
  },
  modelTimeoutSeconds: {
    name: 'MODEL_TIMEOUT_SECONDS',
    default: '20',
    secret: false,
    about: 'How long one summary may take before the story is told in the words of its articles (1–300).',
    schema: wholeNumber(1, 300),
  },
  webPort: {
    name: 'WEB_PORT',
    default: '',
    secret: false,
    about: 'The port of the web side: editions as pages and feeds, health, metrics. Empty: no web side.',
    schema: webPort,
  },
  webHost: {
    name: 'WEB_HOST',
    default: '127.0.0.1',
    secret: false,
    about:
      'The address on which the web side listens. 127.0.0.1: this machine alone, as behind a proxy; 0.0.0.0: everybody who can reach it.',
    schema: z
      .string()
      .max(253)
      .regex(/^[\w.:-]+$/, { error: 'is not an address such as 127.0.0.1' }),
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    default: '',
    secret: true,
    about:
      'What Prometheus must show at /metrics (Authorization: Bearer …), at least 16 characters. Empty: only this machine may read it.',
    schema: metricsToken,
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    default: '',
    secret: false,
    about:
      'How everybody else reaches the web side, for the links in feeds: https://news.example.org. Empty: host and port.',
    schema: publicUrl,
  },
  publicKey: {
    name: 'DISCORD_PUBLIC_KEY',
    default: '',
    secret: false,
    about:
      "The application's public key, where Discord is to deliver interactions to the web side (https://…/interactions) instead of over the gateway.",
    schema: publicKey,
  },
  rehearsalPort: {
    name: 'REHEARSAL_PORT',
    default: '8137',
    secret: false,
    about: 'The port of the rehearsal page on localhost.',
    schema: port,
  },
  openapiFile: {
    name: 'DISCORD_OPENAPI',
    default: '',
    secret: false,
    about: "Path of Discord's OpenAPI document; where set, the rehearsal checks every request against it.",
    schema: optional,
  },
} as const satisfies Record<string, Omit<Setting, 'schema'> & { schema: z.ZodType }>

export type Config = { readonly [Name in keyof typeof settings]: z.output<(typeof settings)[Name]['schema']> }

/** Every setting in the order of `.env.example`. */
export const settingList: readonly Omit<Setting, 'schema'>[] = Object.values(settings)

/** Reads the settings. Errors: one `UserError` that names every problem. Values of secrets are never repeated. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  const values = Object.entries(settings).map(([key, setting]) => {
    const given = environment[setting.name]?.trim()
    const text = given === undefined || given === '' ? setting.default : given
    const parsed = setting.schema.safeParse(text)
    if (parsed.success) return [key, parsed.data]
    const shown = setting.secret ? '' : ` '${text}'`
    problems.push(`${setting.name}${shown} ${parsed.error.issues[0]?.message ?? 'is not valid'}`)
    return [key, undefined]
  })
  problems.push(...combinationProblems(Object.fromEntries(values)))
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    throw new UserError('config', `${count} in the settings: ${problems.join('; ')}.`)
  }
  return Object.fromEntries(values)
}

/** What only several settings together tell. A setting with a problem of its own is not judged again. */
function combinationProblems(config: Partial<Config>): readonly string[] {
  const { modelUrl: url, modelName: name } = config
  return [
    ...(url !== undefined && name === undefined
      ? ['MODEL_NAME is missing while MODEL_URL is set; name the model that answers there']
      : []),
    ...sharingProblems(config),
  ]
}

/** What a process needs that is one of several. */
function sharingProblems(config: Partial<Config>): string[] {
  const { databaseUrl, roles: some, shards: own, webPort: at, publicKey: key } = config
  const isPart = some !== undefined && some.length < roleNames.length
  // Where interactions come by HTTP, one process may do all without the gateway.
  const isAlone = key !== undefined && roleNames.every((name) => name === 'gateway' || some?.includes(name))
  const set = [...(isPart && !isAlone ? ['ROLES'] : []), ...(own === undefined ? [] : ['SHARDS'])]
  const problems: string[] = []
  if (set.length > 0 && databaseUrl?.startsWith('sqlite:') === true) {
    problems.push(
      `${set.join(' and ')} cannot be set while DATABASE_URL names a SQLite file, which serves one process alone; leave ${set.length > 1 ? 'them' : 'it'} empty, or move to PostgreSQL (depesche migrate)`,
    )
  }
  if (own !== undefined && some?.includes('gateway') === false)
    problems.push('SHARDS is set while ROLES has no gateway; set it where the gateway is')
  if (isPart && some.includes('web') && at === undefined)
    problems.push('WEB_PORT is missing while ROLES names web; name a port')
  return problems
}

const mostShards = 100_000

/** Of `0-3/16`, `5/16` or `0,5-7/16`; or what is wrong with it. */
function shardsOf(text: string): { readonly ids: readonly number[]; readonly count: number } | string {
  const written = /^(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)\/(\d{1,6})$/.exec(text.replace(/\s+/g, ''))
  if (written === null) return 'does not say which shards of how many, as in 0-3/16'
  const count = Number(written[2])
  if (count < 1 || count > mostShards) return `is not of 1–${mostShards} shards`
  const ids = new Set<number>()
  for (const range of (written[1] ?? '').split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number)
    if (last < first) return `holds the range ${range}, which ends before it begins`
    if (last >= count) return `names shard ${last}, and of ${count} shards the last one is ${count - 1}`
    for (let id = first; id <= last; id += 1) ids.add(id)
  }
  return { ids: [...ids].sort((a, b) => a - b), count }
}

function modelUrlProblem(text: string): string | undefined {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return 'is not an http(s) address'
  if (url.username !== '' || url.password !== '') return 'holds a password; put it into MODEL_KEY'
  if (url.search !== '' || url.hash !== '') return 'must end with its path, as in http://localhost:11434/v1'
  if (/\/chat\/completions\/*$/.test(url.pathname)) return 'must end before /chat/completions'
  return undefined
}

/** What must never be shown anywhere. */
export function secretsOf({ token, modelKey, databaseUrl }: Config): readonly string[] {
  return [token, modelKey, ...passwordsOf(databaseUrl)].filter((secret) => secret !== undefined)
}

/** As it is written in an address, and as it is. */
function passwordsOf(address: string): readonly string[] {
  const written = /^postgres/.test(address) ? (URL.parse(address)?.password ?? '') : ''
  if (written === '') return []
  try {
    return [written, decodeURIComponent(written)]
  } catch {
    return [written]
  }
}
