/** Articles for tests, whole and plausible; a test names only what it is about. */
import type { AnalysedArticle } from '../../src/digest/library.ts'

export function analysedArticle(given: Partial<AnalysedArticle> = {}): AnalysedArticle {
  return {
    headline: 'Council agrees on new bridge',
    standfirst: 'The vote was close.',
    body: ['The council agreed on Monday to build a new bridge.', 'It will cost 12 million.'],
    authors: ['Ada Quill'],
    outlet: 'Harbour Wire',
    language: 'en',
    url: 'https://wire.example/bridge',
    brief: 'The council agreed on Monday to build a new bridge.',
    summary: ['The council agreed on Monday to build a new bridge.', 'It will cost 12 million.'],
    analysis: 'test',
    stems: 'council agree on new bridg the vote was close',
    minutes: 1,
    terms: [{ text: 'Port Averne', kind: 'place' }],
    features: '{}',
    ...given,
  }
}
