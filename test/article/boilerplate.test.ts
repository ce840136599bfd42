import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cutTail, isBoilerplateLine, removeBoilerplate } from '../../src/article/boilerplate.ts'
import { PHRASES } from '../../src/article/boilerplate-phrases.ts'

test('the tables are lower case, without repetition and with straight apostrophes', () => {
  for (const [language, phrases] of Object.entries(PHRASES)) {
    for (const [kind, list] of Object.entries(phrases)) {
      assert.ok(
        list.every((phrase: string) => phrase === phrase.toLowerCase().trim() && phrase !== ''),
        `${language} ${kind}`,
      )
      assert.ok(!list.join('').includes('’'), `${language} ${kind}`)
      assert.equal(new Set(list).size, list.length, `${language} ${kind}`)
    }
  }
})

suite('a line of web furniture', () => {
  for (const line of [
    'Leave a Reply',
    'LEAVE A REPLY',
    'Share this:',
    'Like this: Loading...',
    'Like this:',
    'Loading…',
    'Advertisement',
    'ANZEIGE',
    '- Werbung -',
    'Kommentar schreiben',
    'Newsletter abonnieren',
    'Read more »',
    'Lesen Sie auch: Wie die Stadt spart',
    'Mehr zum Thema',
    'Copyright © 2026 Example Media GmbH',
    '© Beispiel-Verlag 2026',
    '© 2026 Example. All rights reserved.',
    'Comments are closed.',
    '3 Comments',
    '12 Kommentare',
    'Facebook Twitter WhatsApp E-Mail',
    'Tweet',
    'Facebook | X | LinkedIn',
    'Tags: Stadtrat, Schwimmbad, Sport',
    'Drucken',
    'Per E-Mail teilen',
    'Foto: dpa',
    'Photo: Jane Doe/Example',
    '4 min read',
    'Lesezeit: 3 Minuten',
    'We use cookies to improve your experience.',
    'Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.',
    'Your email address will not be published. Required fields are marked *',
    'Sign up for our daily newsletter',
    'À lire aussi : dix idées',
    'Publicité',
    'Deja un comentario',
    'Leia também: o que muda',
    'Leggi anche: cosa cambia',
    'Lees ook: wat er verandert',
    'Читайте также: что изменится',
    'Оставить комментарий',
    '関連記事',
    'シェアする',
    'Reklama',
    'Follow us on Twitter',
    'RIPRODUZIONE RISERVATA ©',
  ]) {
    test(`is known: ${line}`, () => assert.ok(isBoilerplateLine(line)))
  }
})

suite('a line of prose', () => {
  for (const line of [
    'Read more books, the librarian said.',
    'Share this with your neighbours, a poster says.',
    'Comments came from all sides of the house.',
    'More.',
    '“No comment.”',
    'Werbung ist teuer geworden.',
    'Anzeige erstattete der Nachbar noch am selben Tag.',
    'Mehr zum Thema Wasser wusste der Förster zu erzählen.',
    'Teilen will die Regierung die Einnahmen nicht.',
    'Print is dead, long live print.',
    'The newsletter that toppled a minister',
    'Facebook said on Monday that it would pay the fine.',
    'Twitter and Facebook removed the video within an hour.',
    'Cookies werden in dieser Bäckerei seit 1931 gebacken.',
    'Foto: Das Bild, das der Fotograf am Morgen machte, ging um die Welt.',
    'Copyright law, the judge said, does not protect an idea.',
    'Publicité et journalisme ne font pas bon ménage, dit-elle.',
    'Etiquetas hay muchas, dijo, pero ninguna le sirve.',
    'Next week the council meets again.',
    '2026',
    'Live music returned to the harbour.',
    '東京都は関連記事について説明した。',
    'Комментарии министра вызвали споры.',
    'Three comments by the minister',
    'Das könnte Sie auch interessieren, sagte der Händler und zog eine zweite Uhr aus der Tasche.',
  ]) {
    test(`stays: ${line}`, () => assert.ok(!isBoilerplateLine(line)))
  }
})

const PROSE = Array.from(
  { length: 6 },
  (_, index) =>
    `Paragraph ${index} tells of the harbour and of the people who work there. It has two sentences and enough words to be one.`,
)

suite('the tail of an article', () => {
  test('goes from the heading of related links on, prose excepted', () => {
    const last =
      'The harbour will be closed on Sunday, the council said. Ferries leave from the north quay instead, every hour.'
    assert.deepEqual(cutTail([...PROSE, 'Related posts', 'Ten ports', 'A quay', last]), [...PROSE, last])
  })

  test('goes whole from the heading of comments on', () => {
    assert.deepEqual(cutTail([...PROSE, '2 Comments', 'Jo', ...PROSE.slice(0, 2)]), PROSE)
    assert.deepEqual(cutTail([...PROSE, 'Kommentare (12)', 'Jo', PROSE[0] ?? '']), PROSE)
  })

  test('does not begin in the first half, nor with the first paragraph', () => {
    const early = ['Related posts', ...PROSE]
    assert.deepEqual(cutTail(early), early)
    const menu = [PROSE[0] ?? '', 'Comments', ...PROSE.slice(1)]
    assert.deepEqual(cutTail(menu), menu)
  })
})

test('lines of prose are kept where removing them would take a large part of the text', () => {
  const odd = [
    '© 2026 is the name of a play by Jo March that opens on Friday.',
    '© 2027 is its sequel.',
    'It is short.',
  ]
  assert.deepEqual(removeBoilerplate(odd), odd)
  assert.deepEqual(removeBoilerplate([...PROSE, '© 2026 Example Media', 'Print']), PROSE)
})
