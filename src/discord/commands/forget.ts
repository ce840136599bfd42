import { askToForget } from '../actions/member.ts'
import { command } from './command.ts'

export const forgetMe = command({ name: 'forget me', options: {}, run: askToForget })
