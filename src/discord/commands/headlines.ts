import { editionListView, listLength, noteView, storyListView } from '../views/list-view.ts'
import { command } from './command.ts'

/** The newest edition of the digest asked for, or of those posted on this server; else the newest stories. */
export const headlines = command({
  name: 'headlines',
  options: { digest: { kind: 'digest', required: false } },
  async run({ options, library, subscriptions, guildId, say }) {
    const posted = guildId === undefined ? [] : await subscriptions.ofGuild(guildId)
    const subscribed = [...new Set(posted.map((each) => each.digestId))]
    const digestIds = options.digest === undefined ? subscribed : [options.digest.id]
    const edition = await library.newestEdition(digestIds)
    if (edition !== undefined && edition.items.length > 0) return editionListView(edition, say)
    const stories = await library.newestStories({
      ...(digestIds.length === 0 ? {} : { digestIds }),
      limit: listLength,
    })
    return stories.length === 0 ? noteView(say('headlines.none')) : storyListView(stories, say)
  },
})
