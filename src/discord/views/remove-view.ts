/** Before something is removed: what goes with it, and what stays. */
import type { Action } from '../custom-id.ts'
import type { Say } from '../text/say.ts'
import { button, container, row, text, type View } from './layout.ts'

export function removeView(
  options: { readonly question: string; readonly sure: string; readonly yes: Action; readonly no: Action },
  say: Say,
): View {
  return {
    components: [
      container([
        text(options.question),
        row(button(options.sure, options.yes, { look: 'danger' }), button(say('button.keep'), options.no)),
      ]),
    ],
  }
}
