/**
 * Summaries of the shipped articles as an honest writer words them (`test/fixtures/written-summaries.json`), and the
 * same with lies put into them one at a time: nearly all of the former are to be shown, and nearly none of the latter.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { readArticleFile } from '../../../src/article/file.ts'
import { judgeAnswer } from '../../../src/summary/written/judge.ts'
import { type WritingTask, writingTask } from '../../../src/summary/written/task.ts'

const root = resolve(import.meta.dirname, '../../..')
const texts = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(root, 'test/fixtures/written-summaries.json'), 'utf8')))

interface Case {
  readonly file: string
  readonly text: string
  readonly task: WritingTask
  readonly source: string
}

const cases = Object.entries(texts).map(([file, text]): Case => {
  const [digest = '', name = ''] = file.split('/')
  const path = join(root, 'digests', digest, 'articles', name)
  const read = readArticleFile({ name, bytes: readFileSync(path) })
  const { draft } = read.kind === 'article' ? read : assert.fail(file)
  const task = writingTask([draft], digest === 'morgenblatt' ? 'de' : 'en')
  const source = [draft.headline, draft.standfirst ?? '', ...draft.body].join('\n')
  return { file, text, task: task ?? assert.fail(file), source }
})

const isShown = ({ task }: Case, answer: string): boolean =>
  judgeAnswer({ task, answer, isWhole: true }).kind === 'shown'

/** Those that are shown as they are, so that whatever is refused is refused for the lie. */
const honest = cases.filter((each) => isShown(each, each.text))

/** The lies that one way of lying makes of each summary; those that change nothing are none. */
function lies(lie: (text: string, each: Case) => readonly string[]): { caught: number; missed: string[] } {
  const told = honest.flatMap((each) =>
    lie(each.text, each)
      .filter((text) => text !== each.text)
      .map((text) => ({ each, text })),
  )
  assert.ok(told.length > 0)
  const missed = told.filter(({ each, text }) => isShown(each, text)).map(({ text }) => text)
  return { caught: (told.length - missed.length) / told.length, missed }
}

const NUMBER = /\d[\d.,]*\d|\d/g

function replaceEach(text: string, pattern: RegExp, by: (found: string) => readonly string[]): string[] {
  return [...text.matchAll(pattern)].flatMap((match) =>
    by(match[0]).map((put) => text.slice(0, match.index) + put + text.slice(match.index + match[0].length)),
  )
}

test('nearly every honest summary of a shipped article is shown', () => {
  const refused = cases.filter((each) => !honest.includes(each)).map(({ file }) => file)
  assert.ok(honest.length / cases.length >= 0.9, refused.join('\n'))
})

test('every number that the article does not have is caught', () => {
  const { missed } = lies((text) => replaceEach(text, NUMBER, () => ['973']))
  assert.deepEqual(missed, [])
})

test('five of six numbers that stand elsewhere in the article are caught', () => {
  const { caught } = lies((text, { source }) => {
    const known = [...new Set(source.match(NUMBER))].filter((_, at) => at % 4 === 0)
    return replaceEach(text, NUMBER, (number) => known.filter((other) => other !== number))
  })
  assert.ok(caught >= 0.83, String(caught))
})

test('every changed scale and unit is caught', () => {
  const scales = new Map([
    ['Millionen', 'Milliarden'],
    ['Euro', 'Dollar'],
    ['metres', 'kilometres'],
    ['Metern', 'Kilometern'],
    ['Kilometer', 'Meter'],
    ['years', 'months'],
    ['Jahre', 'Monate'],
    ['percent', 'points'],
    ['Prozent', 'Punkte'],
    ['£', '$'],
  ])
  const { missed } = lies((text) =>
    replaceEach(text, /\p{L}+|£/gu, (word) => (scales.has(word) ? [scales.get(word) ?? ''] : [])),
  )
  assert.deepEqual(missed, [])
})

test('every invented name is caught', () => {
  const { missed } = lies((text) =>
    replaceEach(text, /\p{Lu}\p{Ll}+ \p{Lu}[\p{L}-]+/gu, () => ['Bert Sable', 'Springfield']),
  )
  assert.deepEqual(missed, [])
})

test('nine of ten turned negations are caught', () => {
  const { caught } = lies((text, { task }) =>
    task.language === 'en'
      ? [
          ...replaceEach(text, /\b(?:will|is|was|has|have|had|are|were|could)\b(?! not| never)/g, (verb) => [
            `${verb} not`,
          ]),
          ...replaceEach(text, / not\b/g, () => ['']),
        ]
      : [
          ...replaceEach(text, /(?<=\p{L}{3}) \p{Ll}+(?:t|en)(?=[.,])/gu, (verb) => [` nicht${verb}`]),
          ...replaceEach(text, / nicht\b/g, () => ['']),
        ],
  )
  assert.ok(caught >= 0.9, String(caught))
})
