import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysisMark } from '../../src/digest/renewing.ts'
import { analyseFile } from '../../src/work/tasks.ts'

const text = `Divers map a coral reef off Saltmere

Divers from the University of Merrow have mapped a cold-water coral reef off Saltmere. They counted 31 kinds of fish. The reef lies 40 metres down and is two kilometres long. Trawlers are to stay away until the maps are published, said Ines Castell-Bray of the university.
`
const task = { name: 'reef.txt', bytes: Buffer.from(text), outlet: 'Wire', language: 'en' }

function analysed(limits = {}) {
  const outcome = analyseFile({ ...task, limits })
  assert.equal(outcome.kind, 'article')
  return outcome.article
}

test('an article is worked out once, for summaries, search and lists alike', () => {
  const { stems, minutes, terms, analysis } = analysed()
  assert.match(stems, /^diver map a coral reef off saltmer diver from the univers/)
  assert.equal(minutes, 1)
  assert.ok(terms.some((term) => term.text === 'Ines Castell-Bray'))
  assert.ok(terms.every((term) => Object.keys(term).sort().join() === 'kind,text'))
  assert.equal(analysis, analysisMark())
})

test('the limits of summaries are handed in, and marked', () => {
  const limits = { maxBriefCharacters: 100, maxCharacters: 150, maxSentences: 2 }
  const { brief, summary, analysis } = analysed(limits)
  assert.ok(brief.length <= 100)
  assert.ok(summary.length <= 2 && summary.join(' ').length <= 150)
  assert.equal(analysis, analysisMark(limits))
  assert.notEqual(analysisMark(limits), analysisMark())
})
