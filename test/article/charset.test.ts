import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type DecodeOptions, decodeBytes } from '../../src/article/charset.ts'
import { ENCODING_SAMPLES } from './encoding-samples.ts'

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le')
const swapped = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16()
const hex = (digits: string): Uint8Array => Buffer.from(digits, 'hex')

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const view = new DataView(new ArrayBuffer(codes.length * 4))
  for (const [index, code] of codes.entries()) view.setUint32(index * 4, code, littleEndian)
  return new Uint8Array(view.buffer)
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}

function expectText(bytes: Uint8Array, options: DecodeOptions, text: string, encoding: string): void {
  assert.deepEqual(decodeBytes(bytes, options), { text, encoding })
}

suite('labels of the Encoding Standard', () => {
  const all = ENCODING_SAMPLES.flatMap(({ labels, ...sample }) =>
    labels.split(' ').map((label) => ({ label, ...sample })),
  )

  test('the table is the whole of the standard: 40 encodings', () => {
    assert.equal(ENCODING_SAMPLES.length, 40)
    assert.equal(new Set(all.map(({ label }) => label)).size, all.length)
    assert.ok(all.length >= 219)
  })

  test('every label in the HTTP header decodes its encoding right, for each kind and in any case', () => {
    for (const { label, encoding, text, hex: digits } of all) {
      for (const kind of ['html', 'xml', 'text'] as const) {
        expectText(hex(digits), { kind, contentType: `text/x; charset=${label}` }, text, encoding)
        expectText(
          hex(digits),
          { kind, contentType: `text/x; Charset="${label.toUpperCase()}"` },
          text,
          encoding,
        )
      }
    }
  })

  test('every label in an XML declaration decodes its encoding right', () => {
    for (const { label, encoding, text, hex: digits } of all) {
      if (encoding.startsWith('utf-16')) continue
      const declaration = `<?xml version="1.0" encoding="${label}"?>`
      const expected = encoding === 'replacement' ? text : declaration + text
      if (/[^\w.:-]/.test(label)) continue
      expectText(join(ascii(declaration), hex(digits)), { kind: 'xml' }, expected, encoding)
    }
  })

  test('every label in a meta element decodes its encoding right, but UTF-16 and x-user-defined are not believed', () => {
    for (const { label, encoding, text, hex: digits } of all) {
      if (encoding.startsWith('utf-16') || encoding === 'x-user-defined') continue
      const head = `<html><head><meta charset="${label}">`
      const expected = encoding === 'replacement' ? text : head + text
      expectText(join(ascii(head), hex(digits)), { kind: 'html' }, expected, encoding)
    }
    expectText(ascii('<meta charset=utf-16><p>x'), { kind: 'html' }, '<meta charset=utf-16><p>x', 'utf-8')
    expectText(
      ascii('<meta charset=x-user-defined>\x80'),
      { kind: 'html' },
      '<meta charset=x-user-defined>€',
      'windows-1252',
    )
  })

  test('labels that are no labels are read as meant, or passed over', () => {
    expectText(
      ascii('\xcc'),
      { kind: 'text', contentType: 'text/plain; charset=win-1251' },
      'М',
      'windows-1251',
    )
    expectText(ascii('a'), { kind: 'text', contentType: 'text/plain; charset=utf8mb4' }, 'a', 'utf-8')
    expectText(
      ascii('K\xf6ln'),
      { kind: 'text', contentType: 'text/plain; charset=bogus' },
      'Köln',
      'windows-1252',
    )
  })
})

suite('byte order marks', () => {
  test('a mark wins over every label and is not part of the text', () => {
    const contentType = 'text/html; charset=windows-1251'
    for (const kind of ['html', 'xml', 'text'] as const) {
      expectText(join(hex('efbbbf'), utf8('Köln')), { kind, contentType }, 'Köln', 'utf-8')
      expectText(join(hex('fffe'), utf16('Köln')), { kind, contentType }, 'Köln', 'utf-16le')
      expectText(join(hex('feff'), swapped('Köln')), { kind, contentType }, 'Köln', 'utf-16be')
      expectText(join(hex('fffe0000'), utf32('Köln😀', true)), { kind, contentType }, 'Köln😀', 'utf-32le')
      expectText(join(hex('0000feff'), utf32('Köln😀', false)), { kind, contentType }, 'Köln😀', 'utf-32be')
    }
  })

  test('UTF-16 and UTF-32 without a mark are known by their zero bytes', () => {
    const document = '<?xml version="1.0" encoding="UTF-16"?><a>Zürich</a>'
    expectText(utf16(document), { kind: 'xml' }, document, 'utf-16le')
    expectText(swapped(document), { kind: 'xml' }, document, 'utf-16be')
    expectText(utf32(document, true), { kind: 'xml' }, document, 'utf-32le')
    expectText(utf32(document, false), { kind: 'xml' }, document, 'utf-32be')
    const russian = 'Городской совет решил в понедельник закрыть бассейн.\nПроект обойдётся дорого.\n'
    expectText(utf16(russian), { kind: 'text' }, russian, 'utf-16le')
    expectText(swapped(russian), { kind: 'text' }, russian, 'utf-16be')
    const japanese =
      '第一回 一般会議、一部を公開\n市議会は月曜日、一つの案を可決した。\n一方で 3 人が反対した。\n'
    expectText(utf16(japanese), { kind: 'text' }, japanese, 'utf-16le')
    expectText(swapped(japanese), { kind: 'text' }, japanese, 'utf-16be')
  })

  test('a byte too many at the end of UTF-16 is dropped', () => {
    expectText(join(hex('fffe'), utf16('Köln'), hex('41')), { kind: 'text' }, 'Köln', 'utf-16le')
  })
})

