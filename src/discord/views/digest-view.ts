/**
 * An edition → the messages of a digest. Stories are packed in order into as few messages as Discord's limits allow; each
 * message is whole by itself and bears its marker, by which it is found again after a crash.
 */
import type { APIComponentInContainer } from 'discord-api-types/v10'
import type { Edition, EditionItem } from '../../digest/edition.ts'
import { customId } from '../custom-id.ts'
import { type Say, sayIn } from '../text/say.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { button, container, fits, menu, row, separator, text, type View, weigh } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

export function digestView(edition: Edition, options: { readonly late: boolean }): readonly View[] {
  const say = sayIn(edition.language)
  const groups = pack(edition, say, options.late)
  return groups.map((items, part) => messageOf(edition, items, part, say, options.late))
}

function messageOf(
  edition: Edition,
  items: readonly EditionItem[],
  part: number,
  say: Say,
  late: boolean,
): View {
  return {
    components: [
      container([
        ...heading(edition, say, part, late),
        ...items.flatMap((item) => storyBlock(item, say)),
        storyMenu(edition, items, part, say),
      ]),
    ],
  }
}

/** Where a message of an edition shows which one it is: the custom id of its menu. */
export function markerOf(edition: Edition, part: number): string {
  return customId({ do: 'edition', editionId: edition.id, part })
}

function pack(edition: Edition, say: Say, late: boolean): readonly (readonly EditionItem[])[] {
  const groups: EditionItem[][] = []
  let group: EditionItem[] = []
  for (const item of edition.items) {
    const next = [...group, item]
    if (group.length > 0 && !fits(weigh(messageOf(edition, next, groups.length, say, late).components))) {
      groups.push(group)
      group = [item]
    } else {
      group = next
    }
  }
  groups.push(group)
  return groups
}

function heading(
  edition: Edition,
  say: Say,
  part: number,
  late: boolean,
): readonly APIComponentInContainer[] {
  const values = { title: foreign(edition.title, 120), number: edition.number }
  const title = say(part === 0 ? 'digest.title' : 'digest.continued', values)
  const day = timestamp(edition.slot, 'D')
  const lateLine =
    late && part === 0 ? `\n-# ${say('digest.late', { due: timestamp(edition.slot, 'f') })}` : ''
  return [text(`## ${title}\n${day}${lateLine}`), separator]
}

function storyBlock(item: EditionItem, say: Say): readonly APIComponentInContainer[] {
  return [
    text(lines(item, say)),
    row(
      button(say('button.summary'), { do: 'summary', storyId: item.storyId }),
      button(say('button.fulltext'), { do: 'story-text', storyId: item.storyId }),
    ),
  ]
}

function lines(item: EditionItem, say: Say): string {
  const headline = `### ${foreignLink(item.headline, item.url, 400)}`
  const brief = item.brief === '' ? [] : [foreign(item.brief, 300)]
  return [headline, ...brief, `-# ${outletLine(item.outlets, say)} · ${timestamp(item.at, 'R')}`].join('\n')
}

function outletLine(outlets: readonly string[], say: Say): string {
  const named = outlets.slice(0, 3).map((outlet) => foreign(outlet, 40))
  const more = outlets.length - named.length
  return more > 0 ? `${named.join(', ')}, ${say('digest.more', { count: more })}` : named.join(', ')
}

function storyMenu(edition: Edition, items: readonly EditionItem[], part: number, say: Say) {
  return menu(
    { do: 'edition', editionId: edition.id, part },
    say('label.pickStory'),
    items.map((item) => ({
      label: label(item.headline, limits.optionLabel),
      value: item.storyId,
      description: label(item.outlets.join(', '), limits.optionDescription),
    })),
  )
}
