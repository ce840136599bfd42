import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readBlocks } from '../../../src/article/page/blocks.ts'
import { boundMarkup } from '../../../src/article/page/bound.ts'
import type { Candidate } from '../../../src/article/page/candidates.ts'
import { chooseCandidate, topicOf } from '../../../src/article/page/choose.ts'
import { parsePage } from '../../../src/article/page/dom.ts'

const STORY = 'The harbour at Port Ellery reopened on Monday, nine days after a freighter ran aground there.'
const COOKIES = 'We and our partners store information on your device, for purposes that you may refuse.'

function candidate(name: Candidate['name'], trust: number, paragraphs: readonly string[]): Candidate {
  const html = paragraphs.map((text) => `<p>${text}</p>`).join('')
  return { name, trust, blocks: readBlocks(parsePage(boundMarkup(`<body>${html}`).markup).body) }
}

const evidence = {
  headline: 'Harbour reopens in Port Ellery',
  description: undefined,
  linkedLength: undefined,
}

describe('of several candidates', () => {
  test('the one that speaks of the headline wins over a longer one that does not', () => {
    const story = candidate('container', 0, [STORY])
    const notice = candidate(
      'region',
      0.5,
      Array.from({ length: 6 }, () => COOKIES),
    )
    assert.equal(chooseCandidate([notice, story], evidence), story)
  })

  test('the trusted one wins over a slightly longer one', () => {
    const trusted = candidate('region', 0.5, [STORY, STORY])
    const longer = candidate('container', 0, [STORY, STORY, COOKIES])
    assert.equal(chooseCandidate([longer, trusted], evidence), trusted)
  })

  test('the one as long as the text in JSON-LD wins over a fragment', () => {
    const fragment = candidate('region', 0.5, [STORY])
    const whole = candidate(
      'container',
      0,
      Array.from({ length: 12 }, () => STORY),
    )
    assert.equal(chooseCandidate([fragment, whole], { ...evidence, linkedLength: STORY.length * 12 }), whole)
  })

  test('one without text never wins', () => {
    assert.equal(chooseCandidate([candidate('region', 0.5, [])], evidence), undefined)
  })
})

test('the topic of a text in a script without spaces is told by pairs of characters', () => {
  const text = candidate('region', 0, ['市は水族館を港の隣に建て替えると発表した。'])
  const about = { ...evidence, headline: '水族館を建て替え' }
  assert.ok(topicOf(text, about) > 0.8)
  assert.equal(topicOf(text, { ...about, headline: '選挙の結果' }), 0)
})
