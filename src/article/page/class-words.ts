/**
 * What generic words in `class`, `id`, `role` and `data-*` names say about an element. Names are split into words
 * (`relatedArticles`, `related_articles` and `related-articles` are the same two), and single words and pairs are
 * looked up. Only words that are used alike by many publishers are here, never one publisher's own.
 */
import type { PageElement } from './dom.ts'

/** Notices, readers' words and advertising: never the article, even where they are most of the page. */
const STRANGE = table(`
  cookie cookies consent gdpr ccpa dsgvo onetrust didomi usercentrics cookielaw cookiebot cybot cmp privacy
  comments commentlist comment-list comments-area comments-section comment-form comment-body disqus livefyre respond
  outbrain taboola plista adslot adsense advert advertisement advertising anzeige anzeigen werbung publicite
  newsletter newsletters
`)

/** What surrounds an article or interrupts it; a page that calls its text so is believed (see `clean.ts`). */
const JUNK = table(`
  related recommended recommendation recommendations recirc recirculation
  share sharing shares sharebar sharebox sharedaddy addthis social socials sociable
  comment ad ads advertorial adcontainer adwrapper
  sponsor sponsored promo promos promobox promotion paywall subscribe subscription subscriptions abo
  popup modal overlay lightbox dialog
  breadcrumb breadcrumbs nav navi navbar navigation menu sidebar pagination pager paginator
  tags taglist tagcloud keywords hashtags
  caption captions figcaption bildunterschrift bildtext
  gallery slideshow carousel slider swiper bildergalerie fotostrecke
  player jwplayer videoplayer audioplayer podcast
  poll quiz survey voting umfrage rating ratings
  toolbar toolbox tools bookmark
  authorbox authorbio bio biography
  login signin signup signon register registration sign-in
  skip hidden invisible screenreader
  readmore seealso mostread mostpopular trending popular
  disclaimer copyright toc feedback donate donation widget
  read-more read-also read-next lire-aussi also-read see-also mehr-zum mehr-zu more-on more-from more-in more-news more-stories
  most-read most-popular most-viewed up-next you-may you-might also-like further-reading
  author-box author-bio author-info author-card author-description about-author about-the bio-box
  article-footer post-footer entry-footer story-footer article-tags post-tags article-meta post-meta entry-meta
  sr-only visually-hidden screen-reader link-list linklist links-list teaser-list teaser-group teaser-box topic-list topics-list
  article-list news-list post-navigation post-nav prev-next
  article-share jump-link jump-links table-of key-facts
  image-credit photo-credit picture-credit media-credit img-credit image-caption photo-caption media-caption
  call-to sign-up log-in live-ticker app-promo print-only no-print
`)

/** Teasers of other articles, if they are shaped so; a standfirst may be called a teaser too. */
const TEASER = table('teaser teasers teaserbox card cards tile tiles')

/** Elements so named hold the article, whatever else they are called. */
const BODY = table(`
  articlebody storybody newsbody postbody textbody bodytext articletext storytext entrycontent postcontent articlecontent
  article-body story-body news-body post-body entry-body body-text body-content body-copy body-article
  article-text story-text news-text post-text text-content
  article-content story-content news-content post-content entry-content content-body content-text main-text
  article-copy rich-text richtext fulltext full-text
`)

const STANDFIRST = table(`
  standfirst dek deck lead lede leadtext lead-text intro introtext intro-text introduction teaser-text teasertext subtitle sub-title
  subline subheadline sub-headline subhead subheading sub-heading subtitulo chapo chapeau chapo-text vorspann anriss
  entradilla bajada copete sommario occhiello ingress ingressen manchet summary excerpt abstract article-summary
  article-description description article-intro article-lead article-teaser article-subtitle article-dek preamble
  kurztext einleitung spot catchline
`)

function table(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

/** The words of an element's class and id, lower case; utility classes (`print:hidden`, `[&>p]:m-0`) say nothing. */
export function nameWords(element: PageElement): string[] {
  const name = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
  if (name === ' ') return []
  return name
    .slice(0, 400)
    .split(/\s+/)
    .filter((part) => !/[:[\]]/.test(part))
    .flatMap(splitWords)
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
}

/** `has-caption`, `no-sidebar`: said of an element that is something else. */
const SAYS_OF = table('has with no without is not js')

function findWord(words: readonly string[], table: ReadonlySet<string>): string | undefined {
  for (const [at, word] of words.entries()) {
    if (SAYS_OF.has(words[at - 1] ?? '')) continue
    if (table.has(word)) return word
    const pair = `${word}-${words[at + 1] ?? ''}`
    if (table.has(pair)) return pair
  }
  return undefined
}

/** Whether an element is called a notice, an advert or readers' comments. */
export function isNamedStrange(words: readonly string[]): boolean {
  return findWord(words, STRANGE) !== undefined
}

/** The word by which an element calls itself something beside the article, or undefined. */
export function findJunkWord(words: readonly string[]): string | undefined {
  return findWord(words, JUNK)
}

/**
 * Whether an element is called something that holds the article's text: one of its class names ends so, modifiers
 * aside (`c-article-body--wide` does, `article-content__share` does not).
 */
export function isNamedBody(element: PageElement): boolean {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
    .slice(0, 400)
    .split(/\s+/)
  if (/articlebody/i.test(element.getAttribute('itemprop') ?? '')) return true
  return names.some((name) => {
    const words = splitWords(name.replace(/--.*$/, ''))
    return BODY.has(words.slice(-2).join('-')) || BODY.has(words.at(-1) ?? '')
  })
}

/** Whether an element is called a teaser or card. */
export function isNamedTeaser(words: readonly string[]): boolean {
  return findWord(words, TEASER) !== undefined
}

/** Whether an element is called a standfirst. */
export function isNamedStandfirst(words: readonly string[]): boolean {
  return findWord(words, STANDFIRST) !== undefined
}
