import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { boundMarkup } from '../../../src/article/page/bound.ts'
import { removeBoilerplate } from '../../../src/article/page/clean.ts'
import { parsePage, textOf } from '../../../src/article/page/dom.ts'

const PROSE = 'The harbour at Port Ellery reopened on Monday, nine days after a freighter ran aground.'

function clean(html: string, headline?: string): string {
  const document = parsePage(boundMarkup(`<body>${html}</body>`).markup)
  removeBoilerplate(document, headline)
  return textOf(document.body)
}

describe('cleaning', () => {
  test('removes by tag, role, class word and hiding', () => {
    const junk =
      '<nav>a</nav><div role="complementary">b</div><div class="articleShareBar">c</div><div style="display:none">d</div><p class="sr-only">e</p>'
    assert.equal(clean(`<p>${PROSE}</p>${junk}`), PROSE)
  })

  test('keeps what holds most of the prose, whatever it is called', () => {
    assert.equal(clean(`<div class="sidebar"><p>${PROSE}</p></div>`), PROSE)
  })

  test('does not believe a word under which the text would go piece by piece', () => {
    const pieces = Array.from({ length: 8 }, () => `<p class="paywall">${PROSE}</p>`).join('')
    assert.equal(clean(pieces).length, (PROSE.length + 0) * 8)
  })

  test('does not take a body for what one of its parts is called', () => {
    assert.equal(
      clean(
        `<div class="article-content has-sidebar no-comments"><p>${PROSE}</p></div><p>${PROSE}</p><p>${PROSE}</p><p>${PROSE}</p>`,
      ).length,
      PROSE.length * 4,
    )
  })

  test('removes teaser lists by their shape', () => {
    const card =
      '<div class="x1"><h3><a href="/a">Another story of the day</a></h3><span>It is short.</span></div>'
    assert.equal(clean(`<p>${PROSE}</p><div>${card.repeat(3)}</div>`), PROSE)
  })

  test('removes the next article of a page that scrolls on', () => {
    const other = `<article><h1>Market closes</h1><p>${PROSE}</p></article>`
    assert.equal(
      clean(`<article><h1>Harbour</h1><p>${PROSE}</p></article>${other}`, 'Harbour'),
      `Harbour${PROSE}`,
    )
  })
})
