import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutDateline } from '../../src/summary/datelines.ts'
import { readability, saysTheSame } from '../../src/summary/readable.ts'

/** First sentences that lean on another, then sentences that stand alone, by language. */
const SENTENCES: Readonly<
  Record<string, { readonly leaning: readonly string[]; readonly alone: readonly string[] }>
> = {
  de: {
    leaning: [
      'Er sagte, die Brücke werde im Mai fertig sein.',
      'Dort wird seit drei Jahren an einer Brücke gebaut.',
      'Allerdings fehlt noch das Geld für den zweiten Bauabschnitt.',
      'Seine Frau hatte die Polizei gerufen, als er nicht heimkam.',
      '„Wir bauen die Brücke bis zum Mai fertig“, sagte sie.',
      'Zum Beispiel fehlen noch zwei Pfeiler auf der Westseite.',
      'Das teilte die Polizei am Montagabend in Talheim mit.',
    ],
    alone: [
      'Der Stadtrat hat am Montag den Bau einer Brücke beschlossen.',
      'Es gibt noch keinen Termin für den Beginn der Arbeiten.',
      'In dieser Woche beginnt der Bau der neuen Brücke in Talheim.',
      'So viele Bäume wie in diesem Jahr wurden noch nie gefällt.',
      'Auch in Österreich wird über die neue Regelung gestritten.',
    ],
  },
  en: {
    leaning: [
      'However, the money for the second part is missing.',
      'She said the bridge would be finished in May.',
      'There were no injuries, he said on Monday evening.',
      'This has led to protests in several towns.',
      'As a result, the ferry will not run until Friday.',
    ],
    alone: [
      'There are 15 bridges over the river in Talheim.',
      'This week the council voted for a new bridge.',
      'The council of Saltmere voted for a new bridge on Monday.',
      'Mayor Ada Quill said the bridge would be finished in May.',
    ],
  },
  fr: {
    leaning: [
      'Il a ajouté que le pont serait terminé en mai.',
      'Cependant, il manque encore de l’argent.',
      '« Le pont sera terminé en mai », a-t-elle ajouté.',
    ],
    alone: [
      'Il faut encore trois ans pour terminer le pont.',
      'Ce lundi, le conseil a voté pour un nouveau pont.',
      'Le conseil de Talheim a voté pour un nouveau pont.',
    ],
  },
  es: {
    leaning: [
      'Sin embargo, falta dinero para terminar el puente.',
      'Esto ha provocado protestas en varias ciudades.',
    ],
    alone: [
      'Este lunes, el consejo votó a favor de un nuevo puente.',
      'El consejo votó a favor de un nuevo puente.',
    ],
  },
  ru: {
    leaning: ['Он добавил, что мост будет готов в мае.', 'Однако денег на строительство пока нет.'],
    alone: ['Совет города проголосовал за новый мост.', 'В этом году в городе построят новый мост.'],
  },
  ja: {
    leaning: ['しかし、橋の建設費はまだ決まっていない。'],
    alone: ['市議会は新しい橋の建設を承認した。'],
  },
  zh: { leaning: ['他说，大桥将在五月完工。'], alone: ['市议会批准修建新的大桥。'] },
}

for (const [language, { leaning, alone }] of Object.entries(SENTENCES)) {
  test(`sentences in ${language} that lean on another are told from those that stand alone`, () => {
    for (const sentence of leaning) assert.equal(readability(sentence, language).leans, true, sentence)
    for (const sentence of alone) {
      assert.deepEqual(
        readability(sentence, language),
        { isWhole: true, isFurniture: false, leans: false },
        sentence,
      )
    }
  })
}

test('captions, bylines, pointers, headings and addresses are no sentences of a summary', () => {
  const furniture = [
    'Foto: Ada Quill / Tagesbote, aufgenommen am Montag in Talheim.',
    'Von Ada Quill und Bert Ohm',
    'Lesen Sie auch: Warum die Brücke nun doch gebaut wird.',
    'Read more about the bridge and its long history here.',
    'Die neue Brücke über den Fluss in Talheim',
    'Mehr Angaben gibt es unter https://example.com/bruecke für alle.',
    'Getty Images hat die Brücke am Montag in Talheim aufgenommen.',
    'Ja, genau so.',
  ]
  for (const line of furniture) assert.equal(readability(line, 'de').isWhole, false, line)
})

test('half a quotation, and a quotation without its speaker, are not whole', () => {
  const broken = [
    '„Wir bauen diese Brücke bis zum Mai fertig.',
    'Wir bauen diese Brücke bis zum Mai fertig“, sagte Ada Quill.',
    '„Wir bauen diese Brücke bis zum Mai fertig.“',
    '"We are going to finish this bridge in May."',
    'Die Brücke (Baujahr 1912 wird im Mai endlich ersetzt.',
  ]
  for (const sentence of broken) assert.equal(readability(sentence, 'de').isWhole, false, sentence)
  assert.equal(
    readability('„Wir bauen bis Mai fertig“, sagte Bürgermeisterin Ada Quill.', 'de').isWhole,
    true,
  )
})

test('a list that lost its line breaks is too long to be a sentence', () => {
  assert.equal(
    readability(`Die Namen: ${'Ada Quill, Bert Ohm, '.repeat(40)}und andere.`, 'de').isWhole,
    false,
  )
})

test('a dateline is taken off, whatever its form, and nothing else is', () => {
  assert.equal(withoutDateline('BERLIN (dpa) – Der Bundestag tagt.'), 'Der Bundestag tagt.')
  assert.equal(withoutDateline('Paris, 3 mai (AFP) - Le Sénat a voté.'), 'Le Sénat a voté.')
  assert.equal(withoutDateline('WASHINGTON — The Senate voted.'), 'The Senate voted.')
  assert.equal(withoutDateline('LONDON, May 3 (Reuters) - Shares fell.'), 'Shares fell.')
  for (const sentence of [
    'Angela Merkel (CDU) hat zugesagt.',
    'Talheim (Kreis Ohm) – das ist weit weg.',
    'USA - das Land der Möglichkeiten.',
    'Der Zug (Baujahr 1912) fährt wieder.',
  ]) {
    assert.equal(withoutDateline(sentence), sentence)
  }
})

test('two texts say the same when nearly all words of the shorter stand in the longer', () => {
  assert.ok(saysTheSame('Stadtrat beschließt Brücke', 'Der Stadtrat beschließt die Brücke am Fluss', 'de'))
  assert.ok(!saysTheSame('Stadtrat beschließt Brücke', 'Der Zoo hat einen neuen Elefanten', 'de'))
  assert.ok(!saysTheSame('', 'Der Zoo', 'de'))
})
