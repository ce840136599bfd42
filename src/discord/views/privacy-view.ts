/** What is held of a member, what not, and for how long; and the end of it. */
import type { HeldOfMember } from '../../digest/member.ts'
import type { Say } from '../text/say.ts'
import { button, container, row, separator, text, type View } from './layout.ts'
import { noteView } from './list-view.ts'

/** `forget` is the command's mention. */
export function privacyView(held: HeldOfMember, forget: string, say: Say): View {
  const lines = heldLines(held, say)
  return {
    components: [
      container([
        text([`## ${say('privacy.heading')}`, ...orNothing(lines, say)].join('\n')),
        separator,
        text(`### ${say('privacy.notHeading')}\n${say('privacy.not')}\n${say('privacy.servers')}`),
        ...(lines.length === 0
          ? []
          : [
              text(`-# ${say('privacy.end', { forget })}`),
              row(button(say('button.forget'), { do: 'forget' }, { look: 'danger' })),
            ]),
      ]),
    ],
  }
}

/** Asks once more, with what would go. */
export function forgetView(held: HeldOfMember, say: Say): View {
  const lines = heldLines(held, say)
  if (lines.length === 0) return noteView(say('forget.nothing'))
  return {
    components: [
      container([
        text([say('forget.ask'), ...lines].join('\n')),
        row(button(say('button.forgetSure'), { do: 'forget-sure' }, { look: 'danger' })),
      ]),
    ],
  }
}

export function forgottenView(gone: HeldOfMember, say: Say): View {
  const { follows, digests, drafts, untold, setUp } = gone
  const what = [
    ...(follows > 0 ? [say('forget.follows', { count: follows })] : []),
    ...(digests > 0 ? [say('forget.digests', { count: digests })] : []),
    ...(drafts > 0 ? [say('forget.drafts', { count: drafts })] : []),
    ...(untold > 0 ? [say('forget.untold', { count: untold })] : []),
    ...(setUp > 0 ? [say('forget.setUp', { count: setUp })] : []),
  ]
  if (what.length === 0) return noteView(say('forget.nothing'))
  const list = new Intl.ListFormat(say.locale, { type: 'conjunction' }).format(what)
  return noteView(say('forget.done', { what: list }))
}

function heldLines({ follows, digests, drafts, untold, setUp }: HeldOfMember, say: Say): readonly string[] {
  return [
    ...(follows > 0 ? [say('privacy.follows', { count: follows })] : []),
    ...(digests > 0 ? [say('privacy.digests', { count: digests })] : []),
    ...(drafts > 0 ? [say('privacy.drafts', { count: drafts })] : []),
    ...(untold > 0 ? [say('privacy.untold', { count: untold })] : []),
    ...(setUp > 0 ? [say('privacy.setUp', { count: setUp })] : []),
  ].map((line) => `- ${line}`)
}

function orNothing(lines: readonly string[], say: Say): readonly string[] {
  return lines.length === 0 ? [say('privacy.nothing')] : lines
}
