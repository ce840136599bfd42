/** What is held of a member, and its end. */
import type { Context } from '../context.ts'
import type { View } from '../views/layout.ts'
import { forgetView, forgottenView, privacyView } from '../views/privacy-view.ts'

export async function showPrivacy({ members, mention, say, userId }: Context): Promise<View> {
  return privacyView(await members.held(userId), mention('forget me'), say)
}

/** Asks once more; nothing is deleted yet. */
export async function askToForget({ members, say, userId }: Context): Promise<View> {
  return forgetView(await members.held(userId), say)
}

export async function forget({ members, say, userId }: Context): Promise<View> {
  return forgottenView(await members.forget(userId), say)
}
