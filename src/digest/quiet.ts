/**
 * Days on which little happened. What a digest does then is its owner's choice: post what there is, wait for the next
 * slot, or say that it was a quiet day. Nothing is lost by waiting: what was not carried is a candidate again.
 */
import { z } from 'zod'

const choice = z.enum(['post', 'skip', 'say'], { error: 'expected post, skip or say' })

/** Fewer stories than this are a quiet day, unless the definition says otherwise. */
const FEW = 3

export const quietShape = z
  .union(
    [
      choice,
      z.strictObject({
        below: z
          .int({ error: 'expected a whole number from 0 to 20' })
          .min(0)
          .max(20)
          .default(FEW)
          .describe('Fewer stories than this are a quiet day; never more than "size".'),
        do: choice
          .default('post')
          .describe(
            'post: whatever there is; skip: wait for the next slot; say: post it and say that it was quiet.',
          ),
      }),
    ],
    { error: 'expected post, skip or say, or the keys "below" and "do"' },
  )
  .transform((value) => (typeof value === 'string' ? { below: FEW, do: value } : value))
  .default({ below: FEW, do: 'post' })

export type Quiet = z.output<typeof quietShape>

/**
 * What to do with so many stories at a slot: `post` them, `say` that it was a quiet day and post them (a single line
 * where there are none), or post `nothing` and let them wait.
 */
export function quietChoice(
  { quiet, size }: { readonly quiet: Quiet; readonly size: number },
  stories: number,
): 'post' | 'say' | 'nothing' {
  const isQuiet = stories === 0 || stories < Math.min(quiet.below, size)
  if (!isQuiet) return 'post'
  if (quiet.do === 'say') return 'say'
  return quiet.do === 'post' && stories > 0 ? 'post' : 'nothing'
}
