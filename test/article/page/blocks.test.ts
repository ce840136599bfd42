import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readBlocks } from '../../../src/article/page/blocks.ts'
import { boundMarkup } from '../../../src/article/page/bound.ts'
import { parsePage } from '../../../src/article/page/dom.ts'

const blocksOf = (html: string) => readBlocks(parsePage(boundMarkup(html).markup).body)
const textsOf = (html: string) => blocksOf(html).map((block) => block.text)

describe('blocks of text', () => {
  test('are ended by block elements and not by inline ones', () => {
    assert.deepEqual(textsOf('<div>One <b>bo</b>ld <i>word</i><p>two</p>three</div>'), [
      'One bold word',
      'two',
      'three',
    ])
  })

  test('are ended by two line breaks; one is a space', () => {
    assert.deepEqual(textsOf('one<br>two<br> <br>three'), ['one two', 'three'])
  })

  test('say what they are', () => {
    const kinds = blocksOf('<h2>a</h2><p>b</p><ul><li>c</li></ul><blockquote><p>d</p></blockquote>').map(
      (block) => block.kind,
    )
    assert.deepEqual(kinds, ['heading', 'paragraph', 'item', 'quote'])
  })

  test('count what is linked, but not telephone numbers and mail addresses', () => {
    const [first, second] = blocksOf('<p>see <a href="/x">there</a></p><p>call <a href="tel:1">12345</a></p>')
    assert.equal(first?.linkLength, 5)
    assert.equal(second?.linkLength, 0)
  })

  test('join the short cells of a row and keep prose cells apart', () => {
    assert.deepEqual(textsOf('<table><tr><td>a</td><td>b</td></tr></table>'), ['a | b'])
    const long = 'A long cell that holds running text. '.repeat(5).trim()
    assert.deepEqual(textsOf(`<table><tr><td>${long}</td><td>${long}</td></tr></table>`), [long, long])
  })

  test('count a mail without an address as a link, for it shares the page', () => {
    const linked = (href: string) => blocksOf(`<p><a href="${href}">Email</a></p>`)[0]?.linkLength
    assert.equal(linked('mailto:?subject=Coastal%20railway'), 5)
    assert.equal(linked('mailto:news@estuary.example'), 0)
  })

  test('leave out controls, media and machinery', () => {
    assert.deepEqual(
      textsOf('<button>go</button><textarea>x</textarea><video>v</video><script>1</script><p>y</p>'),
      ['y'],
    )
  })
})
