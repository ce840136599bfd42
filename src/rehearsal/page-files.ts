/**
 * The page's own files. In the source tree the browser modules are TypeScript and are served with their types
 * stripped; in the built package the JavaScript lies there instead. A module is found by either ending. Only names
 * of one plain word are looked up, so no path leads out of the folder.
 */
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'

export interface PageFile {
  readonly contentType: string
  readonly body: string
}

const folder = new URL('./page/', import.meta.url)

const plainTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The file behind a path of the page (`/`, `/page.css`, `/main.js`, `/dom.ts`), or undefined. */
export async function pageFile(pathname: string): Promise<PageFile | undefined> {
  const [, name, ending] = /^\/([a-z][a-z-]{0,40})\.(html|css|svg|ts|js)$/.exec(
    pathname === '/' ? '/index.html' : pathname,
  ) ?? ['', '', '']
  if (name === undefined || name === '' || ending === undefined) return undefined
  const plainType = plainTypes[ending]
  if (plainType === undefined) return moduleFile(name)
  const body = await textOf(`${name}.${ending}`)
  return body === undefined ? undefined : { contentType: plainType, body }
}

async function moduleFile(name: string): Promise<PageFile | undefined> {
  const contentType = 'text/javascript; charset=utf-8'
  const built = await textOf(`${name}.js`)
  if (built !== undefined) return { contentType, body: built }
  const source = await textOf(`${name}.ts`)
  return source === undefined ? undefined : { contentType, body: stripTypeScriptTypes(source) }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(new URL(file, folder), 'utf8')
  } catch {
    return undefined
  }
}
