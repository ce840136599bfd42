/** How interactions come, over the gateway or by HTTP: what the application says at Discord, beside what is set here. */
import type { Config } from '../../config.ts'
import type { Account } from '../../discord/inspection.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

type Known = Extract<Account, { kind: 'known' }>

const about = 'interactions'
const endpointField = 'General Information → Interactions Endpoint URL'

export function sayInteractions(
  { verifyKey, endpointUrl }: Known,
  { publicKey, webPort, roles }: Pick<Config, 'publicKey' | 'webPort' | 'roles'>,
): readonly Finding[] {
  if (publicKey === undefined) {
    if (endpointUrl === undefined) return []
    const says = `Discord delivers them to ${endpointUrl}, and DISCORD_PUBLIC_KEY is not set: nobody answers them here.`
    return [
      problem(
        about,
        says,
        `Set DISCORD_PUBLIC_KEY=${verifyKey} and WEB_PORT where that address leads; or empty it in the developer portal (${endpointField}), and they come over the gateway.`,
      ),
    ]
  }
  if (publicKey !== verifyKey) {
    const remedy = `Set DISCORD_PUBLIC_KEY=${verifyKey}; or set DISCORD_TOKEN to the token of the application that the key belongs to.`
    return [problem(about, "DISCORD_PUBLIC_KEY is not this application's: all of them are refused.", remedy)]
  }
  if (roles.includes('web') && webPort === undefined) {
    const says = 'DISCORD_PUBLIC_KEY is set, and WEB_PORT is not: there is no endpoint.'
    return [problem(about, says, 'Name a port in WEB_PORT.')]
  }
  if (endpointUrl !== undefined) return [ok(about, `come by HTTP to ${endpointUrl}.`)]
  const says = 'DISCORD_PUBLIC_KEY is set, and Discord knows no endpoint: it delivers them over the gateway.'
  const remedy = `Put the address of the web side, https://…/interactions, into the developer portal (${endpointField}) while the bot runs; or leave the key empty.`
  return [roles.includes('gateway') ? warning(about, says, remedy) : problem(about, says, remedy)]
}
