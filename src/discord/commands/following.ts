import { followingPage } from '../actions/follow.ts'
import { command } from './command.ts'

export const following = command({
  name: 'following',
  options: {},
  run: (context) => followingPage(0, context),
})
