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

const url = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), { error: 'is not an http(s) address' })
  .transform((text) => text.replace(/\/+$/, ''))
const port = z
  .string()
  .regex(/^\d+$/, { error: 'is not a port number (1–65535)' })
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, { error: 'is not a port number (1–65535)' })
const optional = z.string().transform((text) => (text === '' ? undefined : text))

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
    about: 'Where everything is kept: sqlite:path/to/file.',
    schema: z
      .string()
      .regex(/^sqlite:.+/, { error: 'must begin with sqlite:, as in sqlite:data/depesche.sqlite' }),
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
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    throw new UserError('config', `${count} in the settings: ${problems.join('; ')}.`)
  }
  return Object.fromEntries(values)
}

/** What must never be shown anywhere. */
export function secretsOf(config: Config): readonly string[] {
  return config.token === undefined ? [] : [config.token]
}
