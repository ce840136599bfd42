/** What is asked about a place beyond which one it is: only of a forum, and of an announcement channel. */
import { type APIComponentInContainer, type APISelectMenuOption, ComponentType } from 'discord-api-types/v10'
import { mostTags, type Place } from '../../digest/place.ts'
import type { PickedChannel } from '../context.ts'
import { type Action, customId } from '../custom-id.ts'
import { type ForumFacts, tagsThere } from '../options/forum.ts'
import type { Say } from '../text/say.ts'
import { label } from './foreign.ts'
import { menu } from './layout.ts'
import { limits } from './limits.ts'

export interface PlaceActions {
  readonly posts: Action
  readonly tags: Action
  readonly crosspost: Action
}

/** Nothing for places that need no choice. */
export function placeMenus(
  actions: PlaceActions,
  place: Place | undefined,
  channel: PickedChannel | undefined,
  say: Say,
): readonly APIComponentInContainer[] {
  if (place?.kind === 'announcement') {
    const chosen = place.isCrossposted ? 'yes' : 'no'
    const offered = (['yes', 'no'] as const).map((each) =>
      option(say(`place.crosspost.${each}`), say(`place.crosspost.${each}.about`), each, chosen),
    )
    return [menu(actions.crosspost, say('place.crosspost'), offered)]
  }
  if (place?.kind !== 'forum') return []
  const offered = (['new', 'reused'] as const).map((each) =>
    option(say(`place.posts.${each}`), say(`place.posts.${each}.about`), each, place.posts),
  )
  return [
    menu(actions.posts, say('place.posts'), offered),
    ...(channel?.forum === undefined || channel.forum.tags.length === 0
      ? []
      : [tagMenu(actions.tags, place.tagIds, channel.forum, say)]),
  ]
}

function option(name: string, about: string, value: string, chosen: string): APISelectMenuOption {
  return {
    label: label(name, limits.optionLabel),
    description: label(about, limits.optionDescription),
    value,
    default: value === chosen,
  }
}

function tagMenu(
  action: Action,
  chosen: readonly string[],
  { tags, requiresTag }: ForumFacts,
  say: Say,
): APIComponentInContainer {
  const offered = tags.slice(0, limits.selectOptions)
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(action),
        placeholder: say('place.tags'),
        min_values: requiresTag ? 1 : 0,
        max_values: Math.min(mostTags, offered.length),
        options: offered.map(({ id, name }) => ({
          label: label(name, limits.optionLabel),
          value: id,
          default: chosen.includes(id),
        })),
      },
    ],
  }
}

/** Whether the forum takes no post without a tag, and none was chosen that it has. */
export function lacksTag(place: Place | undefined, channel: PickedChannel | undefined): boolean {
  if (place?.kind !== 'forum' || channel?.forum?.requiresTag !== true) return false
  return tagsThere(channel.forum, place.tagIds).length === 0
}

/** What would be good to have, where nothing is lacking: undefined where all is well. */
export function sayAdvice(channel: PickedChannel | undefined, say: Say): string | undefined {
  if (channel?.isBlind !== true || channel.missing.length > 0) return undefined
  return say('permissions.blind', {
    channel: `<#${channel.id}>`,
    permissions: say('permission.ReadMessageHistory'),
  })
}
