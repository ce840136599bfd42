import { showSummary } from '../actions/stories.ts'
import { summaryView } from '../views/story-view.ts'
import { command } from './command.ts'

export const summary = command({
  name: 'summary',
  options: {
    story: { kind: 'story', required: true },
    public: { kind: 'boolean', required: false },
  },
  run: async ({ options, ...context }) =>
    // What one member follows is nothing for everybody.
    options.public === true ? summaryView(options.story, context.say) : showSummary(options.story, context),
})
