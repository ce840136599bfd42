/**
 * An edition → the messages of a digest. Stories are packed in order into as few messages as Discord's limits allow; each
 * message is whole by itself and bears its marker, by which it is found again after a crash.
 *
 * The lead story comes first, with its picture and its whole summary; the others have their brief. A story that was told before says what
 * is new instead. Nothing foreign gets in but through `foreign`, `foreignLink`, `label` and `linkable`.
 */
import type { APIComponentInContainer } from 'discord-api-types/v10'
import type { Edition, EditionItem, SourcedSentence } from '../../digest/edition.ts'
import { customId } from '../custom-id.ts'
import { languageName } from '../text/language-name.ts'
import { type Say, sayIn } from '../text/say.ts'
import { foreign, foreignLink, label, linkable } from './foreign.ts'
import {
  button,
  container,
  fits,
  menu,
  picture,
  plus,
  row,
  separator,
  text,
  type View,
  type Weight,
  weigh,
} from './layout.ts'
import { limits } from './limits.ts'
import { timestamp } from './time.ts'

/** A story with what stands above it in the edition. */
interface Block {
  readonly item: EditionItem
  readonly isLead: boolean
  /** The heading of its section, where it is the first there. */
  readonly section?: string
}

/** One message of an edition, before it is laid out. */
interface Page {
  readonly edition: Edition
  readonly blocks: readonly Block[]
  readonly part: number
  readonly late: boolean
}

/** Marks what a model wrote; the foot of the message says what it means. */
const MODEL_MARK = '✦'
/** The mention of a role may be put above a message as it is posted. */
const mentionRoom: Weight = { components: 1, characters: 32, bytes: 48 }
const maxHeadline = 400
const maxBrief = 300
const maxLeadSummary = 700

export function digestView(edition: Edition, options: { readonly late: boolean }): readonly View[] {
  const say = sayIn(edition.language)
  return pack(edition, say, options.late).map((page) => messageOf(page, say))
}

/** Where a message of an edition shows which one it is: the custom id of its menu. */
export function markerOf(edition: Pick<Edition, 'id'>, part: number): string {
  return customId({ do: 'edition', editionId: edition.id, part })
}

function pack(edition: Edition, say: Say, late: boolean): readonly Page[] {
  const pages: Page[] = []
  let page: Page = { edition, blocks: [], part: 0, late }
  for (const block of blocksOf(edition, say)) {
    const next = { ...page, blocks: [...page.blocks, block] }
    const weight = plus(weigh(messageOf(next, say).components), mentionRoom)
    if (page.blocks.length > 0 && !fits(weight)) {
      pages.push(page)
      page = { edition, blocks: [block], part: page.part + 1, late }
    } else {
      page = next
    }
  }
  return [...pages, page]
}

/** Only what stands in a section has a heading; what is in none has one where sections stand before it. */
function blocksOf({ items, hasLead, sections }: Edition, say: Say): readonly Block[] {
  let above: string | undefined
  return items.map((item, at): Block => {
    const isLead = hasLead && at === 0
    if (isLead || sections === 'none') return { item, isLead }
    const isFirst = item.section !== above
    above = item.section
    return isFirst ? { item, isLead, section: sectionHeading(item.section, sections, say) } : { item, isLead }
  })
}

/** What stands above the stories of a section; those without one come last. */
export function sectionHeading(section: string | undefined, sections: Edition['sections'], say: Say): string {
  if (section === undefined || section === 'und') return say('digest.other')
  return foreign(sections === 'language' ? languageName(section, say.locale) : section, 80)
}

function messageOf(page: Page, say: Say): View {
  const { edition, blocks, part } = page
  return {
    components: [
      container([
        ...heading(page, say),
        ...blocks.flatMap((block) => storyBlock(block, say)),
        ...modelNote(blocks, say),
        blocks.length > 0
          ? storyMenu(edition, blocks, part, say)
          : row(button(say('headlines.newest'), { do: 'edition', editionId: edition.id, part })),
      ]),
    ],
  }
}

