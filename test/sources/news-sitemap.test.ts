import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newsSitemap } from '../../src/sources/news-sitemap.ts'

test('a news sitemap gives its articles', () => {
  const sitemap = newsSitemap(`<?xml version="1.0"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
      <url><loc>https://news.example/1</loc>
        <n:news><n:publication><n:name>News</n:name><n:language>de</n:language></n:publication>
        <n:publication_date>2026-11-23T15:30+01:00</n:publication_date><n:title>Regen &amp; Wind</n:title></n:news>
        <image:image><image:loc>https://news.example/1.jpg</image:loc></image:image></url>
      <url><loc>https://news.example/about</loc></url>
      <url><loc>javascript:alert(1)</loc><n:news><n:title>x</n:title></n:news></url>
    </urlset>`)
  assert.deepEqual(sitemap, {
    kind: 'articles',
    articles: [
      {
        url: 'https://news.example/1',
        title: 'Regen & Wind',
        publishedAt: Date.parse('2026-11-23T14:30:00Z'),
        language: 'de',
        image: 'https://news.example/1.jpg',
      },
    ],
  })
})

test('an index gives its sitemaps, the newest first', () => {
  const sitemap =
    newsSitemap(`<sitemapindex><sitemap><loc>https://news.example/a.xml</loc><lastmod>2026-11-01</lastmod></sitemap>
    <sitemap><loc>https://news.example/b.xml</loc><lastmod>2026-11-23</lastmod></sitemap></sitemapindex>`)
  assert.deepEqual(sitemap, {
    kind: 'index',
    sitemaps: ['https://news.example/b.xml', 'https://news.example/a.xml'],
  })
})

test('anything else is no sitemap', () => {
  for (const text of ['', '<html></html>', '<rss><channel/></rss>'])
    assert.equal(newsSitemap(text), undefined)
})
