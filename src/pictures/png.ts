/**
 * Pixels → PNG. Pictures of few colours, as ours are, are written with a palette: a quarter of the size of four bytes a pixel,
 * which matters to telephones. PNG specification, third edition; lines are not filtered, flat ground packs best so.
 */
import { crc32, deflateSync } from 'node:zlib'

export interface Bitmap {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha of each pixel, row by row; colours are multiplied by alpha, as renderers keep them. */
  readonly pixels: Uint8Array
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const mostColours = 256
/** The next ones take ten times as long for a few bytes less. */
const level = 7
const indexed = 3
const trueColourWithAlpha = 6

/** The bytes of a PNG file; the same bitmap gives the same bytes. */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const palette = indexColours(bitmap)
  if (palette === undefined) {
    return png(bitmap, trueColourWithAlpha, 4, straightAlpha(bitmap.pixels), [])
  }
  const colours = straightAlpha(palette.colours)
  return png(bitmap, indexed, 1, palette.indices, [
    chunk('PLTE', channels(colours, [0, 1, 2])),
    chunk('tRNS', channels(colours, [3])),
  ])
}

/** One byte a pixel, and the colours they name; undefined where there are more than a byte can name. */
function indexColours({
  pixels,
}: Bitmap): { readonly colours: Uint8Array; readonly indices: Uint8Array } | undefined {
  const whole = new Int32Array(pixels.slice().buffer)
  const indices = new Uint8Array(whole.length)
  const known = new Map<number, number>()
  let last: number | undefined
  let index = 0
  for (let at = 0; at < whole.length; at += 1) {
    const colour = whole[at] ?? 0
    if (colour !== last) {
      last = colour
      index = known.get(colour) ?? known.size
      if (index === mostColours) return undefined
      known.set(colour, index)
    }
    indices[at] = index
  }
  return { colours: new Uint8Array(Int32Array.from(known.keys()).buffer), indices }
}

function straightAlpha(premultiplied: Uint8Array): Uint8Array {
  return premultiplied.map((value, at) => {
    const alpha = premultiplied[at | 3] ?? 0
    return (at & 3) === 3 || alpha === 0 ? value : Math.min(255, Math.round((value * 255) / alpha))
  })
}

function channels(colours: Uint8Array, wanted: readonly number[]): Uint8Array {
  return colours.filter((_, at) => wanted.includes(at & 3))
}

function png(
  { width, height }: Bitmap,
  colourType: number,
  bytesPerPixel: number,
  data: Uint8Array,
  extra: readonly Uint8Array[],
): Uint8Array {
  const stride = width * bytesPerPixel
  const lines = new Uint8Array((stride + 1) * height)
  for (let row = 0; row < height; row += 1) {
    lines.set(data.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1)
  }
  const header = new DataView(new ArrayBuffer(13))
  header.setUint32(0, width)
  header.setUint32(4, height)
  header.setUint8(8, 8)
  header.setUint8(9, colourType)
  const parts = [
    signature,
    chunk('IHDR', new Uint8Array(header.buffer)),
    ...extra,
    chunk('IDAT', deflateSync(lines, { level })),
    chunk('IEND', new Uint8Array(0)),
  ]
  return joined(parts)
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(new TextEncoder().encode(type), 4)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

/** In memory of their own, so that a thread can hand them over. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
