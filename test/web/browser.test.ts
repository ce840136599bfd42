/** The pages in real Chromium: without a script, in light and dark, on a desk and on a phone, and without a fault that axe knows. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { chromium, type Page as Tab } from 'playwright-core'
import { z } from 'zod'
import { catchUpSearch } from '../../src/jobs/search-index.ts'
import { openTestWeb, slot, type TestWeb } from '../support/web.ts'

const chromiumPath = '/usr/bin/chromium'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Where pictures of the pages are put, for people to look at. */
const shots = process.env.WEB_SHOTS

const stories = [
  {
    key: 'bridge',
    story: 'bridge0story',
    headline: 'Council agrees on a new bridge over the Averne after thirty years of waiting',
    brief: 'The council of Port Averne agreed on Monday to build a new bridge over the Averne.',
    summary: [
      'The council of Port Averne agreed on Monday to build a new bridge over the Averne, with 14 votes to 12.',
      'It will cost 12 million pounds, a third more than planned.',
      'Work begins in spring and takes two years.',
    ],
    outlet: 'Averne Courier',
    url: 'https://courier.example/bridge',
    language: 'en',
  },
  {
    key: 'ferry',
    story: 'ferry00story',
    headline: 'Ferry to Skerra stays in port until Friday',
    brief: 'The ferry to Skerra stays in port until Friday because its engine has to be mended.',
    body: ['The ferry to Skerra stays in port until Friday because its engine has to be mended.'],
    outlet: 'Saltmere Post',
    url: 'https://post.example/ferry',
    language: 'en',
  },
  {
    key: 'opera',
    story: 'opera00story',
    headline:
      'Vergessene Oper auf einem Dachboden in Merrow gefunden: Die Partitur galt seit hundert Jahren als verbrannt',
    brief:
      'Eine verlorene Oper von Ida Trautwitz ist am Freitag auf einem Dachboden in Merrow gefunden worden.',
    body: [
      'Eine verlorene Oper von Ida Trautwitz ist am Freitag auf einem Dachboden in Merrow gefunden worden.',
    ],
    outlet: 'Redaktion Leunetal',
    language: 'de',
  },
]

async function fill({ newsroom }: TestWeb): Promise<void> {
  for (const { key, ...given } of stories)
    await newsroom.hold(key, { ...given, at: slot(1) - 3_600_000, publishedAt: slot(1) - 7_200_000 })
  await newsroom.hold('bridge-again', {
    story: 'bridge0story',
    source: 'courier',
    at: slot(1) - 1_800_000,
    headline: 'Bridge: the vote was close',
    outlet: 'Tarrow Herald',
    url: 'https://herald.example/bridge',
    publishedAt: slot(1) - 5_400_000,
  })
  const first = await newsroom.edition(slot(1))
  await newsroom.hold('reef', {
    story: 'reef000story',
    at: slot(2) - 3_600_000,
    headline: 'Divers map a coral reef off Saltmere',
    outlet: 'Merrow Review',
    url: 'https://review.example/reef',
  })
  await newsroom.edition(slot(2), first.id)
  await catchUpSearch(newsroom.storage.searchIndex.catchUp)
}

const looks = [
  { name: 'desk-light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'desk-dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'phone-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'phone-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const

const pages = {
  home: '/',
  edition: '/d/wire/1',
  story: '/s/bridge0story',
  search: '/search?q=council',
}

const violations = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
})

async function faultsOf(tab: Tab): Promise<readonly string[]> {
  const result = violations.parse(await tab.evaluate('axe.run(document, { resultTypes: ["violations"] })'))
  return result.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

test('the pages look right and are usable by everybody, in light and dark, on a desk and on a phone', async (t) => {
  if (!existsSync(chromiumPath)) return t.skip('no Chromium')
  const web = await openTestWeb(t)
  await fill(web)
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  t.after(() => browser.close())
  const asked = new Set<string>()
  // Axe is put into the page from outside, which the policy of the page forbids to everybody else.
  const watched = await (await browser.newContext({ bypassCSP: true })).newPage()
  watched.on('request', (request) => asked.add(new URL(request.url()).origin))
  for (const [page, path] of Object.entries(pages)) {
    await watched.goto(`${web.url}${path}`)
    await watched.evaluate(axe)
    for (const { name, width, height, colorScheme } of looks) {
      await watched.setViewportSize({ width, height })
      await watched.emulateMedia({ colorScheme })
      if (shots !== undefined)
        await watched.screenshot({ path: `${shots}/web-${page}-${name}.png`, fullPage: true })
      assert.deepEqual(await faultsOf(watched), [], `${page} ${name}`)
      const overflow = await watched.evaluate('document.documentElement.scrollWidth - innerWidth')
      assert.equal(overflow, 0, `${page} ${name} is wider than the window`)
    }
  }
  assert.deepEqual([...asked], [web.url])

  const context = await browser.newContext({ javaScriptEnabled: false })
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('console', (message) => complaints.push(message.text()))
  await tab.goto(`${web.url}/`)
  await tab.getByRole('link', { name: 'No. 2' }).click()
  await tab.getByRole('link', { name: '← No. 1' }).click()
  await tab.getByRole('heading', { name: 'Harbour Wire No. 1' }).waitFor()
  await tab.getByRole('link', { name: 'Summary and sources' }).first().click()
  await tab.getByRole('heading', { name: 'Sources' }).waitFor()
  await tab.getByRole('link', { name: 'Search' }).click()
  await tab.getByLabel('Words to look for').fill('ferries')
  await tab.getByRole('button', { name: 'Search' }).click()
  await tab.getByRole('link', { name: 'Ferry to Skerra' }).click()
  await tab.getByRole('heading', { level: 1, name: 'Ferry to Skerra stays in port' }).waitFor()
  assert.deepEqual(complaints, [])
})
