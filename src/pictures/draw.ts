/** What a worker thread draws: the data of a picture → the bytes of a PNG file. */

import type { StoriesPerDay } from '../digest/stories-per-day.ts'
import { storiesChart } from './chart.ts'
import { type EditionCard, editionCard } from './edition-card.ts'
import { bundledFonts } from './fonts.ts'
import { renderPng } from './render.ts'
import { type StoryCard, storyCard } from './story-card.ts'

export type Card = ({ readonly kind: 'edition' } & EditionCard) | ({ readonly kind: 'story' } & StoryCard)

/** 1120 × 660 pixels, to be shown at half of that. */
export function drawChart(chart: StoriesPerDay): Promise<Uint8Array> {
  return renderPng(storiesChart(chart, bundledFonts()))
}

/** 1200 × 630 pixels. */
export function drawCard(card: Card): Promise<Uint8Array> {
  const fonts = bundledFonts()
  return renderPng(card.kind === 'edition' ? editionCard(card, fonts) : storyCard(card, fonts))
}
