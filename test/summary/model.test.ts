import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '../../src/language/analyse.ts'
import { type ModelWriter, type ReaderSummary, writtenSummary } from '../../src/summary/model.ts'

const ARTICLE = {
  headline: 'Saltmere to get a new bridge',
  body: [
    'Saltmere council voted on Monday to build a bridge over the river Merrow for £12 million.',
    'Mayor Ada Quill expects it to take two years. The old bridge will not be torn down.',
  ],
}

function summaryBy(write: ModelWriter): Promise<ReaderSummary> {
  return writtenSummary(ARTICLE, analyse(ARTICLE), write)
}

async function reasonOf(text: string | undefined): Promise<string | undefined> {
  const result = await summaryBy(async () => text)
  return result.by === 'extract' ? result.refusal.reason : undefined
}

test('a faithful text is shown as the model’s', async () => {
  const text =
    'The council of Saltmere is to build a bridge for £12 million. The old bridge will not be torn down.'
  assert.deepEqual(await summaryBy(async () => text), {
    by: 'model',
    brief: 'The council of Saltmere is to build a bridge for £12 million.',
    summary: text.split(/(?<=\.) /),
  })
})

test('the writer is told the language and the limits', async () => {
  const tasks: unknown[] = []
  await summaryBy(async ({ language, maxSentences, maxCharacters }) => {
    tasks.push({ language, maxSentences, maxCharacters })
    return undefined
  })
  assert.deepEqual(tasks, [{ language: 'en', maxSentences: 4, maxCharacters: 600 }])
})

test('lies, markup, chatter, length and silence give way to the extractive summary, with the reason', async () => {
  assert.equal(await reasonOf('The council of Saltmere is to build a bridge for £21 million.'), 'unfaithful')
  assert.equal(await reasonOf('Mayor Bert Sable expects the bridge to take two years.'), 'unfaithful')
  assert.equal(await reasonOf('The old bridge will be torn down.'), 'unfaithful')
  assert.equal(await reasonOf('**Saltmere** is to build a bridge. See https://evil.example'), 'not-plain')
  assert.equal(await reasonOf('Here is the summary:\nSaltmere is to build a bridge.'), 'not-plain')
  assert.equal(await reasonOf('Saltmere is to build a bridge. '.repeat(40)), 'too-long')
  assert.equal(await reasonOf('   '), 'declined')
  assert.equal(await reasonOf(undefined), 'declined')
})

test('a writer that fails does not fail the summary', async () => {
  const cause = new Error('connection reset')
  const result = await summaryBy(() => Promise.reject(cause))
  assert.equal(result.by, 'extract')
  assert.deepEqual(result.by === 'extract' ? result.refusal : undefined, { reason: 'failed', cause })
  assert.ok(result.summary.every((sentence) => ARTICLE.body.join('\n').includes(sentence)))
})
