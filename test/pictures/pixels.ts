/** The pixels of a picture, as the renderer's own PNG reader sees them. */
import { Resvg } from '@resvg/resvg-wasm'
import { renderPng } from '../../src/pictures/render.ts'

export interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha of each pixel, row by row; colours multiplied by alpha. */
  readonly bytes: Uint8Array
}

/** Reads a PNG file with another reader than our writer. */
export async function readPng(png: Uint8Array): Promise<Pixels> {
  const view = new DataView(png.buffer, png.byteOffset)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const data = Buffer.from(png).toString('base64')
  return drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`,
  )
}

/** The pixels of an SVG before they become a PNG. It sees no fonts. */
export async function drawSvg(svg: string): Promise<Pixels> {
  await renderPng('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
  const drawing = new Resvg(svg)
  const image = drawing.render()
  try {
    return { width: image.width, height: image.height, bytes: image.pixels }
  } finally {
    image.free()
    drawing.free()
  }
}

/** The smallest box that holds every pixel of another colour than the first one; undefined where there is none. */
export function inkBox({
  width,
  height,
  bytes,
}: Pixels):
  | { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  | undefined {
  const colours = new Uint32Array(bytes.slice().buffer)
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (const [at, colour] of colours.entries()) {
    if (colour === colours[0]) continue
    left = Math.min(left, at % width)
    right = Math.max(right, at % width)
    top = Math.min(top, Math.floor(at / width))
    bottom = Math.max(bottom, Math.floor(at / width))
  }
  return right < 0 ? undefined : { left, right: right + 1, top, bottom: bottom + 1 }
}
