/** Whether a told story has moved: labelled cases that were made up for it, and what must hold for any text. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { storyFeatures } from '../../src/story/features.ts'
import { mayHaveMoved } from '../../src/story/likely-movement.ts'
import { findNews, type Movement } from '../../src/story/movement.ts'
import type { NewsText } from '../../src/story/statements.ts'

const text = z.object({
  headline: z.string(),
  standfirst: z.string().exactOptional(),
  body: z.array(z.string()),
})
const stories = z
  .array(
    z.object({
      story: z.string(),
      language: z.string(),
      told: z.array(text),
      cases: z.array(
        z.object({
          name: z.string(),
          moved: z.boolean(),
          /** A word of the new fact. */
          has: z.string().optional(),
          sinceLanguage: z.string().optional(),
          since: z.array(text),
        }),
      ),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/movement.json'), 'utf8')))

const cases = stories.flatMap(({ story, language, told, cases: own }) =>
  own.map((one) => ({
    ...one,
    name: `${story}: ${one.name}`,
    told: told.map((each, at): NewsText => ({ ...each, id: `told ${at}`, language })),
    since: one.since.map(
      (each, at): NewsText => ({ ...each, id: `since ${at}`, language: one.sinceLanguage ?? language }),
    ),
  })),
)

const judged = cases.map((one) => ({ ...one, movement: findNews(one) }))

test('updates are real: none of the labelled cases that only reword, quote or look back has moved', () => {
  const wrong = judged.filter(({ moved, movement }) => movement.moved && !moved)
  assert.deepEqual(
    wrong.map(({ name, movement }) => [name, movement.news]),
    [],
  )
})

test('at least 19 of 20 labelled cases with new facts have moved', () => {
  const real = judged.filter(({ moved }) => moved)
  const missed = real.filter(({ movement }) => !movement.moved).map(({ name }) => name)
  assert.ok(real.length >= 50)
  assert.ok(missed.length <= real.length / 20, missed.join(', '))
})

test('what is new is said in the words of a later article, and mostly names the new fact', () => {
  let named = 0
  let found = 0
  for (const { has, since, movement } of judged) {
    for (const { text: sentence, articleId } of movement.news) {
      const article = since.find(({ id }) => id === articleId) ?? assert.fail(articleId)
      const whole = [article.headline, article.standfirst ?? '', ...article.body].join('\n')
      assert.ok(whole.includes(sentence), sentence)
    }
    assert.ok(movement.news.length <= 2)
    if (!movement.moved || has === undefined) continue
    found++
    if (movement.news.some(({ text: sentence }) => sentence.includes(has))) named++
  }
  assert.ok(named >= 0.9 * found, `${named} of ${found}`)
})

test('the cheap look overlooks no labelled case that has moved, and no copy is worth a second one', () => {
  const features = (texts: readonly NewsText[]) => texts.map((each) => storyFeatures(each))
  for (const { name, told, since, moved } of cases) {
    if (moved) assert.ok(mayHaveMoved(features(told), features(since)) > 0, name)
    assert.equal(mayHaveMoved(features(told), features(told)), 0)
  }
})

test('a text that is the same but for its numbers is worth a second look', () => {
  const body = (dead: number) => [
    `At least ${dead} people have died in a fire at a paint factory in Kelsport, the fire service said.`,
    'The fire broke out in a warehouse shortly after midnight and spread to the main hall of the factory.',
    'More than two hundred firefighters fought the flames until the early morning, helped by boats on the river.',
    'Residents were told to keep their windows closed because of the smoke that drifted over the old town.',
  ]
  const text = (id: string, dead: number): NewsText => {
    return { id, headline: `Fire at Kelsport: ${dead} dead`, body: body(dead), language: 'en' }
  }
  const [told, again, more] = [text('t', 12), text('a', 12), text('m', 17)]
  assert.equal(mayHaveMoved([storyFeatures(told)], [storyFeatures(again)]), 0)
  assert.ok(mayHaveMoved([storyFeatures(told)], [storyFeatures(more)]) > 0)
  assert.equal(findNews({ told: [told], since: [more] }).news[0]?.text, more.body[0])
})

test('nothing has moved twice: with the later articles told as well, they tell nothing new', () => {
  for (const { name, told, since } of cases) {
    const again = findNews({ told: [...told, ...since], since })
    assert.deepEqual([again.moved, again.news], [false, []], name)
  }
})

test('a text that is older than what was told brings nothing new', () => {
  const [one] = judged.filter(({ movement }) => movement.moved)
  assert.ok(one)
  const told = one.told.map((each) => ({ ...each, at: 2_000_000 }))
  assert.equal(findNews({ told, since: one.since.map((each) => ({ ...each, at: 1_000_000 })) }).moved, false)
  assert.equal(findNews({ told, since: one.since.map((each) => ({ ...each, at: 3_000_000 })) }).moved, true)
})

test('news in the language of the digest is preferred, other news is taken where there is none', () => {
  const told: NewsText[] = [
    {
      id: 't',
      headline: 'Bridge closed in Merrow',
      body: ['A bridge in Merrow is being inspected.'],
      language: 'en',
    },
  ]
  const english: NewsText = {
    id: 'e',
    headline: 'Bridge in Merrow to be demolished, mayor resigned',
    body: ['The mayor of Merrow has resigned after the inspection of a bridge.'],
    language: 'en',
  }
  const german: NewsText = {
    id: 'd',
    headline: 'Bürgermeister von Merrow ist zurückgetreten',
    body: ['Der Bürgermeister von Merrow ist nach der Prüfung einer Brücke zurückgetreten.'],
    language: 'de',
  }
  const from = (movement: Movement) => movement.news.map(({ articleId }) => articleId)
  assert.deepEqual(from(findNews({ told, since: [english, german], language: 'de' })), ['d'])
  assert.deepEqual(from(findNews({ told, since: [english], language: 'de' })), ['e'])
})

test('the order of texts does not matter, and no text is too odd', () => {
  const sentence = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      'Police have arrested 12 men.',
      'Die Zahl der Toten ist auf 17 gestiegen.',
      'Nobody was hurt.',
      '“We will see,” she said.',
      '1'.repeat(300),
      `räumt ${'x '.repeat(500)}`,
    ),
  )
  const texts = (prefix: string) =>
    fc
      .array(fc.record({ headline: sentence, body: fc.array(sentence, { maxLength: 4 }) }), { maxLength: 4 })
      .map((all) =>
        all.map(
          (each, at): NewsText => ({ ...each, id: `${prefix}${at}`, language: at % 2 === 0 ? 'en' : 'de' }),
        ),
      )
  fc.assert(
    fc.property(texts('t'), texts('s'), (told, since) => {
      const movement = findNews({ told, since })
      assert.deepEqual(findNews({ told: told.toReversed(), since: since.toReversed() }), movement)
      assert.ok(movement.novelty >= 0 && movement.novelty <= 1)
      assert.equal(movement.moved, movement.news.length > 0)
    }),
    { numRuns: 60 },
  )
})
