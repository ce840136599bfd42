/** An edition as one page that needs nothing else: no script, no picture, no address but those of its articles. */
import type { Edition, EditionItem } from '../../digest/edition.ts'
import { dateIn } from './as-text.ts'

const style = `
:root { color-scheme: light dark; --ink: #1d1d1f; --soft: #5c5c63; --line: #d8d8dd; --paper: #fdfdfb; --link: #0b57a4 }
@media (prefers-color-scheme: dark) { :root { --ink: #ececef; --soft: #a5a5ad; --line: #3a3a40; --paper: #18181b; --link: #8ab8f0 } }
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink); font: 1.05rem/1.6 Georgia, serif }
h1 { font-size: 1.7rem; margin: 0 } h2 { font-size: 1rem; margin: 2.5rem 0 0; color: var(--soft) } h3 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .35rem }
a { color: var(--link) } p { margin: 0 0 .35rem } .facts { color: var(--soft); font: .85rem/1.5 system-ui, sans-serif }
article { border-top: 1px solid var(--line); padding: 1.25rem 0 } .update { border-left: 3px solid var(--line); padding-left: .75rem }
`

export function editionPage(edition: Edition, zone: string): string {
  let section: string | undefined
  const items = edition.items.map((item, at) => {
    const isNew = item.section !== undefined && item.section !== section && !(at === 0 && edition.hasLead)
    section = item.section ?? section
    return `${isNew ? `<h2>${escaped(item.section ?? '')}</h2>\n` : ''}${itemMarkup(item)}`
  })
  return `<!doctype html>
<html lang="${escaped(edition.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(edition.title)} · No. ${edition.number}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(edition.title)}</h1>
<p class="facts">No. ${edition.number} · ${escaped(dateIn(edition, zone))}</p>
${edition.quiet === undefined ? '' : '<p>A quiet day.</p>\n'}${items.join('\n')}
</main>
</body>
</html>
`
}

function itemMarkup({ headline, url, summary, brief, update, outlets, minutes }: EditionItem): string {
  const title = escaped(headline)
  const linked = isWeb(url) ? `<a href="${escaped(url)}" rel="noreferrer">${title}</a>` : title
  const told = summary.length > 0 ? summary.map(({ text }) => text).join(' ') : brief
  const news =
    update === undefined
      ? ''
      : `<p class="update">Update to No. ${update.ofNumber}: ${escaped(update.news.map(({ text }) => text).join(' '))}</p>\n`
  return `<article>
<h3>${linked}</h3>
${news}<p>${escaped(told)}</p>
<p class="facts">${escaped(outlets.join(', '))} · ${minutes} min</p>
</article>`
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url)
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
