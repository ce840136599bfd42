import { showStoryText } from '../actions/stories.ts'
import { command } from './command.ts'

export const fulltext = command({
  name: 'fulltext',
  options: { story: { kind: 'story', required: true } },
  run: async ({ options, ...context }) => showStoryText(options.story, context),
})
