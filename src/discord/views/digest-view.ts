/**
 * An edition → the messages of a digest. Stories are packed in order into as few messages as Discord's limits allow; each
 * message is whole by itself and bears its marker, by which it is found again after a crash.
 *
 * The lead story comes first, with its picture and its whole summary; the others have their brief. A story that was told before says what
 * is new instead. What was corrected since it was posted says so in its place; a message holds the same stories then as before.
 * Nothing foreign gets in but through `foreign`, `foreignLink`, `label` and `linkable`.
 */
import type { APIComponentInContainer } from 'discord-api-types/v10'
import type { Correction, Corrections } from '../../digest/correction.ts'
import type { Edition, EditionItem, SourcedSentence } from '../../digest/edition.ts'
import { customId } from '../custom-id.ts'
import { languageLabel } from '../text/languages.ts'
import { type Say, sayIn } from '../text/say.ts'
import { cut, foreign, foreignLink, label, linkable } from './foreign.ts'
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
  /** What has become of its leading article since. */
  readonly correction?: Correction
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

export function digestView(
  edition: Edition,
  { late, corrections = new Map() }: { readonly late: boolean; readonly corrections?: Corrections },
): readonly View[] {
  const say = sayIn(edition.language)
  return pack(edition, say, late).map((page) => messageOf(correctedPage(page, corrections, say), say))
}

/** The page with what has become of its articles. Where that takes more room than there is, headlines and briefs give way. */
function correctedPage(page: Page, corrections: Corrections, say: Say): Page {
  if (!page.blocks.some(({ item }) => corrections.has(item.articleId))) return page
  const corrected = (longest: number, keepsBriefs: 'all' | 'others' | 'none'): Page => ({
    ...page,
    blocks: page.blocks.map((block) => {
      const correction = corrections.get(block.item.articleId)
      const isBrief = keepsBriefs === 'none' || (keepsBriefs === 'others' && correction !== undefined)
      const kept = isBrief ? withoutBrief(block) : block
      return correction === undefined ? kept : correctedBlock(kept, correction, longest)
    }),
  })
  const tries = [
    corrected(maxHeadline, 'all'),
    corrected(150, 'all'),
    corrected(100, 'others'),
    corrected(100, 'none'),
  ]
  const isFitting = (each: Page) => fits(plus(weigh(messageOf(each, say).components), mentionRoom))
  return tries.find(isFitting) ?? page
}

function correctedBlock(block: Block, correction: Correction, longest: number): Block {
  const headline = cut(correction.kind === 'headline' ? correction.headline : block.item.headline, longest)
  return { ...block, item: { ...block.item, headline }, correction }
}

function withoutBrief(block: Block): Block {
  return { ...block, item: { ...block.item, brief: '', summary: [], ...shortUpdate(block.item) } }
}

function shortUpdate({ update }: EditionItem): Pick<EditionItem, 'update'> {
  return update === undefined ? {} : { update: { ...update, news: [] } }
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
  return foreign(sections === 'language' ? languageLabel(section, say) : section, 80)
}

function messageOf(page: Page, say: Say): View {
  const { edition, blocks, part } = page
  return {
    components: [
      container([
        ...heading(page, say),
        ...blocks.flatMap((block) => storyBlock(block, say)),
        ...modelNote(blocks, say),
        blocks.some(isReadable)
          ? storyMenu(edition, blocks.filter(isReadable), part, say)
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

/** What its source has withdrawn leads nowhere any more. */
function isReadable({ correction }: Block): boolean {
  return correction?.kind !== 'withdrawn'
}

function storyBlock(block: Block, say: Say): readonly APIComponentInContainer[] {
  const { item, isLead, section, correction } = block
  const above = section === undefined ? [] : [`## ${section}`]
  if (correction?.kind === 'withdrawn')
    return [text([...above, ...withdrawnLines(item, correction, say)].join('\n'))]
  const image = isLead && item.image !== undefined ? linkable(item.image) : undefined
  return [
    ...(image === undefined ? [] : [picture(image, label(item.headline, limits.pictureDescription))]),
    text([...above, ...lines(item, isLead, say), ...correctedLines(correction, say)].join('\n')),
    row(
      button(say('button.summary'), { do: 'summary', storyId: item.storyId }),
      button(say('button.fulltext'), { do: 'story-text', storyId: item.storyId }),
    ),
  ]
}

function withdrawnLines({ headline }: EditionItem, { at }: Correction, say: Say): readonly string[] {
  return [
    `### ~~${foreign(headline, maxHeadline)}~~`,
    `-# ${say('correction.withdrawn', { at: timestamp(at, 't') })}`,
  ]
}

function correctedLines(correction: Correction | undefined, say: Say): readonly string[] {
  if (correction === undefined) return []
  return [`-# ${say('correction.headline', { at: timestamp(correction.at, 't') })}`]
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
