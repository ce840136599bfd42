/**
 * SVG → PNG. The renderer is loaded once a thread, sees the bundled fonts alone, and neither files nor the network: it is
 * WebAssembly without either. Only SVG that this folder wrote comes here.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { bundledFonts } from './fonts.ts'
import { encodePng } from './png.ts'

let loading: Promise<void> | undefined

/** The picture as the bytes of a PNG file. The same SVG gives the same bytes. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  loading ??= load()
  await loading
  const drawing = new Resvg(svg, {
    font: { fontBuffers: [...bundledFonts().files], defaultFontFamily: bundledFonts().sans.family },
  })
  try {
    const image = drawing.render()
    try {
      return encodePng({ width: image.width, height: image.height, pixels: image.pixels })
    } finally {
      image.free()
    }
  } finally {
    drawing.free()
  }
}

async function load(): Promise<void> {
  await initWasm(await readFile(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'))))
}
