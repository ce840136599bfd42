/** Lists of headlines as an answer for one reader, page by page, with a menu that leads deeper; and plain notes. */
import type { Edition } from '../../digest/edition.ts'
import { outletsOf, type Story } from '../../story/story.ts'
import type { Action } from '../custom-id.ts'
import type { Say } from '../text/say.ts'
import { sectionHeading } from './digest-view.ts'
import { foreign, foreignLink, label } from './foreign.ts'
import { button, container, fits, menu, row, separator, text, type View, weigh } from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

interface Line {
  readonly storyId: string
  readonly headline: string
  readonly url?: string | undefined
  readonly outlets: readonly string[]
  readonly at: number
  /** The heading above it, where it is the first of its section on this page. */
  readonly section?: string | undefined
  /** The number of the edition that told the story last, where it has moved since. */
  readonly updates?: number | undefined
}

/** At most this many headlines on one page, so that it stays within a message. */
export const listLength = 10

/** Where one can turn pages: what the buttons do. Pages count from 0. */
export interface Turning {
  readonly page: number
  readonly hasNext: boolean
  readonly to: (page: number) => Action
}

/** A page of an edition, in its order and with its sections; a page beyond the last is the last. */
export function editionListView(edition: Edition, say: Say, page = 0): View {
  const pages = Math.max(1, Math.ceil(edition.items.length / listLength))
  const at = Math.min(page, pages - 1)
  const title = say('headlines.edition', { title: foreign(edition.title, 120), number: edition.number })
  const facts = [
    timestamp(edition.slot, 'f'),
    ...(pages > 1 ? [say('label.page', { page: at + 1, pages })] : []),
  ]
  return listView(`## ${title}\n-# ${facts.join(' · ')}`, editionLines(edition, at, say), say, {
    page: at,
    hasNext: at < pages - 1,
    to: (next) => ({ do: 'headlines', editionId: edition.id, page: next }),
  })
}

/** The stories of one page; `title` is what they have in common, escaped where foreign. */
export function storyListView(
  stories: readonly Story[],
  say: Say,
  list: { readonly title?: string; readonly language?: string; readonly turning?: Turning } = {},
): View {
  const lines = stories.slice(0, listLength).map((story): Line => {
    const speaker = story.articles.find(({ language }) => language === list.language) ?? story.articles[0]
    return {
      storyId: story.id,
      headline: speaker.headline,
      url: speaker.url,
      outlets: [...new Set([speaker.outlet, ...outletsOf(story)])],
      at: speaker.publishedAt ?? speaker.seenAt,
    }
  })
  return listView(`## ${list.title ?? say('headlines.newest')}`, lines, say, list.turning)
}

function editionLines({ items, hasLead, sections }: Edition, page: number, say: Say): readonly Line[] {
  const start = page * listLength
  return items.slice(start, start + listLength).map((item, at): Line => {
    const isLead = hasLead && start + at === 0
    const before = at === 0 ? undefined : items[start + at - 1]
    const isFirst = at === 0 || before?.section !== item.section || (hasLead && start + at === 1)
    return {
      ...item,
      updates: item.update?.ofNumber,
      section:
        sections === 'none' || isLead || !isFirst ? undefined : sectionHeading(item.section, sections, say),
    }
  })
}

/** Long addresses are links where all of the page still fits with them. */
const headlineRooms = [600, 400, 260, 160]

function listView(heading: string, lines: readonly Line[], say: Say, turning?: Turning): View {
  return firstThatFits(headlineRooms, (room) => ({
    components: [
      container([
        text(heading),
        ...lines.flatMap((line) => [
          ...(line.section === undefined ? [] : [separator]),
          text(lineText(line, room, say)),
        ]),
        ...(lines.length === 0 ? [] : [storyMenu(lines, say)]),
        ...turnRow(turning, say),
      ]),
    ],
  }))
}

function lineText(line: Line, room: number, say: Say): string {
  const facts = [
    ...(line.updates === undefined ? [] : [say('digest.since', { number: line.updates })]),
    outletsText(line.outlets, say),
    timestamp(line.at, 'R'),
  ]
  const headline = foreignLink(line.headline, line.url, room)
  return [
    ...(line.section === undefined ? [] : [`### ${line.section}`]),
    `**${line.updates === undefined ? headline : say('digest.update', { headline })}**`,
    `-# ${facts.join(' · ')}`,
  ].join('\n')
}

function outletsText(outlets: readonly string[], say: Say): string {
  const named = outlets.slice(0, 2).map((outlet) => foreign(outlet, 40))
  const more = outlets.length - named.length
  return [...named, ...(more > 0 ? [say('digest.more', { count: more })] : [])].join(', ')
}

function storyMenu(lines: readonly Line[], say: Say) {
  return menu(
    { do: 'list', what: 'stories' },
    say('label.pickStory'),
    lines.map(({ storyId, headline, outlets }) => ({
      label: label(headline, limits.optionLabel),
      value: storyId,
      description: label(outlets.slice(0, 3).join(', '), limits.optionDescription),
    })),
  )
}

/** The row with which one turns pages; none where there is only one. */
export function turnRow(turning: Turning | undefined, say: Say) {
  if (turning === undefined || (turning.page === 0 && !turning.hasNext)) return []
  const { page, hasNext, to } = turning
  return [
    row(
      button(say('button.previous'), to(Math.max(page - 1, 0)), { disabled: page === 0 }),
      button(say('button.next'), to(page + 1), { disabled: !hasNext }),
    ),
  ]
}

/** The first of several forms of one view that Discord takes, each made for so much room; the last one where it takes none. */
export function firstThatFits(rooms: readonly number[], viewFor: (room: number) => View): View {
  let view: View | undefined
  for (const room of rooms) {
    view = viewFor(room)
    if (fits(weigh(view.components))) return view
  }
  if (view === undefined) throw new Error('There is no form of this view.')
  return view
}

/** A sentence or a few, already escaped where foreign. */
export function noteView(sentences: string): View {
  return { components: [text(sentences)] }
}
