import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePng } from '../../src/pictures/png.ts'
import { renderPng } from '../../src/pictures/render.ts'
import { drawSvg, readPng } from './pixels.ts'

const svg = (width: number, height: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`

test('a picture is a PNG file of the size of the SVG', async () => {
  const png = await renderPng(svg(30, 20, '<rect width="30" height="20" fill="#b8442f"/>'))
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const { width, height, bytes } = await readPng(png)
  assert.deepEqual([width, height, ...bytes.subarray(0, 4)], [30, 20, 0xb8, 0x44, 0x2f, 0xff])
})

const few = svg(
  40,
  40,
  '<circle cx="20" cy="20" r="15" fill="#b8442f"/><rect y="30" width="40" height="10"/>',
)
const many = svg(
  64,
  64,
  `<linearGradient id="a"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>
  <linearGradient id="b" x2="0" y2="1"><stop stop-color="#0f0" stop-opacity="0"/><stop offset="1" stop-color="#0f0"/></linearGradient>
  <rect width="64" height="64" fill="url(#a)"/><rect width="64" height="64" fill="url(#b)"/>`,
)

for (const [what, drawing, colourType] of [
  ['few colours, with a palette', few, 3],
  ['many colours, without', many, 6],
] as const) {
  test(`a picture keeps every pixel: ${what}`, async () => {
    const png = await renderPng(drawing)
    assert.equal(png[25], colourType)
    const [drawn, read] = [await drawSvg(drawing), await readPng(png)]
    assert.deepEqual(read, drawn)
  })
}

test('exactly 256 colours still make a palette', () => {
  const bitmap = (colours: number) => ({
    width: colours,
    height: 1,
    pixels: new Uint8Array(
      Array.from({ length: colours }, (_, index) => [index & 255, index >> 8, 7, 255]).flat(),
    ),
  })
  assert.equal(encodePng(bitmap(256))[25], 3)
  assert.equal(encodePng(bitmap(257))[25], 6)
})

test('the same SVG gives the same bytes', async () => {
  const [one, other] = [await renderPng(many), await renderPng(many)]
  assert.deepEqual(one, other)
})

test('what is no SVG is an error, and the next picture is drawn nevertheless', async () => {
  await assert.rejects(renderPng('<svg><text></svg>'))
  assert.ok((await renderPng(few)).length > 100)
})
