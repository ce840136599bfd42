/** Features as storage keeps them. What an older version wrote, or a hand, is checked as it is read. */
import { z } from 'zod'
import type { StoryFeatures } from './features.ts'

const strings = z.array(z.string())
const stored = z.object({
  id: z.string(),
  language: z.string(),
  at: z.number().exactOptional(),
  terms: strings,
  topTerms: z.number(),
  anchors: strings,
  copy: z.object({ shingles: z.number(), level: z.number(), hashes: z.array(z.number()) }),
})

/** Errors: throws where the text is no features. */
export function parseFeatures(json: string): StoryFeatures {
  return stored.parse(JSON.parse(json))
}
