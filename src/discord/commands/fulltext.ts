import { fulltextView } from '../views/story-view.ts'
import { command } from './command.ts'

export const fulltext = command({
  name: 'fulltext',
  options: { story: { kind: 'story', required: true } },
  run: async ({ options, say }) => fulltextView(options.story.articles[0], 0, say),
})
