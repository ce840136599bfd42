/** A choice in one of the menus that only some places have. */
import type { TagId } from '../../digest/ledger.ts'
import { mostTags, type Place } from '../../digest/place.ts'

export type PlaceChoice = 'posts' | 'tags' | 'crosspost'

/** A menu that the place does not have changes nothing. */
export function placeChosen(place: Place, what: PlaceChoice, values: readonly string[]): Place {
  const [value] = values
  if (place.kind === 'announcement' && what === 'crosspost')
    return { ...place, isCrossposted: value === 'yes' }
  if (place.kind !== 'forum' || what === 'crosspost') return place
  return what === 'posts'
    ? { ...place, posts: value === 'reused' ? 'reused' : 'new' }
    : { ...place, tagIds: values.slice(0, mostTags).map((id) => id as TagId) }
}
