import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import type { ArticleDraft } from '../../src/article/article.ts'
import {
  type ArticleFile,
  describeRefusal,
  isArticleFile,
  MAX_FILE_BYTES,
  type Refusal,
  readArticleFile,
} from '../../src/article/file.ts'

const root = join(import.meta.dirname, '../..')
const fixtures = join(root, 'test/fixtures/article-files')
const sharedArticles = join(root, '../shared/articles')

function fileOf(name: string, text: string | Uint8Array): ArticleFile {
  return { name, bytes: typeof text === 'string' ? Buffer.from(text) : text }
}

function draftOf(file: ArticleFile): ArticleDraft {
  const reading = readArticleFile(file)
  assert.equal(reading.kind, 'article', `${file.name}: ${JSON.stringify(reading)}`)
  return reading.kind === 'article' ? reading.draft : assert.fail()
}

function reasonOf(file: ArticleFile): Refusal {
  const reading = readArticleFile(file)
  return reading.kind === 'refused' ? reading.reason : assert.fail(`${file.name} was read as an article`)
}

suite('golden article files', () => {
  const cases = readdirSync(fixtures)

  test('there are at least forty', () => assert.ok(cases.length >= 40))

  for (const name of cases) {
    test(name, () => {
      const folder = join(fixtures, name)
      const input =
        readdirSync(folder).find((file) => file.startsWith('input.')) ?? assert.fail('no input file')
      const expectation = join(folder, 'expected.json')
      assert.ok(existsSync(expectation), `${expectation} is missing`)
      const reading = readArticleFile({ name: input, bytes: readFileSync(join(folder, input)) })
      assert.deepEqual(reading, z.unknown().parse(JSON.parse(readFileSync(expectation, 'utf8'))))
    })
  }
})

/** What every draft must be, however odd the file it came from. */
function assertReadable(draft: ArticleDraft): void {
  const texts = [draft.headline, draft.standfirst, draft.outlet, ...draft.authors, ...draft.body]
  for (const text of texts.filter((value) => value !== undefined)) {
    assert.ok(text !== '' && text === text.trim(), `empty or padded: ${JSON.stringify(text)}`)
    assert.ok(text.isWellFormed())
    assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029]/u)
    assert.doesNotMatch(text, /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u)
  }
  for (const address of [draft.url, draft.image].filter((value) => value !== undefined)) {
    assert.match(new URL(address).protocol, /^https?:$/)
  }
  assert.ok(draft.publishedAt === undefined || Number.isFinite(draft.publishedAt))
  assert.ok(draft.body.length > 0)
}

suite('any file', () => {
  const ending = fc.constantFrom('.txt', '.md', '.html', '.pdf', '')

  function assertRead(file: ArticleFile): void {
    const reading = readArticleFile(file)
    if (reading.kind === 'article') assertReadable(reading.draft)
    else assert.match(describeRefusal(reading.reason), /^[A-Z].*\.$/)
  }

  test('of random bytes is an article or refused with a sentence, and never throws', () => {
    const bytes = fc.uint8Array({ maxLength: 600 })
    fc.assert(
      fc.property(ending, bytes, (end, content) => assertRead({ name: `a${end}`, bytes: content })),
      { numRuns: 300 },
    )
  })

  test('made of the pieces that articles are made of is an article or refused, and never throws', () => {
    const piece = fc.constantFrom(
      '---\n',
      '+++\n',
      'title: x\n',
      'author: [a, b]\n',
      '# Headline\n',
      '\n\n',
      '\n',
      ' ',
      '\r\n',
      '\ufeff',
      '\u202e',
      '\0',
      '\u2028',
      'A sentence of some length that says nothing in particular. ',
      'Von Max Muster\n',
      'source-120\n',
      'Leave a Reply',
      '> ',
      '- ',
      '| a | b |\n|--|--|\n',
      '![x](http://a.example/b.png)',
      '<p>',
      '</p>',
      '<h1>Titel</h1>',
      '<script>',
      '<!--',
      '```\n',
      '[',
      '](',
      '**',
      '&amp;',
      '&#0;',
      '&#xd800;',
      '2 Comments\n',
      'Stand: 21.11.2026, 14:30 Uhr\n',
      '日本語の文章です。',
      'Quelle: dpa\n',
      'https://a.example/b\n',
      '[^1]: note\n',
      'word-\nwrap ',
      '\ud800',
      'e\u0301',
    )
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 40 })
    fc.assert(
      fc.property(ending, text, fc.boolean(), (end, parts, isWide) => {
        const bytes = Buffer.from(parts.join(''), isWide ? 'utf16le' : 'utf8')
        assertRead({ name: `a${end}`, bytes })
      }),
      { numRuns: 600 },
    )
  })

  test('is read to the same draft whatever Unicode encoding and line ends it was saved with', () => {
    const text =
      'Pool für Köln\n\nEine Zeile Text, die etwas länger ist als die Überschrift.\n\nNoch ein Absatz, 東京.'
    const plain = draftOf(fileOf('a.txt', text))
    assert.deepEqual(draftOf(fileOf('a.txt', text.replaceAll('\n', '\r\n'))), plain)
    assert.deepEqual(draftOf(fileOf('a.txt', `\ufeff${text}`)), plain)
    assert.deepEqual(draftOf(fileOf('a.txt', Buffer.from(`\ufeff${text}`, 'utf16le'))), plain)
    assert.deepEqual(draftOf(fileOf('a.txt', Buffer.from(`\ufeff${text}`, 'utf16le').swap16())), plain)
  })
})

