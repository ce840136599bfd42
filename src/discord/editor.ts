/**
 * Editing what the bot has posted: in its turn, pinging nobody, and silently given up where there is nothing left to edit. A message that stands
 * below a mention of a role keeps it; an edit notifies nobody. In a thread that is archived nothing can be edited: it is opened first, for which
 * whoever may write in it needs no other right (resources/channel, Modify Channel), unless it is locked.
 */
import { DiscordAPIError, MessageFlags, Routes } from 'discord.js'
import type { EditOutcome, Editor } from '../digest/correcting.ts'
import type { ChannelId } from '../digest/ledger.ts'
import type { Poster } from '../digest/post.ts'
import { outcomes } from './outcomes.ts'
import { type Posting, postOutcome } from './post-outcomes.ts'
import { noTurn, sendInTurn } from './requests.ts'
import { roleMention } from './role-mention.ts'

export function createEditor(posting: Posting, poster: Poster): Editor {
  const { rest } = posting
  return {
    pauseMs: poster.pauseMs,

    edit: async ({ channelId, messageId, roleId }, message, { cutOff }) => {
      if (isHidden(posting, channelId)) return { kind: 'gone', code: '50001', reason: 'hidden' }
      const body = {
        components: roleId === undefined ? message.components : [roleMention(roleId), ...message.components],
        flags: MessageFlags.IsComponentsV2,
        allowed_mentions: { parse: [] },
      }
      const patch = (route: `/${string}`, changes: object) =>
        sendInTurn(posting, cutOff, () => rest.patch(route, { body: changes, signal: cutOff }))
      const route = Routes.channelMessage(channelId, messageId)
      try {
        await patch(route, body).catch(async (error: unknown) => {
          if (!isArchived(error) || (await isLocked(posting, channelId))) throw error
          await patch(Routes.channel(channelId), { archived: false })
          return patch(route, body)
        })
        return { kind: 'edited' }
      } catch (error) {
        if (error !== noTurn) return editOutcome(posting, channelId, error)
        return { kind: 'wait', afterMs: poster.pauseMs(), code: 'no-turn', reason: 'No turn came.' }
      }
    },
  }
}

/** Discord's code for a thread in which nothing can be changed. */
const archived = 50083

const isArchived = (error: unknown): boolean =>
  error instanceof DiscordAPIError && Number(error.code) === archived

async function isLocked({ known }: Posting, channelId: ChannelId): Promise<boolean> {
  const channel = await known.findChannel(channelId, 'post')
  return channel?.isLocked === true
}

/** What a live view shows to be in vain is not asked: a refusal costs of the budget. */
function isHidden({ known }: Posting, channelId: ChannelId): boolean {
  return known.heldChannel(channelId)?.missing.includes('ViewChannel') === true
}

async function editOutcome(posting: Posting, channelId: ChannelId, error: unknown): Promise<EditOutcome> {
  const code = error instanceof DiscordAPIError ? Number(error.code) : 0
  if (outcomes.get(code)?.kind === 'done') return { kind: 'gone', code: String(code), reason: 'gone' }
  const outcome = await postOutcome(posting, { kind: 'channel', channelId }, error)
  switch (outcome.kind) {
    case 'wait':
    case 'unknown':
      return outcome
    case 'refused': {
      const { reason } = outcome
      return { kind: outcome.how === 'bug' ? 'bug' : 'gone', code: outcome.code, reason }
    }
  }
}
