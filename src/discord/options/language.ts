/** A language in which articles are held: by its code, or by its name in the language of the reader, in its own, or in English. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { UserError } from '../../errors.ts'
import { languageName } from '../text/language-name.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const languageOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 40 },
  read: async (given, name, { library, say }) => {
    const typed = given.getString(name)?.trim()
    if (typed === undefined || typed === '') return undefined
    const wanted = typed.toLowerCase()
    const held = await library.languages()
    const found = held.find((each) => each === wanted || namesOf(each, say.locale).includes(wanted))
    if (found !== undefined) return found
    const known = held.filter(isNamed).map((each) => languageName(each, say.locale))
    throw new UserError('language-unknown', `I hold no articles in "${typed}".`, {
      typed: foreign(typed, 60),
      known: known.slice(0, 12).join(', '),
    })
  },
  suggest: async (typed, { library, say }) => {
    const wanted = typed.trim().toLowerCase()
    const held = (await library.languages()).filter(isNamed)
    return held
      .filter((each) => each === wanted || namesOf(each, say.locale).some((name) => name.includes(wanted)))
      .map((each) => ({ name: label(languageName(each, say.locale), limits.choiceName), value: each }))
      .sort((a, b) => a.name.localeCompare(b.name, say.locale))
      .slice(0, limits.choices)
  },
}

/** Of some articles nobody can tell the language. */
const isNamed = (language: string): boolean => /^[a-z]{2,3}$/.test(language) && language !== 'und'

function namesOf(language: string, locale: string): readonly string[] {
  if (!isNamed(language)) return []
  return [locale, language, 'en'].map((each) => languageName(language, each).toLowerCase())
}
