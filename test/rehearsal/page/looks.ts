/** How the page is looked at: by axe, which knows what the Web Content Accessibility Guidelines ask for, and by people, in pictures. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page as Tab } from 'playwright-core'
import { z } from 'zod'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Where pictures of the page are put. */
const shots = process.env.SHOTS

const looks = [
  { name: 'desk-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const

export const wantsPictures = shots !== undefined

/** Both sizes and both colours; each with each where pictures are wanted. */
const usualLooks = shots === undefined ? [looks[0], looks[3]] : looks

/** Goes through sizes and colours, and is back at the first one afterwards. */
async function inEveryLook(tab: Tab, look: (name: string) => Promise<void>): Promise<void> {
  for (const { name, width, height, colorScheme } of usualLooks) {
    await tab.setViewportSize({ width, height })
    await tab.emulateMedia({ colorScheme })
    await look(name)
  }
  await tab.setViewportSize({ width: looks[0].width, height: looks[0].height })
  await tab.emulateMedia({ colorScheme: looks[0].colorScheme })
}

const violations = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
})

const rules = JSON.stringify({
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  resultTypes: ['violations'],
})

/** Nothing that A or AA of the guidelines asks for is missing, in both sizes and both colours. */
export async function assertAccessible(tab: Tab, state: string): Promise<void> {
  await tab.evaluate(axe)
  await inEveryLook(tab, async (look) => {
    const result = violations.parse(await tab.evaluate(`axe.run(document, ${rules})`))
    const faults = result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    assert.deepEqual(faults, [], `${state}, ${look}`)
  })
}

/** Pictures for people to look at, where `SHOTS` names a folder. */
export async function picture(tab: Tab, state: string): Promise<void> {
  if (shots === undefined) return
  await inEveryLook(tab, async (look) => {
    await tab.evaluate("document.querySelector('.log > .message:last-child')?.scrollIntoView()")
    await tab.screenshot({ path: `${shots}/page-${state}-${look}.png` })
  })
}
