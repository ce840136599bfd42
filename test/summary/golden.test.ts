/**
 * Real articles, judged as an editor would. `test/fixtures/shipped-sentences.json` holds, for each article that comes
 * with the project, the sentences of its body that a good editor would choose; one of them must be among ours.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { readArticleFile } from '../../src/article/file.ts'
import { type Analysis, analyse } from '../../src/language/analyse.ts'
import { STANDFIRST, summarise } from '../../src/summary/extractive.ts'
import { readability } from '../../src/summary/readable.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const SHARED = resolve(ROOT, '../shared/articles')
const CHOICES = join(ROOT, 'test/fixtures/shipped-sentences.json')

const choices = z.record(z.string(), z.array(z.string())).parse(JSON.parse(readFileSync(CHOICES, 'utf8')))

function analyseFile(path: string): { analysis: Analysis; text: string } {
  const read = readArticleFile({ name: path, bytes: readFileSync(path) })
  assert.equal(read.kind, 'article', path)
  const { draft } = read.kind === 'article' ? read : assert.fail(path)
  const text = [draft.headline, draft.standfirst ?? '', ...draft.body].join('\n')
  return { analysis: analyse({ ...draft, declaredLanguage: draft.language }), text }
}

function assertFit(path: string): { readonly extracted: readonly string[]; readonly brief: string } {
  const { analysis, text } = analyseFile(path)
  const { brief, summary, indexes } = summarise(analysis)
  assert.ok(brief.length > 0 && brief.length <= 200, brief)
  assert.ok(summary.length >= 2 && summary.length <= 4, `${path}: ${summary.length} sentences`)
  assert.ok(summary.join(' ').length <= 600)
  for (const sentence of [brief, ...summary]) assert.ok(text.includes(sentence), sentence)
  for (const [at, sentence] of summary.entries()) {
    if (indexes[at] === STANDFIRST) continue
    const { isWhole, leans } = readability(sentence, analysis.language)
    assert.ok(isWhole, sentence)
    assert.ok(!leans || indexes[at - 1] === (indexes[at] ?? 0) - 1, sentence)
  }
  return { extracted: summary.filter((_, at) => indexes[at] !== STANDFIRST), brief }
}

for (const [article, sentences] of Object.entries(choices)) {
  const [digest = '', file = ''] = article.split('/')
  test(`${article}: an editor’s choice is among the extracted sentences`, () => {
    const { extracted } = assertFit(join(ROOT, 'digests', digest, 'articles', file))
    assert.ok(
      extracted.some((sentence) => sentences.includes(sentence)),
      `chosen instead:\n${extracted.join('\n')}`,
    )
  })
}

test('over all shipped articles, at least half of what is extracted is what an editor would choose', () => {
  let hits = 0
  let count = 0
  for (const [article, sentences] of Object.entries(choices)) {
    const [digest = '', file = ''] = article.split('/')
    const { extracted } = assertFit(join(ROOT, 'digests', digest, 'articles', file))
    hits += extracted.filter((sentence) => sentences.includes(sentence)).length
    count += extracted.length
  }
  assert.ok(hits / count >= 0.5, `${hits} of ${count}`)
})

test('articles beside the project are summarised readably', (t) => {
  if (!existsSync(SHARED)) return t.skip('no shared articles beside the project')
  for (const name of readdirSync(SHARED)) assertFit(join(SHARED, name))
})
