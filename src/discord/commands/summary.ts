import { summaryView } from '../views/story-view.ts'
import { command } from './command.ts'

export const summary = command({
  name: 'summary',
  options: { story: { kind: 'story', required: true } },
  run: async ({ options, say }) => summaryView(options.story, say),
})
