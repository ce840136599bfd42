/** The languages that the bot speaks, by their names, and the one that a server's own digests begin with. */
import type { GuildSettings } from '../../digest/guild.ts'
import { languageName } from './language-name.ts'
import { catalogs, type Say } from './say.ts'

export const spokenLanguages: readonly string[] = Object.keys(catalogs)

/** "German", in the language of the reader, as it stands alone in a menu. */
export function languageLabel(tag: string, { locale }: Say): string {
  const name = languageName(tag, locale)
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/** What the server has set; else what its locale tells, or that of the owner. `en-US` of a server tells nothing: nobody set it. */
export function languageOf(
  { language }: GuildSettings,
  { guildLocale, say }: { readonly guildLocale: string; readonly say: Say },
): string {
  if (language !== undefined) return language
  const ofServer = guildLocale.split('-')[0] ?? ''
  if (guildLocale !== 'en-US' && spokenLanguages.includes(ofServer)) return ofServer
  return say.locale.split('-')[0] ?? 'en'
}
