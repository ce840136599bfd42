/** The words of the pages in all their languages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '../../src/web/text/en.ts'
import { catalogs, readersLanguage, sayIn } from '../../src/web/text/say.ts'

test('every language says everything, and nothing in the words of another', () => {
  const keys = Object.keys(en).sort()
  const shared = new Set(['Update', 'Feeds', 'Digests', 'Pages', 'Sources', 'Sources (OPML)', 'In'])
  for (const [language, texts] of Object.entries(catalogs)) {
    assert.deepEqual(Object.keys(texts).sort(), keys, language)
    for (const [key, text] of Object.entries(texts)) {
      const said: string =
        typeof text === 'string' ? text : String(Reflect.apply(text, undefined, ['12', '34']))
      assert.notEqual(said.trim(), '', `${language}: ${key}`)
      assert.doesNotMatch(said, /undefined|[{}<>]/, `${language}: ${key}`)
      const english = Object.entries(en).find(([name]) => name === key)?.[1]
      if (language !== 'en' && typeof english === 'string' && !shared.has(english))
        assert.notEqual(said, english, `${language}: ${key}`)
    }
  }
})

test('a count takes the figures and the plural of its language, and an unknown language is English', () => {
  const stories = (language: string, number: number) => {
    const say = sayIn(language)
    return say.count(say.texts.stories, number).replace('\u00a0', ' ')
  }
  assert.deepEqual(
    [stories('de', 1), stories('de', 1234), stories('fr', 0), stories('pt-BR', 2), stories('tlh', 2)],
    ['1 Meldung', '1.234 Meldungen', '0 sujet', '2 notícias', '2 stories'],
  )
})

test('a reader is answered in the language they like best of those spoken', () => {
  assert.equal(readersLanguage('fr;q=0.2, de-CH, en;q=0.5', 'en'), 'de')
  assert.equal(readersLanguage('ja, *;q=0.1', 'pt'), 'pt')
  assert.equal(readersLanguage('es;q=0, x;q=oops', 'de'), 'de')
  assert.equal(readersLanguage(undefined, 'en'), 'en')
})
