import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weekdayIn } from '../../src/language/weekdays.ts'

const named: readonly (readonly [language: string, text: string, day: number])[] = [
  ['en', 'The ferry struck the quay on Tuesday morning, police said on Wednesday.', 2],
  ['de', 'Die Sturmflut hat am Freitagnachmittag den Hafen überflutet.', 5],
  ['de', 'In der Nacht zum Sonnabend brannte es.', 6],
  ['fr', 'Le conseil a voté mardi soir.', 2],
  ['es', 'El incendio se declaró el sábado.', 6],
  ['pl', 'Pożar wybuchł w środę rano.', 3],
  ['ru', 'Пожар начался в среду вечером.', 3],
  ['ja', '火曜日の朝に事故が起きた。', 2],
]

for (const [language, text, day] of named) {
  test(`the day of "${text}" is known`, () => assert.equal(weekdayIn(text, language), day))
}

test('a text that names no day, or is in no language, has none', () => {
  assert.equal(weekdayIn('The council met in Monmouth.', 'en'), undefined)
  assert.equal(weekdayIn('On Tuesday', 'und'), undefined)
  assert.equal(weekdayIn('On Tuesday', 'zz'), undefined)
})