suite('wrong and missing labels', () => {
  test('valid UTF-8 with multi-byte sequences wins over a label that says otherwise', () => {
    for (const label of ['iso-8859-1', 'windows-1251', 'shift_jis', 'us-ascii']) {
      expectText(
        utf8('Größe – 東京'),
        { kind: 'html', contentType: `text/html; charset=${label}` },
        'Größe – 東京',
        'utf-8',
      )
    }
    const document = '<?xml version="1.0" encoding="iso-8859-1"?><t>Größe</t>'
    expectText(utf8(document), { kind: 'xml' }, document, 'utf-8')
  })

  test('a short text in GBK that happens to be valid UTF-8 keeps its label', () => {
    expectText(hex('c1aacda8'), { kind: 'text', contentType: 'text/plain; charset=gb2312' }, '联通', 'gbk')
  })

  test('UTF-8 is not believed of bytes that are not UTF-8', () => {
    const head = '<?xml version="1.0" encoding="utf-8"?>'
    expectText(
      ascii(`${head}K\xf6ln \x96 Stra\xdfe`),
      { kind: 'xml' },
      `${head}Köln – Straße`,
      'windows-1252',
    )
  })

  test('a single broken byte does not turn a UTF-8 text into gibberish', () => {
    const { text, encoding } = decodeBytes(join(utf8('Größe, Köln, Straße, Äpfel, Öl '), hex('ff')), {
      kind: 'html',
    })
    assert.equal(encoding, 'utf-8')
    assert.equal(text, 'Größe, Köln, Straße, Äpfel, Öl \uFFFD')
  })

  test('a text cut off within a character is still UTF-8', () => {
    expectText(utf8('Köln Straße').subarray(0, -2).subarray(0, 10), { kind: 'text' }, 'Köln Stra', 'utf-8')
  })

  test('without a label, bytes that are not UTF-8 are windows-1252, and Cyrillic, Polish and the euro are told from it', () => {
    expectText(ascii('Caf\xe9'), { kind: 'text' }, 'Café', 'windows-1252')
    expectText(ascii('\x93Gr\xfc\xdfe\x94 \x80'), { kind: 'text' }, '“Grüße” €', 'windows-1252')
    expectText(
      ascii('Eintritt: 7 \xa4, erm\xe4\xdfigt 4 \xa4'),
      { kind: 'text' },
      'Eintritt: 7 €, ermäßigt 4 €',
      'iso-8859-15',
    )
    const russian = 'cbeef1ff20e820ede020f1f2eef0eeede520e2eee5ededeee920f1f2eeeff0eef1e8ece8'
    assert.equal(decodeBytes(hex(russian), { kind: 'text' }).encoding, 'windows-1251')
  })

  test('HTTP wins over the document, and the document counts where HTTP is silent', () => {
    const page = ascii('<head><meta charset="windows-1251"></head>\xcc')
    assert.ok(decodeBytes(page, { kind: 'html' }).text.endsWith('М'))
    assert.ok(decodeBytes(page, { kind: 'html', contentType: 'text/html' }).text.endsWith('М'))
    assert.ok(
      decodeBytes(page, { kind: 'html', contentType: 'text/html; charset=windows-1253' }).text.endsWith('Μ'),
    )
  })
})

suite('the charset a page declares', () => {
  const declared = (head: string): string => decodeBytes(ascii(`${head}\xe0`), { kind: 'html' }).encoding

  test('is found in every form of the meta element', () => {
    assert.equal(declared('<META CHARSET=koi8-r>'), 'koi8-r')
    assert.equal(declared("<meta content='text/html; charset=koi8-r' http-equiv=Content-Type />"), 'koi8-r')
    assert.equal(
      declared('<meta http-equiv="content-type" content="text/html;charset=\'koi8-r\'">'),
      'koi8-r',
    )
    assert.equal(declared(`<title>${'x'.repeat(3000)}</title><meta charset="koi8-r">`), 'koi8-r')
    assert.equal(declared('<?xml version="1.0" encoding="koi8-r"?><html>'), 'koi8-r')
  })

  test('is not taken from comments, scripts, the body or other elements', () => {
    for (const head of [
      '<!-- <meta charset="koi8-r"> -->',
      '<script>"<meta charset=koi8-r>"</script>',
      '<body><meta charset=koi8-r>',
      '<link charset="koi8-r">',
      '<meta name="x" content="charset=koi8-r">',
      '<a title="<meta charset=koi8-r>">',
    ]) {
      assert.equal(declared(head), 'windows-1252', head)
    }
  })
})

test('NUL, lone surrogates and carriage returns never reach the text', () => {
  expectText(ascii('a\0b\r\nc\rd'), { kind: 'text' }, 'ab\nc\nd', 'utf-8')
  expectText(utf8('Größe\0 und Straße'), { kind: 'xml' }, 'Größe und Straße', 'utf-8')
  expectText(hex('fffe00d841000a00'), { kind: 'text' }, '\uFFFDA\n', 'utf-16le')
})

test('any bytes decode to well-formed text without NUL and CR, and the answer is always the same', () => {
  const labels = fc.constantFrom(
    undefined,
    ...ENCODING_SAMPLES.map(({ encoding }) => `text/x; charset=${encoding}`),
  )
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('html', 'xml', 'text'),
      labels,
      (bytes, kind, type) => {
        const options = { kind, ...(type !== undefined && { contentType: type }) }
        const { text, encoding } = decodeBytes(bytes, options)
        assert.ok(text.isWellFormed())
        assert.ok(!/[\0\r]/.test(text))
        assert.equal(encoding, encoding.toLowerCase())
        assert.deepEqual(decodeBytes(bytes, options), { text, encoding })
      },
    ),
    { numRuns: 500 },
  )
})
