/** What is posted on a server. A command that is not told which one takes the only one, or shows the list to choose from. */
import type { Subscription } from '../../digest/ledger.ts'
import {
  askToRemove,
  listDigests,
  pauseDigest,
  postDigestNow,
  previewDigest,
  showDigest,
} from '../actions/digest.ts'
import { editDigest } from '../actions/digest-edit.ts'
import { explain } from '../actions/digest-why.ts'
import { guildOf } from '../actions/problem.ts'
import type { Context } from '../context.ts'
import type { View } from '../views/layout.ts'
import { command } from './command.ts'

export const digestList = command({
  name: 'digest list',
  forOwners: true,
  options: {},
  run: (context) => listDigests(0, context),
})

const which = { digest: { kind: 'subscription', required: false } } as const

/** A command about one subscription. */
function about(name: string, run: (id: Subscription['id'], context: Context) => Promise<View>) {
  return command({
    name: `digest ${name}`,
    forOwners: true,
    options: which,
    run: async (context) => {
      const { digest } = context.options
      if (digest !== undefined) return run(digest.id, context)
      const [only, ...others] = await context.subscriptions.ofGuild(guildOf(context))
      return only !== undefined && others.length === 0 ? run(only.id, context) : listDigests(0, context)
    },
  })
}

export const digestShow = about('show', (id, context) => showDigest(id, context))
export const digestEdit = about('edit', (id, context) => editDigest(id, context))
export const digestPreview = about('preview', previewDigest)
export const digestNow = about('now', postDigestNow)
export const digestPause = about('pause', (id, context) => pauseDigest(id, true, context))
export const digestResume = about('resume', (id, context) => pauseDigest(id, false, context))
export const digestRemove = about('remove', askToRemove)

export const digestWhy = command({
  name: 'digest why',
  forOwners: true,
  options: { article: { kind: 'article', required: true } },
  run: (context) => explain(context.options.article, context),
})
