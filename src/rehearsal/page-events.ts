/** Which changes of the world one viewer hears of at once, and which call for a new snapshot. */
import type { PageEvent } from './page-protocol.ts'
import { messageView } from './page-views.ts'
import type { WorldChange } from './standin/types.ts'

/** `isSeenBy` decides by channel; ephemeral messages are for their person alone. */
export function eventFor(
  change: WorldChange,
  viewer: string,
  isSeenBy: (channelId: string, viewer: string) => boolean,
  commands: ReadonlyMap<string, string>,
): PageEvent | undefined {
  switch (change.kind) {
    case 'message.created':
    case 'message.updated': {
      const { message } = change
      const isForOthers = message.ephemeralFor !== undefined && message.ephemeralFor !== viewer
      if (isForOthers || !isSeenBy(message.wire.channel_id, viewer)) return undefined
      return {
        kind: 'message',
        message: messageView(message, commands),
        isNew: change.kind === 'message.created',
      }
    }
    case 'message.deleted':
      return { kind: 'message-deleted', channelId: change.channelId, messageId: change.messageId }
    case 'typing':
      return { kind: 'typing', channelId: change.channelId, userId: change.userId }
    default:
      return undefined
  }
}

/** Messages count only in threads, whose length and beginning are part of the snapshot. */
export function changesSnapshot(
  change: WorldChange,
  kindOf: (channelId: string) => string | undefined,
): boolean {
  switch (change.kind) {
    case 'message.created':
    case 'message.updated':
      return kindOf(change.message.wire.channel_id) === 'thread'
    case 'message.deleted':
      return kindOf(change.channelId) === 'thread'
    case 'typing':
    case 'interaction.sent':
    case 'interaction.answered':
    case 'request.answered':
      return false
    default:
      return true
  }
}
