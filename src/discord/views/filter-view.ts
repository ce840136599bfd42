/** The filter of a digest: its rules, with the way to add and remove them, and what each of them does. */
import type { Digest } from '../../digest/definition.ts'
import type { FilterEffects, TellingEffect } from '../../digest/filter-effects.ts'
import type { FilterRule } from '../../digest/filter-rule.ts'
import { distinctRules, ruleName } from '../../digest/typed-rule.ts'
import type { Action } from '../custom-id.ts'
import { markOf } from '../mark.ts'
import type { Say } from '../text/say.ts'
import { plainRule, sayRule } from './filter-words.ts'
import { foreign, label } from './foreign.ts'
import { button, container, menu, row, separator, text, type View } from './layout.ts'
import { limits } from './limits.ts'

/** Rules on a page: each is a line, and a line of the menu that removes it. */
const rulesOnPage = 20
/** Rules whose effect is shown on a page, each with its headlines. */
const effectsOnPage = 5

/** `said`: what has just become of the filter. `page` counts from 0 and is moved into range. */
export function filterView(digest: Digest, said: readonly string[], page: number, say: Say): View {
  const rules = distinctRules(digest.filters)
  const { shown, at, pages } = cutPage(rules, page, rulesOnPage)
  const title = `## ${say('filter.title', { title: foreign(digest.title, 100) })}`
  const sides = (['exclude', 'include'] as const).flatMap((side) => {
    const lines = shown.filter((rule) => rule.side === side).map((rule) => `- ${sayRule(rule, say)}`)
    return lines.length === 0 ? [] : [`**${say(`filter.${side}`)}**\n${lines.join('\n')}`]
  })
  return {
    components: [
      container([
        ...(said.length === 0 ? [] : [text(said.join('\n')), separator]),
        text([title, ...(rules.length === 0 ? [say('filter.none')] : sides)].join('\n')),
        ...(rules.length === 0 ? [] : [removeMenu(digest, shown, say)]),
        ...pageNote(pages, at, say),
        row(
          ...turning(pages, at, (to) => ({ do: 'filter-list', digestId: digest.id, page: to }), say),
          button(say('button.addRule'), { do: 'filter-form', digestId: digest.id }, { look: 'primary' }),
          button(
            say('button.effects'),
            { do: 'filter-effects', digestId: digest.id, page: 0 },
            { disabled: rules.length === 0 },
          ),
        ),
      ]),
    ],
  }
}

function removeMenu({ id }: Digest, rules: readonly FilterRule[], say: Say) {
  return menu(
    { do: 'filter-drop', digestId: id },
    say('filter.pickRule'),
    rules.map((rule) => ({
      label: label(plainRule(rule, say), limits.optionLabel),
      value: markOf(ruleName(rule)),
      description: label(
        say(rule.side === 'exclude' ? 'filter.exclude' : 'filter.include'),
        limits.optionDescription,
      ),
    })),
  )
}

export interface ShownEffects extends FilterEffects {
  readonly days: number
  readonly isPart: boolean
}

/** What each rule does to what is held now. */
export function effectsView(digest: Digest, effects: ShownEffects, page: number, say: Say): View {
  const { articles, kept, removals, admissions, days, isPart } = effects
  const title = foreign(digest.title, 100)
  const head = [
    `## ${say('effects.title', { title })}`,
    articles === 0 ? say('effects.nothingHeld', { days }) : say('effects.kept', { articles, kept, days }),
    ...(isPart ? [`-# ${say('effects.part', { articles })}`] : []),
  ]
  const all = [
    ...removals.map((effect) => ({ effect, does: 'removes' }) as const),
    ...admissions.map((effect) => ({ effect, does: 'letsIn' }) as const),
  ]
  const { shown, at, pages } = cutPage(articles === 0 ? [] : all, page, effectsOnPage)
  return {
    components: [
      container([
        text(head.join('\n')),
        ...shown.map(({ effect, does }) => text(effectLines(effect, does, say))),
        ...pageNote(pages, at, say),
        row(
          ...turning(pages, at, (to) => ({ do: 'filter-effects', digestId: digest.id, page: to }), say),
          button(say('button.rules'), { do: 'filter-list', digestId: digest.id, page: 0 }),
        ),
      ]),
    ],
  }
}

function effectLines(effect: TellingEffect, does: 'removes' | 'letsIn', say: Say): string {
  const { rule, articles, only, examples } = effect
  const count = say(`effects.${does}`, { count: articles })
  const alone = only === articles ? '' : ` ${say('effects.alone', { count: only })}`
  const more = articles - examples.length
  return [
    `**${sayRule(rule, say)}**`,
    `${count}${alone}`,
    ...examples.map(({ headline, outlet }) => `- ${foreign(headline, 140)} (${foreign(outlet, 40)})`),
    ...(more > 0 ? [`-# ${say('effects.more', { count: more })}`] : []),
  ].join('\n')
}

/** Which of the server's own digests is meant. */
export function whichDigestView(what: string, digests: readonly Digest[], say: Say): View {
  return {
    components: [
      container([
        text(say('filter.whichDigest')),
        menu(
          { do: 'filter-digest', what },
          say('feed.pickDigest'),
          digests.map(({ id, title }) => ({ label: label(title, limits.optionLabel), value: id })),
        ),
      ]),
    ],
  }
}

function cutPage<Item>(all: readonly Item[], page: number, length: number) {
  const pages = Math.max(1, Math.ceil(all.length / length))
  const at = Math.min(Math.max(page, 0), pages - 1)
  return { shown: all.slice(at * length, (at + 1) * length), at, pages }
}

function pageNote(pages: number, at: number, say: Say) {
  return pages === 1 ? [] : [text(`-# ${say('label.page', { page: at + 1, pages })}`)]
}

function turning(pages: number, at: number, to: (page: number) => Action, say: Say) {
  if (pages === 1) return []
  return [
    button(say('button.previous'), to(Math.max(at - 1, 0)), { disabled: at === 0 }),
    button(say('button.next'), to(at + 1), { disabled: at === pages - 1 }),
  ]
}
