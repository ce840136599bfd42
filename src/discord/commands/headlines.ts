import { newestEditionHere, storiesPage } from '../actions/story-lists.ts'
import { digestsHere } from '../digests-here.ts'
import { markOf } from '../mark.ts'
import { editionListView } from '../views/list-view.ts'
import { command } from './command.ts'

/**
 * The newest edition of the digest asked for, or of those posted on this server, or of the house; the newest stories held where
 * there is no edition yet, and where a topic or a language is asked for.
 */
export const headlines = command({
  name: 'headlines',
  options: {
    digest: { kind: 'digest', required: false },
    topic: { kind: 'topic', required: false },
    language: { kind: 'language', required: false },
    public: { kind: 'boolean', required: false },
  },
  async run({ options, ...context }) {
    const { digest, topic, language } = options
    if (topic === undefined && language === undefined) {
      const digests = digest === undefined ? await digestsHere(context) : [digest]
      const edition = await newestEditionHere(digests, context)
      if (edition !== undefined && edition.items.length > 0) return editionListView(edition, context.say)
    }
    const asked = {
      digest: markOf(digest?.id),
      topic: markOf(topic?.toLowerCase()),
      language: language ?? '-',
    }
    return storiesPage({ ...asked, page: 0 }, context)
  },
})
