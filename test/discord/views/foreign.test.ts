import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  cut,
  cutIndex,
  escapeMarkdown,
  foreign,
  foreignLink,
  linkable,
  visible,
} from '../../../src/discord/views/foreign.ts'

const escapes: readonly (readonly [what: string, given: string, expected: string])[] = [
  ['mentions', '@everyone <@123> <#4> <@&5>', '\\@everyone \\<\\@123\\> \\<\\#4\\> \\<\\@&5\\>'],
  ['masked links', '[free nitro](https://evil.example)', '\\[free nitro\\]\\(https:\\//evil.example\\)'],
  ['bare links', 'see https://evil.example now', 'see https:\\//evil.example now'],
  ['invites', 'discord.gg/abc and discordapp.com/invite/x', 'discord.gg\\/abc and discordapp.com\\/invite/x'],
  ['headings', '# Heading', '\\# Heading'],
  ['lists', '- item', '\\- item'],
  ['numbered lists', '1. item', '1\\. item'],
  ['quotes and spoilers', '> a ||b||', '\\> a \\|\\|b\\|\\|'],
  ['emphasis and code', '**a** _b_ ~~c~~ `d`', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`'],
  ['timestamps and custom emoji', '<t:0:R> <:x:1>', '\\<t:0:R\\> \\<:x:1\\>'],
  ['backslashes', 'a\\*b', 'a\\\\\\*b'],
]

for (const [what, given, expected] of escapes) {
  test(`${what} in foreign text are shown and do nothing`, () =>
    assert.equal(escapeMarkdown(given), expected))
}

test('what cannot be seen is taken out, what shapes letters and emoji stays', () => {
  assert.equal(visible('a\u202Egnp.exe\u202C'), 'a gnp.exe')
  assert.equal(visible('zero\u200Bwidth\uFEFF'), 'zero width')
  assert.equal(visible('👩\u200D👩\u200D👧'), '👩\u200D👩\u200D👧')
  assert.equal(visible('می\u200Cخواهم'), 'می\u200Cخواهم')
  assert.equal(visible('a\u200Db'), 'a\u200Db'.replace('\u200D', '\u200D'))
  assert.equal(visible('\u200Dab\u200D'), 'ab')
  assert.equal(visible(`z${'\u0301'.repeat(40)}`), `z${'\u0301'.repeat(4)}`)
  assert.equal(visible('a\nb\r\n\tc'), 'a b c')
})

test('a cut comes between words, keeps graphemes whole and says that something is missing', () => {
  assert.equal(cut('one two three four', 15), 'one two three…')
  assert.equal(cut('Donaudampfschifffahrt', 8), 'Donauda…')
  assert.equal(cut('short', 12), 'short')
  assert.equal(cut('👩\u200D👩\u200D👧👩\u200D👩\u200D👧', 10), '👩\u200D👩\u200D👧…')
  assert.equal(cut('東京で大きな地震がありました', 6), '東京で大き…')
})

test('an address is linked only if it is a web address that cannot break out of the link', () => {
  assert.equal(linkable('javascript:alert(1)'), undefined)
  assert.equal(linkable('https://user:pass@evil.example/'), undefined)
  assert.equal(linkable('https://a.example/x)y(z'), 'https://a.example/x%29y%28z')
  assert.equal(linkable(`https://a.example/${'x'.repeat(600)}`), undefined)
  assert.equal(foreignLink('a](b', 'https://a.example/', 100), '[a\\]\\(b](https://a.example/)')
  assert.equal(foreignLink('plain', 'ftp://a.example/', 100), 'plain')
})

test('whatever the text, its shown form fits, ends no link and pings nobody', () => {
  const nasty = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '@everyone',
        '<@1>',
        '](',
        '\\',
        '**',
        '||',
        '`',
        'https://x.example',
        '\u202E',
        '\n# ',
        '👩‍👩‍👧',
        '\uD800',
      ),
    ),
  )
  fc.assert(
    fc.property(nasty, fc.integer({ min: 4, max: 200 }), (parts, max) => {
      const shown = foreign(parts.join(''), max)
      assert.ok(shown.length <= max, `${shown.length} > ${max}`)
      assert.ok(shown.isWellFormed())
      assert.doesNotMatch(shown, /[\n\u202A-\u202E]/)
      const bare = shown.replace(/\\[^\p{L}\p{N}\s]/gu, '')
      assert.doesNotMatch(bare, /[@<>[\]()`*_~|#]|:\/\//)
    }),
    { numRuns: 500 },
  )
})

test('a text cut into pieces loses nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 20, max: 60 }),
      (text, max) => {
        let rest = text
        let whole = ''
        while (rest !== '') {
          const end = cutIndex(rest, max)
          assert.ok(end > 0)
          whole += rest.slice(0, end)
          rest = rest.slice(end)
        }
        assert.equal(whole, text)
      },
    ),
  )
})
