import { searchPage } from '../actions/story-lists.ts'
import { markOf } from '../mark.ts'
import { command } from './command.ts'

/** Ranked hits over everything that may be read here, not only over what was posted. */
export const search = command({
  name: 'search',
  options: {
    words: { kind: 'words', required: true },
    digest: { kind: 'digest', required: false },
    language: { kind: 'language', required: false },
    public: { kind: 'boolean', required: false },
  },
  run: async ({ options, ...context }) =>
    searchPage(
      {
        words: options.words,
        digest: markOf(options.digest?.id),
        language: options.language ?? '-',
        page: 0,
      },
      context,
    ),
})
