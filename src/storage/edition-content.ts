/** The content of an edition as JSON. Editions of older versions have less; what they lack is filled in as they are read. */
import { z } from 'zod'
import type { ArticleId, StoryId } from '../article/article.ts'
import type { EditionContent } from '../digest/edition.ts'

const articleId = z.string().transform((text) => text as ArticleId)
const storyId = z.string().transform((text) => text as StoryId)

const sourced = z.object({
  text: z.string(),
  outlet: z.string(),
  url: z.string().exactOptional(),
})

const item = z
  .object({
    storyId,
    articleId,
    headline: z.string(),
    brief: z.string(),
    summary: z.array(sourced).default([]),
    by: z.enum(['extract', 'model']).default('extract'),
    model: z.string().exactOptional(),
    url: z.string().exactOptional(),
    image: z.string().exactOptional(),
    outlets: z.array(z.string()),
    texts: z.number().optional(),
    carriers: z.number().default(1),
    at: z.number(),
    minutes: z.number().default(1),
    section: z.string().exactOptional(),
    update: z.object({ ofNumber: z.number(), news: z.array(sourced) }).exactOptional(),
    carries: z.array(articleId),
    because: z.string(),
  })
  .transform(({ texts, ...rest }) => ({ ...rest, texts: texts ?? rest.outlets.length }))

const content = z.object({
  title: z.string(),
  language: z.string(),
  items: z.array(item),
  hasLead: z.boolean().default(false),
  sections: z.enum(['topics', 'language', 'none']).default('none'),
  minutes: z.number().default(1),
  quiet: z.literal('said').exactOptional(),
})

/** Errors: throws where the text is no content of an edition. */
export function parseContent(json: string): EditionContent {
  return content.parse(JSON.parse(json))
}
