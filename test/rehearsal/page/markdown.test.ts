import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MarkdownNode, parseMarkdown } from '../../../src/rehearsal/page/markdown.ts'

/** Nodes in a short notation: `bold(text)`, `link[masked https://…](text)`, text as it is, a break as ⏎. */
function short(nodes: readonly MarkdownNode[]): string {
  return nodes.map(shortOne).join('')
}

function shortOne(node: MarkdownNode): string {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'break':
      return '⏎'
    case 'code':
      return `code(${node.text})`
    case 'code-block':
      return `block[${node.language ?? ''}](${node.text.replaceAll('\n', '⏎')})`
    case 'heading':
      return `h${node.level}(${short(node.children)})`
    case 'list':
      return `list${node.start ?? ''}(${node.items.map(short).join('|')})`
    case 'link':
      return `${node.masked ? 'masked' : 'link'}[${node.href}](${short(node.children)})`
    case 'mention':
      return `${node.of}(${node.name ?? node.id})`
    case 'timestamp':
      return `time(${node.seconds}:${node.style})`
    case 'emoji':
      return `emoji(${node.name})`
    default:
      return `${node.kind}(${short(node.children)})`
  }
}

const id = '123456789012345678'

const cases: readonly (readonly [name: string, input: string, expected: string])[] = [
  [
    'bold, italic, underline and strike are told apart',
    '**b** *i* _i_ __u__ ~~s~~',
    'bold(b) italic(i) italic(i) underline(u) strike(s)',
  ],
  ['marks nest', '***both*** __**u**__', 'bold(italic(both)) underline(bold(u))'],
  ['an opener without a closer is plain', '**open *and _so ~~on ||too', '**open *and _so ~~on ||too'],
  ['stars between spaces are plain', '2 * 3 * 4', '2 * 3 * 4'],
  ['underscores inside a word are plain', 'snake_case_name', 'snake_case_name'],
  ['underscores beside other scripts are plain too', 'слово_слово_слово', 'слово_слово_слово'],
  ['a spoiler hides what it holds', '||**x**||', 'spoiler(bold(x))'],
  [
    'a backslash takes the meaning from a mark',
    String.raw`\*\*x\*\* \_y\_ \|| \[a](https://b.example)`,
    '**x** _y_ || [a](link[https://b.example/](https://b.example))',
  ],
  ['a backslash before a letter stays', String.raw`C:\dir`, String.raw`C:\dir`],
  ['code keeps its marks', '`**x**` ``a ` b``', 'code(**x**) code(a ` b)'],
  [
    'a code block has a language and keeps its lines',
    '```js\nconst a = 1\n*b*\n```after',
    'block[js](const a = 1⏎*b*)after',
  ],
  ['a word on one line with the fence is code, not a language', '```js```', 'block[](js)'],
  ['headings have three levels and need a space', '# a\n## b\n### c\n#### d\n#e', 'h1(a)h2(b)h3(c)#### d⏎#e'],
  ['a heading is only one at the start of a line', 'a # b', 'a # b'],
  ['a heading smuggled in after a line break is one', 'text\n# Forged', 'text⏎h1(Forged)'],
  ['subtext is small print', '-# small *i*', 'subtext(small italic(i))'],
  ['lists hold their items and nest', '- a\n- b\n  - c\n1. x', 'list(a|b⏎list(c))list1(x)'],
  ['an ordered list starts where it says', '3. a\n4. b', 'list3(a|b)'],
  ['a quote takes the lines that carry its mark', '> a\n> b\nc', 'quote(a⏎b)c'],
  ['a long quote takes the rest', '>>> a\nb\n# c', 'quote(a⏎b⏎h1(c))'],
  [
    'a masked link shows where it leads',
    '[text **b**](https://x.example/a)',
    'masked[https://x.example/a](text bold(b))',
  ],
  [
    'a masked link with angle brackets or title is one as well',
    '[a](<https://x.example>) [b](https://x.example "t")',
    'masked[https://x.example/](a) masked[https://x.example/](b)',
  ],
  [
    'an address that is not http is no link',
    '[a](javascript:alert(1)) [b](data:text/html,x) <ftp://x.example>',
    '[a](javascript:alert(1)) [b](data:text/html,x) <ftp://x.example>',
  ],
  [
    'bare addresses are links without the stop after them',
    'see https://x.example/a_b_c, (https://y.example).',
    'see link[https://x.example/a_b_c](https://x.example/a_b_c), (link[https://y.example/](https://y.example)).',
  ],
  [
    'an address in angle brackets is a link',
    '<https://x.example>',
    'link[https://x.example/](https://x.example)',
  ],
  [
    'mentions of every kind are seen',
    `<@${id}> <@!${id}> <@&${id}> <#${id}> </news now:${id}> @everyone @here`,
    `user(${id}) user(${id}) role(${id}) channel(${id}) command(news now) everyone(@everyone) everyone(@here)`,
  ],
  [
    'timestamps have a style',
    '<t:1700000000> <t:1700000000:R> <t:-5:d> <t:1700000000:x>',
    'time(1700000000:f) time(1700000000:R) time(-5:d) <t:1700000000:x>',
  ],
  ['a timestamp no calendar holds is plain', '<t:9999999999999>', '<t:9999999999999>'],
  ['custom emoji are named', `<:wave:${id}> <a:spin:${id}>`, 'emoji(wave) emoji(spin)'],
  ['markup of other languages is text', '<b>x</b> &amp; <script>', '<b>x</b> &amp; <script>'],
]

for (const [name, input, expected] of cases) {
  test(name, () => {
    assert.equal(short(parseMarkdown(input)), expected)
  })
}

test('nesting beyond the bound is shown as it was written', () => {
  const steps = Array.from({ length: 30 }, (_, index) => `${' '.repeat(Math.min(index, 20))}- item${index}`)
  const shown = short(parseMarkdown(steps.join('\n')))
  for (let index = 0; index < 30; index += 1)
    assert.ok(shown.includes(`item${index}`), `item${index} in ${shown}`)
})

test('endless openers of every kind are taken as text or closed, and nothing throws', () => {
  for (const unit of [
    '[',
    '[a](',
    '**',
    '**__',
    '_',
    '`',
    '||',
    '<@',
    '- ',
    '> ',
    'https://x.example)',
    '*a _b ',
  ]) {
    const text = unit.repeat(Math.floor(4000 / unit.length))
    assert.ok(parseMarkdown(text).length > 0, unit)
  }
})
