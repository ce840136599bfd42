/** What is registered with Discord, in every locale: names as its documentation asks for them (interactions/application-commands). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registrations } from '../../src/discord/commands/command.ts'
import { commands } from '../../src/discord/commands/list.ts'

const locales = ['de', 'fr', 'es-ES', 'es-419', 'pt-BR']
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** A command, subcommand, option or choice. */
interface Part {
  readonly name: string
  readonly name_localizations?: Readonly<Record<string, string>>
  readonly description?: string
  readonly description_localizations?: Readonly<Record<string, string>>
  readonly value?: string
  readonly options?: readonly Part[]
  readonly choices?: readonly Part[]
}

const registered: readonly (Part & { readonly type: number })[] = JSON.parse(
  JSON.stringify(registrations(commands)),
)
const slash = registered.filter(({ type }) => type === 1)

function within(part: Part): readonly Part[] {
  return [part, ...(part.options ?? []).flatMap(within)]
}

function nameIn(part: Part, locale: string): string {
  return locale === 'en'
    ? part.name
    : (part.name_localizations?.[locale] ?? assert.fail(`${part.name} in ${locale}`))
}

function descriptionIn(part: Part, locale: string): string {
  if (locale === 'en') return part.description ?? assert.fail(part.name)
  return part.description_localizations?.[locale] ?? assert.fail(`${part.name} in ${locale}`)
}

/** The longest of its localizations is what Discord counts. */
function longest(text: string | undefined, others: Readonly<Record<string, string>> | undefined): number {
  return Math.max(...[text ?? '', ...Object.values(others ?? {})].map((each) => each.length))
}

function characters(part: Part): number {
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    (part.value?.length ?? 0) +
    [...(part.options ?? []), ...(part.choices ?? [])].reduce((sum, each) => sum + characters(each), 0)
  )
}

for (const locale of ['en', ...locales]) {
  test(`in ${locale} every command, option and choice has a name and a description that Discord takes`, () => {
    assert.ok(slash.length > 10)
    for (const part of slash.flatMap(within)) {
      const name = nameIn(part, locale)
      assert.match(name, slashName)
      assert.equal(name, name.toLowerCase())
      const description = descriptionIn(part, locale)
      assert.ok(description.length >= 1 && description.length <= 100, `${name}: ${description}`)
      for (const choice of part.choices ?? []) assert.ok(nameIn(choice, locale).length <= 100)
    }
  })

  test(`in ${locale} no two commands, and no two options or choices beside each other, have one name`, () => {
    const lists = [
      registered,
      ...slash.flatMap(within).flatMap(({ options = [], choices = [] }) => [options, choices]),
    ]
    for (const list of lists) {
      const names = list.map((each) => nameIn(each, locale))
      assert.deepEqual(names, [...new Set(names)])
    }
  })
}

test('no command exceeds 8000 characters, counted as Discord counts them: the longest localization of each', () => {
  for (const command of slash)
    assert.ok(characters(command) <= 8000, `${command.name}: ${characters(command)}`)
})
