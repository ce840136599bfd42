/**
 * Features as storage keeps them. What an older version wrote, or a hand, is checked as it is read: by hand, for an edition reads hundreds
 * and a restart a hundred thousand, and a schema library takes ten times as long.
 */

import type { StoryFeatures } from './features.ts'
import type { CopySketch } from './near-duplicates.ts'

/** Errors: throws where the text is no features. */
export function parseFeatures(json: string): StoryFeatures {
  const value: unknown = JSON.parse(json)
  if (!isFeatures(value)) throw new Error('these are no features of an article')
  const { id, language, at, terms, topTerms, anchors, copy } = value
  const { shingles, level, hashes } = copy
  return {
    id,
    language,
    ...(at === undefined ? {} : { at }),
    terms,
    topTerms,
    anchors,
    copy: { shingles, level, hashes },
  }
}

function isFeatures(value: unknown): value is StoryFeatures {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.language === 'string' &&
    (value.at === undefined || isNumber(value.at)) &&
    isListOf(value.terms, isString) &&
    isNumber(value.topTerms) &&
    isListOf(value.anchors, isString) &&
    isSketch(value.copy)
  )
}

function isSketch(value: unknown): value is CopySketch {
  return (
    isObject(value) && isNumber(value.shingles) && isNumber(value.level) && isListOf(value.hashes, isNumber)
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isListOf<Each>(value: unknown, isEach: (each: unknown) => each is Each): value is readonly Each[] {
  return Array.isArray(value) && value.every(isEach)
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}
