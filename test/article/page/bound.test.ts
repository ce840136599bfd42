import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { boundMarkup } from '../../../src/article/page/bound.ts'
import { parsePage } from '../../../src/article/page/dom.ts'

const markupOf = (html: string) => boundMarkup(html).markup
const bodyOf = (html: string) => /<body[^>]*>(.*)<\/body>/s.exec(markupOf(html))?.[1]

describe('bounded markup', () => {
  test('puts head and body where they belong, with their attributes', () => {
    assert.equal(
      markupOf('<html lang="de"><title>T</title><body class="b"><p>x</html>'),
      '<!doctype html><html lang="de"><head><title>T</title></head><body class="b"><p>x</body></html>',
    )
  })

  test('drops comments, scripts and drawings, and sets JSON-LD aside', () => {
    const { markup, jsonLd } = boundMarkup(
      '<p>a<!-- <p>no -->b<script>var p="<p>no"</script><svg><p>no</svg><script type="application/ld+json">{}</script></p>',
    )
    assert.match(markup, /<p>ab<\/p>/)
    assert.deepEqual(jsonLd, ['{}'])
  })

  test('keeps only attributes that are looked at; a style that hides becomes hidden', () => {
    assert.equal(
      bodyOf('<div onclick="x()" data-a=\'"\' class=c style="display: none">x</div>'),
      '<div class="c" hidden>x</div>',
    )
  })

  test('is not confused by > in a quoted value, nor by a stray quote', () => {
    assert.equal(bodyOf('<p alt="a > b">x</p>'), '<p alt="a > b">x</p>')
    assert.equal(bodyOf('<p class="a"">x</p><p>y</p>'), '<p class="a">x</p><p>y</p>')
  })

  test('cuts nesting, and what is too deep still ends a paragraph', () => {
    const document = parsePage(markupOf(`${'<div>'.repeat(5_000)}one<div>two</div>three`))
    assert.equal(document.body.textContent?.includes('onetwothree'), true)
    assert.ok((markupOf('<div>'.repeat(5_000)).match(/<div>/g) ?? []).length <= 100)
  })

  test('closes paragraphs, items and links that nobody closed', () => {
    assert.equal(bodyOf('<a>x<a>y'), '<a>x</a><a>y')
    assert.equal((bodyOf('<p>x'.repeat(500)) ?? '').length, 500 * '<p>x</p>'.length - '</p>'.length)
  })

  test('ignores end tags of what is not open, and less-than signs that open nothing', () => {
    assert.equal(bodyOf('</div></p>1 < 2'), '1 &lt; 2')
  })
})
