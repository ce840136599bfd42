import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { isArticleFile, readArticleFile } from '../../src/article/file.ts'
import { identifyLanguage } from '../../src/language/identify.ts'
import { clusterArticles } from '../../src/story/batch.ts'
import { createStoryIndex } from '../../src/story/cluster.ts'
import { type StoryFeatures, storyFeatures } from '../../src/story/features.ts'
import { groupsOf } from './made-up-news.ts'

const root = resolve(import.meta.dirname, '../..')
const shipped = z
  .array(z.object({ digest: z.string(), stories: z.array(z.object({ articles: z.array(z.string()) })) }))
  .parse(JSON.parse(readFileSync(join(root, 'test/fixtures/shipped-stories.json'), 'utf8')))

for (const { digest, stories } of shipped) {
  const expected = stories.map(({ articles }) => [...articles].sort().join(' ')).sort()

  test(`the articles shipped with ${digest} make exactly the stories they tell`, () => {
    assert.deepEqual(groupsOf(clusterArticles(featuresOf(digest))), expected)
  })

  test(`the articles shipped with ${digest} make the same stories as they come`, () => {
    const features = featuresOf(digest)
    const index = createStoryIndex()
    index.add(features)
    assert.deepEqual(groupsOf(new Map(features.map(({ id }) => [id, index.storyOf(id) ?? '']))), expected)
  })
}

function featuresOf(digest: string): StoryFeatures[] {
  const folder = join(root, 'digests', digest, 'articles')
  return readdirSync(folder)
    .filter(isArticleFile)
    .map((name) => {
      const reading = readArticleFile({ name, bytes: readFileSync(join(folder, name)) })
      assert.equal(reading.kind, 'article', name)
      const { headline, standfirst, body, publishedAt } = reading.draft
      const { language } = identifyLanguage([headline, standfirst, ...body].join(' '))
      return storyFeatures({
        id: name,
        headline,
        body,
        language,
        ...(standfirst === undefined ? {} : { standfirst }),
        ...(publishedAt === undefined ? {} : { at: publishedAt }),
      })
    })
}
