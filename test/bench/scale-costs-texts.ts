/** Made-up news in English for what is measured by the piece: texts as long as news are, and pages with what stands around them. */
import { below, pick, seededRandom } from './random.ts'

export interface MadeUpNews {
  readonly title: string
  /** Some 400 words. */
  readonly body: readonly string[]
}

const syllables = 'bar del fen gor hal jun kel lom mar nor pel ras sten tor vik wen zan'.split(' ')
const people = 'council ministry company union court hospital university club police harbour'.split(' ')
const things = 'bridge budget ferry strike school river contract election fire festival railway tax'.split(
  ' ',
)
const verbs = 'approve delay reopen reject finance rebuild discuss close protect replace'.split(' ')
const days = 'Monday Tuesday Wednesday Thursday Friday'.split(' ')

/** Of three texts that follow each other each tells the same event; the same number always gives the same text. */
export function madeUpNews(number: number): MadeUpNews {
  const event = seededRandom(1000 + Math.floor(number / 3))
  const name = (random: () => number): string => {
    const text = Array.from({ length: 2 + below(random, 2) }, () => pick(random, syllables)).join('')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  }
  const place = name(event)
  const person = `${name(event)} ${name(event)}`
  const [who, what, does] = [pick(event, people), pick(event, things), pick(event, verbs)]
  const random = seededRandom(5000 + number)
  const sentence = (): string =>
    pick(random, [
      `The ${who} of ${place} said on ${pick(random, days)} that it would ${does} the ${what} before the end of the year.`,
      `${person}, who speaks for the ${who}, told reporters that ${10 + below(random, 900)} people were waiting for the ${pick(random, things)}.`,
      `Nobody in ${place} expected the ${pick(random, people)} of ${name(random)} to ${pick(random, verbs)} the ${what} so soon.`,
      `According to the ${pick(random, people)}, the ${pick(random, things)} near ${name(random)} cost ${1 + below(random, 90)} million euros in ${2000 + below(random, 26)}.`,
      `"We have to ${pick(random, verbs)} the ${pick(random, things)} first," said ${name(random)} ${name(random)}, "and then we shall talk about the ${what}."`,
      `After long talks with the ${pick(random, people)}, the members decided against the ${pick(random, things)} that ${person} had proposed.`,
    ])
  return {
    title: `${place}: ${who} is to ${does} the ${what}, ${person} says on ${pick(random, days)}`,
    body: Array.from({ length: 7 }, () => Array.from({ length: 3 }, sentence).join(' ')),
  }
}

/** As a site serves it: some 70 kB, of which the text is a small part. */
export function madeUpPage(news: MadeUpNews, number: number): string {
  const link = (at: number) =>
    `<li class="nav-item nav-item--${at % 7}"><a href="/section/${at}" data-track="nav-${at}"><span>Section ${at}</span></a></li>`
  const teaser = (at: number) => {
    const { title, body } = madeUpNews(number + 100 + at * 3)
    return `<div class="teaser teaser--small"><a href="/news/${at}"><img src="/img/${at}.jpg" alt="" loading="lazy" width="320" height="180"><h3>${title}</h3><p>${body[0]?.slice(0, 160)}</p></a></div>`
  }
  const many = (count: number, make: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => make(at)).join('\n')
  const style = many(160, (at) => `.block-${at}{display:flex;margin:0 ${at}px;color:#${100 + at}}`)
  const script = many(
    160,
    (at) =>
      `window.config=window.config||{};window.config["key${at}"]={id:${at},on:true,name:"module-${at}"};`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${news.title} | The Wire</title>
<meta property="og:title" content="${news.title}"><meta property="og:type" content="article"><meta property="article:published_time" content="2026-06-01T06:00:00Z">
<style>${style}</style><script>${script}</script></head><body><header><nav><ul>${many(60, link)}</ul></nav></header>
<main><article class="article"><h1>${news.title}</h1><p class="byline">By Ada Quill</p>${news.body.map((text) => `<p>${text}</p>`).join('\n<aside class="ad"></aside>\n')}</article>
<aside class="related">${many(30, teaser)}</aside></main>
<section class="comments">${many(20, (at) => `<div class="comment"><b>Reader ${at}</b><p>I do not think so at all.</p></div>`)}</section>
<footer><ul>${many(40, link)}</ul></footer><script>${script}</script></body></html>`
}
