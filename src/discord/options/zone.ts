/** A time zone, as people call it; what is typed is read where it is used, with the zone that is set already. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { sayZone } from '../../digest/schedule-words.ts'
import { suggestZones } from '../../digest/zones.ts'
import { label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const zoneOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 100 },
  read: async (given, name) => given.getString(name)?.trim() || undefined,
  suggest: async (typed, { say }) =>
    suggestZones(typed, limits.choices).map((zone) => ({
      name: label(sayZone(zone, say.locale), limits.choiceName),
      value: zone,
    })),
}
