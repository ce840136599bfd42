import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleLinks, feedLinks, guessFeedUrls } from '../../src/sources/discovery.ts'

const PAGE = 'https://www.news.example/politik/'

test('the feeds that a page declares are found, relative ones too, those of comments last', () => {
  const html = `<html><head><base href="/base/">
    <link rel="alternate" type="application/rss+xml" title="Kommentare" href="/comments/feed/">
    <LINK REL='alternate' TYPE='application/atom+xml' HREF=news.atom>
    <link rel="alternate home" type="application/feed+json" title="JSON" href="https://cdn.example/feed.json">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/3">
    <link rel="alternate" type="application/json+oembed" href="/oembed?url=x">
    <link rel="alternate" hreflang="fr" href="/fr/"><link rel="stylesheet" href="/feed.css">
    <!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> --></head></html>`
  assert.deepEqual(feedLinks(html, PAGE), [
    { url: 'https://www.news.example/base/news.atom', kind: 'declared' },
    { url: 'https://cdn.example/feed.json', title: 'JSON', kind: 'declared' },
    { url: 'https://www.news.example/comments/feed/', title: 'Kommentare', kind: 'declared' },
  ])
})

test('links that look like feeds are found behind the declared ones', () => {
  const html = `<body><a href="/rss.xml">RSS</a> <a href="/newsletter">Newsletter</a> <a href="/feeds">Unsere Feeds</a>
    <a href="https://feedly.com/i/subscription/feed/x">Feedly</a> <a href="/?feed=rss2">x</a> <a href="/atomkraft.html">Atom</a>
    <a href="javascript:void(0)">RSS</a> <script>"<a href='/feed'>"</script>`
  assert.deepEqual(
    feedLinks(html, PAGE).map(({ url, kind }) => [kind, new URL(url).pathname + new URL(url).search]),
    [
      ['linked', '/rss.xml'],
      ['linked', '/feeds'],
      ['linked', '/?feed=rss2'],
    ],
  )
})

test('the channel behind a YouTube handle is read from its page', () => {
  const html = '<script>{"externalId":"UCabcdefghijklmnopqrstuv"}</script>'
  const url = 'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv'
  assert.deepEqual(feedLinks(html, 'https://www.youtube.com/@news'), [{ url, kind: 'declared' }])
  assert.deepEqual(feedLinks(html, PAGE), [])
})

test('known sites have their feeds at known places', () => {
  const sites: [string, string[]][] = [
    [
      'https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos',
      ['https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv'],
    ],
    [
      'https://youtube.com/playlist?list=PL_abc-1',
      ['https://www.youtube.com/feeds/videos.xml?playlist_id=PL_abc-1'],
    ],
    ['https://www.youtube.com/user/someone', ['https://www.youtube.com/feeds/videos.xml?user=someone']],
    ['https://old.reddit.com/r/europe/', ['https://www.reddit.com/r/europe/.rss']],
    ['reddit.com/r/europe/top', ['https://www.reddit.com/r/europe/top/.rss']],
    ['https://mastodon.example/@ada', ['https://mastodon.example/@ada.rss']],
    ['https://mastodon.example/tags/News', ['https://mastodon.example/tags/News.rss']],
    [
      'https://github.com/nodejs/node',
      [
        'https://github.com/nodejs/node/releases.atom',
        'https://github.com/nodejs/node/tags.atom',
        'https://github.com/nodejs/node/commits.atom',
      ],
    ],
    ['https://github.com/nodejs/node/releases', ['https://github.com/nodejs/node/releases.atom']],
    ['https://github.com/nodejs/node/commits/main', ['https://github.com/nodejs/node/commits/main.atom']],
    ['https://github.com/nodejs', ['https://github.com/nodejs.atom']],
    ['https://medium.com/@ada', ['https://medium.com/feed/@ada']],
    ['https://ada.substack.com/p/x', ['https://ada.substack.com/feed']],
    ['https://ada.wordpress.com', ['https://ada.wordpress.com/feed/']],
    ['https://ada.blogspot.com/2026/', ['https://ada.blogspot.com/feeds/posts/default']],
    ['https://show.podigee.io/12-x', ['https://show.podigee.io/feed/mp3']],
    ['https://bsky.app/profile/ada.example', ['https://bsky.app/profile/ada.example/rss']],
  ]
  for (const [address, feeds] of sites) assert.deepEqual(guessFeedUrls(address), feeds, address)
})

test('elsewhere the common places are tried, in the folder before the root', () => {
  const guesses = guessFeedUrls('news.example/blog/')
  assert.equal(guesses[0], 'https://news.example/blog/feed')
  assert.ok(
    guesses.includes('https://news.example/rss.xml') &&
      guesses.includes('https://news.example/blog/atom.xml'),
  )
  assert.equal(new Set(guesses).size, guesses.length)
  assert.ok(guessFeedUrls('https://news.example/a/b.html').includes('https://news.example/a/feed'))
})

test('what is no web address has no feeds', () => {
  for (const address of ['', 'ftp://news.example/', 'javascript:alert(1)', 'a b c']) {
    assert.deepEqual(guessFeedUrls(address), [], address)
  }
})

test('an overview page is followed by its articles, not by its menus', () => {
  const html = `<body><header><a href="/">News</a><a href="/politik/">Politik</a></header>
    <nav><a href="/themen/wahl-2026-alles-was-man-wissen-muss">Alles, was man zur Wahl wissen muss</a></nav>
    <main>
      <article><a href="/politik/wahl-im-land-ist-entschieden-100012.html"><img></a>
        <h2><a href="/politik/wahl-im-land-ist-entschieden-100012.html?utm_source=home">Die Wahl im Land ist entschieden</a></h2></article>
      <a href="/2026/11/23/regen"><h3>Regen im Norden</h3></a>
      <a href="https://www.other.example/2026/11/23/ein-text-ueber-vieles">Ein Text auf einer anderen Seite</a>
      <a href="/autor/ada-berg">Ada Berg, Redakteurin für Politik und Gesellschaft</a>
      <a href="/bilder/2026/11/foto-vom-tag.jpg">Das Foto des Tages in voller Größe</a>
      <a href="/abo">Jetzt abonnieren</a><a href="#top">Nach oben</a>
    </main><footer><a href="/datenschutz">Datenschutz</a></footer>`
  assert.deepEqual(articleLinks(html, PAGE), [
    {
      url: 'https://www.news.example/politik/wahl-im-land-ist-entschieden-100012.html',
      title: 'Die Wahl im Land ist entschieden',
    },
    { url: 'https://www.news.example/2026/11/23/regen', title: 'Regen im Norden' },
  ])
})

test('hostile pages come to an end', { timeout: 30_000 }, () => {
  for (const piece of [
    '<a href="/x">',
    '<script>',
    '<!--',
    '<a ',
    '<h1>',
    '<link rel="alternate" href="',
    '<base href="x/">',
  ]) {
    assert.ok(feedLinks(piece.repeat(400_000), PAGE).length <= 50, piece)
    assert.ok(articleLinks(piece.repeat(400_000), PAGE).length <= 60, piece)
  }
})
