import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readLinkedArticle } from '../../../src/article/page/json-ld.ts'

const article = (more: object) =>
  JSON.stringify({ '@type': 'NewsArticle', headline: 'Ein Titel', description: 'x', ...more })

describe('JSON-LD', () => {
  test('finds the article in a graph and follows references by @id', () => {
    const script = JSON.stringify({
      '@graph': [
        { '@type': 'Person', '@id': '#p', name: 'Anna Berg' },
        { '@type': 'WebPage', '@id': '#w', name: 'Ein Titel' },
        { '@type': ['NewsArticle'], headline: 'Ein Titel', author: [{ '@id': '#p' }, { name: 'Olaf Kern' }] },
      ],
    })
    assert.deepEqual(readLinkedArticle([script])?.authors, ['Anna Berg', 'Olaf Kern'])
  })

  test('takes authors that are plain strings, and one entity with several names', () => {
    assert.deepEqual(readLinkedArticle([article({ author: 'Anna Berg' })])?.authors, ['Anna Berg'])
    assert.deepEqual(readLinkedArticle([article({ author: { name: ['A B', 'C D'] } })])?.authors, [
      'A B',
      'C D',
    ])
  })

  test('decodes entities and tags in fields', () => {
    assert.equal(
      readLinkedArticle([article({ headline: 'Kind &amp; Kegel <b>neu</b>' })])?.headline,
      'Kind & Kegel neu',
    )
  })

  test('mends raw line breaks, trailing commas, comment marks and a closing semicolon', () => {
    const script = '<!-- {"@type":"NewsArticle","headline":"Ein\nTitel","description":"x y",}; -->'
    assert.equal(readLinkedArticle([script])?.headline, 'Ein Titel')
  })

  test('reads several objects written one after another', () => {
    assert.equal(
      readLinkedArticle([`{"@type":"WebSite","name":"Bote"}${article({ description: 'x' })}`])?.headline,
      'Ein Titel',
    )
  })

  test('finds the date in what is cut off', () => {
    const script =
      '{"@type":"NewsArticle","datePublished":"2026-05-04T06:10:00Z","articleBody":"The text is cut'
    assert.equal(readLinkedArticle([script])?.published, '2026-05-04T06:10:00Z')
  })

  test('does not take an update of a live blog for the article', () => {
    const update = {
      '@type': 'BlogPosting',
      headline: 'An update',
      description: 'x',
      author: 'X Y',
      datePublished: '2026-01-02',
    }
    const script = JSON.stringify({
      '@type': 'LiveBlogPosting',
      headline: 'Live',
      description: 'y',
      liveBlogUpdate: [update],
    })
    assert.equal(readLinkedArticle([script])?.headline, 'Live')
  })

  test('is undefined where nothing describes an article', () => {
    assert.equal(readLinkedArticle([]), undefined)
    assert.equal(
      readLinkedArticle(['', 'null', '[]', '{"@type":"WebSite","name":"Bote"}', 'not json']),
      undefined,
    )
  })
})
