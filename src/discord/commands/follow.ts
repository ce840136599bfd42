import { follow as followStory } from '../actions/follow.ts'
import { command } from './command.ts'

export const follow = command({
  name: 'follow',
  options: { story: { kind: 'story', required: true } },
  run: async ({ options, ...context }) => followStory(options.story, context),
})
