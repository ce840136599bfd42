import { showPrivacy } from '../actions/member.ts'
import { command } from './command.ts'

export const privacy = command({ name: 'privacy', options: {}, run: showPrivacy })
