/**
 * An edition: what a digest said, as it was frozen. Pictures of other hosts are not shown: a reader's browser asks nobody but this site.
 */
import type { ArticleId, StoryId } from '../../article/article.ts'
import type { PublishedEdition } from '../../digest/archive.ts'
import type { Digest } from '../../digest/definition.ts'
import type { Edition, EditionItem, SourcedSentence } from '../../digest/edition.ts'
import { cardPath, digestPath, editionPath, storyPath } from '../addresses.ts'
import { type Dates, datesIn, isoTime } from '../dates.ts'
import { type Markup, markup, type Piece } from '../markup.ts'
import type { Site } from '../site.ts'
import { type Say, sayIn } from '../text/say.ts'
import { dotted, foreignLink, line, outletLine } from './foreign.ts'
import { page } from './layout.ts'

export interface EditionPage {
  readonly digest: Digest
  readonly edition: PublishedEdition
  /** Where the stories of its articles are today. */
  readonly stories: ReadonlyMap<ArticleId, StoryId>
  /** The numbers of the editions before and after it. */
  readonly older?: number
  readonly newer?: number
}

export function editionPage(site: Site, shown: EditionPage): string {
  const { digest, edition } = shown
  const say = sayIn(edition.language)
  const { texts } = say
  const dates = datesIn(say.language, digest.schedule.zone)
  const number = texts.number(say.figure(edition.number))
  const facts = [
    markup`<time datetime="${isoTime(edition.slot)}">${dates.day(edition.slot)}</time>`,
    edition.items.length === 0 ? '' : say.count(texts.reading, edition.minutes),
  ]
  return page(
    site,
    say,
    {
      title: `${edition.title} · ${number}`,
      description: edition.items.map((item) => item.headline).join(' · '),
      path: editionPath(digest.id, edition.number),
      digest,
      kind: 'article',
      card: cardPath(digest.id, edition.number),
      publishedAt: isoTime(edition.slot),
    },
    markup`<header class="edition">
<p class="above"><a href="${site.path(digestPath(digest.id))}">${texts.allEditions}</a></p>
<h1>${line(edition.title)} <span class="number">${number}</span></h1>
<p class="facts">${dotted(facts)}</p>
${edition.quiet === undefined ? '' : markup`<p class="note">${edition.items.length === 0 ? texts.quietNone : texts.quiet}</p>`}
</header>
${editionStories(site, say, dates, shown)}
${modelNote(edition.items, say)}
${turning(site, say, shown)}`,
  )
}

function editionStories(site: Site, say: Say, dates: Dates, { edition, stories }: EditionPage): Piece {
  const { items, hasLead, sections } = edition
  let above: string | undefined
  return items.map((item, at) => {
    const isLead = hasLead && at === 0
    const isFirst = !isLead && sections !== 'none' && (item.section !== above || at === Number(hasLead))
    if (!isLead) above = item.section
    const isBelow = sections !== 'none' && !isLead
    return [
      isFirst ? markup`<h2 class="section">${sectionName(item.section, edition, say)}</h2>\n` : '',
      storyBlock(site, say, dates, { item, isLead, isBelow, edition, storyId: stories.get(item.articleId) }),
    ]
  })
}

function sectionName(section: string | undefined, { sections }: Edition, say: Say): Piece {
  if (section === undefined || section === 'und') return say.texts.other
  if (sections !== 'language' || !/^[a-z]{2,3}$/.test(section)) return line(section)
  const name = new Intl.DisplayNames([say.language], { type: 'language', fallback: 'code' }).of(section) ?? ''
  return name.charAt(0).toLocaleUpperCase(say.language) + name.slice(1)
}

interface Block {
  readonly item: EditionItem
  readonly isLead: boolean
  /** Below the heading of a section. */
  readonly isBelow: boolean
  readonly edition: PublishedEdition
  readonly storyId: StoryId | undefined
}

function storyBlock(site: Site, say: Say, dates: Dates, block: Block): Markup {
  const { item, isLead, isBelow, edition, storyId } = block
  const within = storyId === undefined ? undefined : site.path(storyPath(storyId))
  const headline = line(item.headline)
  const linked =
    item.url === undefined && within !== undefined
      ? markup`<a href="${within}">${headline}</a>`
      : foreignLink(headline, item.url)
  const mark = item.update === undefined ? '' : markup`<span class="mark">${say.texts.update}</span> `
  const facts = [
    item.update === undefined ? '' : say.texts.since(say.figure(item.update.ofNumber)),
    outletLine(item.outlets, say),
    item.texts < item.outlets.length
      ? say.texts.sameText(say.figure(item.outlets.length), say.figure(item.texts))
      : '',
    markup`<time datetime="${isoTime(item.at)}">${dates.time(item.at, edition.slot)}</time>`,
    say.count(say.texts.minutes, item.minutes),
    item.by === 'model' ? '✦' : '',
    within === undefined ? '' : markup`<a href="${within}">${say.texts.toStory}</a>`,
  ]
  return markup`<article class="${isLead ? 'story lead' : 'story'}" id="${`s-${item.storyId}`}">
${isBelow ? markup`<h3>${mark}${linked}</h3>` : markup`<h2>${mark}${linked}</h2>`}
${told(item, isLead)}
${correctionNote(block, say, dates)}
<p class="facts">${dotted(facts)}</p>
</article>
`
}

/** What became of the article since the edition told of it. */
function correctionNote({ item, edition }: Block, { texts }: Say, dates: Dates): Piece {
  const correction = edition.corrections.get(item.articleId)
  if (correction === undefined) return ''
  const at = dates.time(correction.at, edition.slot)
  return markup`<p class="note">${correction.kind === 'headline' ? texts.corrected(at) : texts.withdrawn(at)}</p>`
}

/** What is new in a story that came before; of the lead its summary, of the others the brief. */
function told({ update, summary, brief }: EditionItem, isLead: boolean): Piece {
  if (update !== undefined) return update.news.map(newsLine)
  const text = isLead && summary.length > 0 ? summary.map((sentence) => sentence.text).join(' ') : brief
  return text === '' ? '' : markup`<p class="brief" dir="auto">${text}</p>`
}

function newsLine({ text, outlet }: SourcedSentence): Markup {
  return markup`<p class="brief" dir="auto">${text} <span class="from">(${line(outlet)})</span></p>`
}

export function modelNote(items: readonly Pick<EditionItem, 'by' | 'model'>[], say: Say): Piece {
  const written = items.filter((item) => item.by === 'model')
  if (written.length === 0) return ''
  const names = [...new Set(written.flatMap(({ model }) => model ?? []))].join(', ')
  return markup`<p class="note">${say.texts.byModel(names === '' ? '' : ` (${names})`)}</p>`
}

function turning(site: Site, say: Say, { digest, older, newer }: EditionPage): Markup {
  const link = (number: number | undefined, rel: string, arrow: (text: string) => string): Piece =>
    number === undefined
      ? markup`<span></span>`
      : markup`<a rel="${rel}" href="${site.path(editionPath(digest.id, number))}">${arrow(say.texts.number(say.figure(number)))}</a>`
  return markup`<nav class="pages" aria-label="${say.texts.editions}">
${link(older, 'prev', (text) => `← ${text}`)}
<a href="${site.path(digestPath(digest.id))}">${say.texts.allEditions}</a>
${link(newer, 'next', (text) => `${text} →`)}
</nav>`
}