suite('hostile Markdown', () => {
  const bombs: Readonly<Record<string, string>> = {
    quotes: '>'.repeat(50_000),
    'spaced quotes': '> '.repeat(50_000),
    lists: Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n'),
    brackets: '['.repeat(50_000),
    'open links': '[a]('.repeat(20_000),
    emphasis: '*a _b '.repeat(20_000),
    underscores: '__a'.repeat(60_000),
    'underscores in many blocks': `${'__a'.repeat(400)}\n\n`.repeat(100),
    backticks: Array.from({ length: 800 }, (_, index) => '`'.repeat(index % 150)).join(' x '),
    'open tags': '<a '.repeat(30_000),
    table: `|${'a|'.repeat(2000)}\n|${'-|'.repeat(2000)}\n|${'b|'.repeat(2000)}`,
    'yaml aliases': '---\na: &a [x]\nb: *a\n---\ntext',
    'deep yaml': `---\ntitle: ${'['.repeat(10_000)}\n---\ntext`,
  }
  for (const [name, bomb] of Object.entries(bombs)) {
    test(`${name} are refused or flattened`, () => {
      const reading = readArticleFile(fileOf('a.md', `# Headline\n\n${bomb}\n\nText at the end.`))
      if (reading.kind === 'article') assertReadable(reading.draft)
      const front = readArticleFile(fileOf('a.md', bomb))
      if (front.kind === 'article') assertReadable(front.draft)
    })
  }
})

suite('refusals', () => {
  test('name the reason with its facts, and the sentence says how to mend it', () => {
    const cases: readonly (readonly [ArticleFile, Refusal, RegExp])[] = [
      [fileOf('a.txt', ''), { code: 'empty' }, /^The file is empty; put a headline/],
      [
        fileOf('a.pdf', 'x'),
        { code: 'unsupported-ending', ending: '.pdf' },
        /"\.pdf".*\.txt, \.md or \.html/,
      ],
      [fileOf('README', 'x'), { code: 'unsupported-ending', ending: '' }, /without an ending/],
      [fileOf('a.txt', '%PDF-1.7'), { code: 'binary', format: 'PDF' }, /a PDF file/],
      [
        fileOf('a.txt', new Uint8Array(MAX_FILE_BYTES + 1).fill(97)),
        { code: 'too-large', bytes: MAX_FILE_BYTES + 1, limitBytes: MAX_FILE_BYTES },
        /2\.1 MB.*2 MB/,
      ],
      [fileOf('a.html', '<title>Only a title</title>'), { code: 'no-text' }, /no text; add/],
      [
        fileOf('a.md', '\n---\na: 1\na: 2\n---\nx'),
        { code: 'bad-front-matter', line: 4, problem: 'a key occurs twice' },
        /at line 4: a key occurs twice; correct/,
      ],
    ]
    for (const [file, reason, sentence] of cases) {
      assert.deepEqual(reasonOf(file), reason)
      assert.match(describeRefusal(reason), sentence)
    }
  })

  test('a file at the limit is read', () => {
    const line = 'A sentence of forty characters, or so it is.\n\n'
    const text = `Headline\n\n${Array.from({ length: 40_000 }, (_, index) => `${index} ${line}`).join('')}`
    assert.ok(draftOf(fileOf('a.txt', text.slice(0, MAX_FILE_BYTES))).body.length > 1000)
  })
})

test('files that nobody meant to be articles are passed over', () => {
  for (const name of [
    'a.txt',
    'folder/a.md',
    'Bericht (1).html',
    'notes.pdf',
    'ohne-endung',
    'a.b.c.txt',
    'C:\\x\\a.txt',
  ]) {
    assert.ok(isArticleFile(name), name)
  }
  for (const name of [
    '',
    '.hidden.txt',
    '.DS_Store',
    '.a.txt.swp',
    'a.txt~',
    '#a.txt#',
    '~$Bericht.docx',
    'a.txt.bak',
    'a.html.part',
    'a.txt.crdownload',
    'a.md.tmp',
    'Thumbs.db',
    'desktop.ini',
    '4913',
    'x/.git',
    'a.swp',
    'a.txt.orig',
    'a.sync-conflict-20261121-120000-ABC.txt',
  ]) {
    assert.ok(!isArticleFile(name), name)
  }
})

test('articles saved from the web, as they are given to the project, are read whole', (t) => {
  if (!existsSync(sharedArticles)) return t.skip('no ../shared/articles here')
  for (const name of readdirSync(sharedArticles).filter((file) => file.endsWith('.txt'))) {
    const bytes = readFileSync(join(sharedArticles, name))
    const draft = draftOf({ name, bytes })
    assertReadable(draft)
    assert.equal(draft.headline, bytes.toString('utf8').split('\n')[0]?.trim())
    assert.ok((draft.standfirst ?? '').length > 40)
    assert.match(draft.outlet ?? '', /^source-\d+$/)
    assert.ok(draft.body.length >= 15)
    assert.doesNotMatch(draft.body.join('\n'), /Leave a Reply|source-\d/)
  }
})

test('every article that ships is read, and none carries what belongs to the page around it', () => {
  const digests = join(root, 'digests')
  const folders = readdirSync(digests)
    .map((digest) => join(digests, digest, 'articles'))
    .filter(existsSync)
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  assert.ok(files.length >= 24)
  for (const name of files) {
    const draft = draftOf({ name, bytes: readFileSync(name) })
    assertReadable(draft)
    assert.doesNotMatch(draft.body.join('\n'), /Leave a Reply|Share this|^source-\d|�/m)
    assert.ok(draft.body.length >= 3, name)
  }
})
