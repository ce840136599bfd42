import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { element, escapeXml, picture } from '../../src/pictures/svg.ts'
import { anyText, elementsOf } from './texts.ts'

test('markup in text is text', () => {
  assert.equal(
    escapeXml(`<script>alert("1")</script> & 'co'`),
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &apos;co&apos;',
  )
})

test('what XML cannot say is left out', () => {
  assert.equal(escapeXml('a\u0000\u0008\uFFFE\uD800b\uDFFF\u{1F389}'), 'ab\u{1F389}')
})

/** As XML 1.0 has it, section 2.2. */
function isSayable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return [0x9, 0xa, 0xd].includes(code)
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000
}

test('whatever an element and its attributes hold, it is well-formed and reads back', () => {
  fc.assert(
    fc.property(anyText, anyText, (attribute, text) => {
      const size = { width: 10, height: 10, scale: 1 }
      const [read] = elementsOf(picture(size, element('text', { fill: attribute }, escapeXml(text))), 'text')
      const said = (value: string) => [...value].filter(isSayable).join('').replace(/\r\n?/g, '\n')
      assert.equal(read?.textContent, said(text))
      assert.equal(read?.getAttribute('fill'), said(attribute).replace(/[\t\n]/g, ' '))
    }),
    { numRuns: 300 },
  )
})

test('numbers are written short', () => {
  assert.equal(element('rect', { x: 1 / 3, y: 2 }), '<rect x="0.33" y="2"/>')
})
