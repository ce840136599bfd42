/** What the stories of the shipped articles must say together, and what they must not: read by people, sentence by sentence. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { readArticleFile } from '../../src/article/file.ts'
import { analyse } from '../../src/language/analyse.ts'
import { type StoryMember, summariseStory } from '../../src/summary/story-summary.ts'

const root = resolve(import.meta.dirname, '../..')
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(root, 'test/fixtures', `${name}.json`), 'utf8'))

const stories = z
  .array(z.object({ digest: z.string(), stories: z.array(z.object({ articles: z.array(z.string()) })) }))
  .parse(fixture('shipped-stories'))
  .flatMap(({ digest, stories }) => stories.map(({ articles }) => ({ digest, articles })))
const expectations = z
  .array(
    z.object({
      digest: z.string(),
      story: z.string(),
      opening: z.string(),
      must: z.array(z.string()),
      mustNot: z.array(z.string()),
    }),
  )
  .parse(fixture('shipped-story-summaries'))

test('every shipped story that is told more than once has its expectations', () => {
  const told = stories.filter(({ articles }) => articles.length > 1)
  assert.equal(expectations.length, told.length)
  for (const { articles } of told)
    assert.equal(expectations.filter(({ story }) => articles.includes(story)).length, 1, articles.join())
})

for (const { digest, story, opening, must, mustNot } of expectations) {
  const names =
    stories.find((each) => each.digest === digest && each.articles.includes(story))?.articles ?? []

  test(`the story of ${story} says what matters, with the newest figures, in whatever order its articles are taken`, () => {
    const members = names.map((name) => memberOf(digest, name))
    for (const [at] of members.entries()) {
      const ordered = [...members.slice(at), ...members.slice(0, at)]
      const told = summariseStory(ordered)
      assert.ok(told !== undefined)
      const text = told.summary.map((sentence) => sentence.text).join(' ')
      assert.match(told.summary[0]?.text ?? '', new RegExp(opening), text)
      for (const words of must) assert.ok(text.includes(words), `"${words}" is missing in: ${text}`)
      for (const words of mustNot) assert.ok(!text.includes(words), `"${words}" is in: ${text}`)
      assert.ok(text.length <= 600 && told.summary.length <= 4, text)
      assert.ok(told.brief.text.length <= 200, told.brief.text)
      assert.ok(told.summary.some((sentence) => sentence.text === told.brief.text))
      for (const sentence of told.summary) {
        const source = ordered.find(({ id }) => id === sentence.articleId)?.analysis
        const own = [...(source?.standfirst ?? []), ...(source?.sentences ?? [])].map((each) => each.text)
        assert.ok(own.includes(sentence.text), `${sentence.articleId} does not say: ${sentence.text}`)
      }
    }
  })
}

function memberOf(digest: string, name: string): StoryMember {
  const reading = readArticleFile({
    name,
    bytes: readFileSync(join(root, 'digests', digest, 'articles', name)),
  })
  assert.equal(reading.kind, 'article', name)
  const { publishedAt, ...draft } = reading.draft
  return { id: name, analysis: analyse(draft), at: publishedAt }
}