function heading({ edition, part, late }: Page, say: Say): readonly APIComponentInContainer[] {
  const values = { title: foreign(edition.title, 120), number: edition.number }
  const day = timestamp(edition.slot, 'D')
  if (part > 0) return [text(`## ${say('digest.continued', values)}\n${day}`), separator]
  const isEmpty = edition.items.length === 0
  const facts = isEmpty ? [day] : [day, say('label.reading', { minutes: edition.minutes })]
  const lines = [
    `## ${say('digest.title', values)}`,
    facts.join(' · '),
    ...(late ? [`-# ${say('digest.late', { due: timestamp(edition.slot, 'f') })}`] : []),
    ...(edition.quiet === undefined ? [] : [say(isEmpty ? 'digest.quietNone' : 'digest.quiet')]),
  ]
  return [text(lines.join('\n')), separator]
}

function storyBlock({ item, isLead, section }: Block, say: Say): readonly APIComponentInContainer[] {
  const image = isLead && item.image !== undefined ? linkable(item.image) : undefined
  return [
    ...(image === undefined ? [] : [picture(image, label(item.headline, limits.pictureDescription))]),
    text([...(section === undefined ? [] : [`## ${section}`]), ...lines(item, isLead, say)].join('\n')),
    row(
      button(say('button.summary'), { do: 'summary', storyId: item.storyId }),
      button(say('button.fulltext'), { do: 'story-text', storyId: item.storyId }),
    ),
  ]
}

function lines(item: EditionItem, isLead: boolean, say: Say): readonly string[] {
  const { update } = item
  const headline = foreignLink(item.headline, item.url, maxHeadline)
  if (update !== undefined) {
    const since = say('digest.since', { number: update.ofNumber })
    return [
      `### ${say('digest.update', { headline })}`,
      ...newsLines(update.news),
      `-# ${since} · ${facts(item, say)}`,
    ]
  }
  const said =
    isLead && item.summary.length > 0 ? item.summary.map((each) => each.text).join(' ') : item.brief
  const brief = said === '' ? [] : [foreign(said, isLead ? maxLeadSummary : maxBrief)]
  return [`### ${headline}`, ...brief, `-# ${facts(item, say)}`]
}

function newsLines(news: readonly SourcedSentence[]): readonly string[] {
  return news.map((sentence) => `> ${foreign(sentence.text, maxBrief)} (${foreign(sentence.outlet, 40)})`)
}

function facts(item: EditionItem, say: Say): string {
  const outlets = item.outlets.length
  return [
    outletLine(item.outlets, say),
    ...(item.texts < outlets ? [say('digest.texts', { outlets, texts: item.texts })] : []),
    timestamp(item.at, 'R'),
    say('digest.minutes', { minutes: item.minutes }),
    ...(item.by === 'model' ? [MODEL_MARK] : []),
  ].join(' · ')
}

function outletLine(outlets: readonly string[], say: Say): string {
  const named = outlets.slice(0, 3).map((outlet) => foreign(outlet, 40))
  const more = outlets.length - named.length
  return more > 0 ? `${named.join(', ')}, ${say('digest.more', { count: more })}` : named.join(', ')
}

function modelNote(blocks: readonly Block[], say: Say): readonly APIComponentInContainer[] {
  const models = new Set(blocks.flatMap(({ item }) => (item.by === 'model' ? [item.model ?? ''] : [])))
  if (models.size === 0) return []
  const model = foreign([...models].filter((name) => name !== '').join(', '), 80)
  return [text(`-# ${MODEL_MARK} ${say('label.writtenByModel', { model })}`)]
}

function storyMenu(edition: Edition, blocks: readonly Block[], part: number, say: Say) {
  return menu(
    { do: 'edition', editionId: edition.id, part },
    say('label.pickStory'),
    blocks.map(({ item }) => ({
      label: label(item.headline, limits.optionLabel),
      value: item.storyId,
      description: label(item.outlets.join(', '), limits.optionDescription),
    })),
  )
}
