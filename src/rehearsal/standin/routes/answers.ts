/** Answers to interactions: the first one by callback, everything after it by the interaction's webhook. */
import { type Call, type Discord, done, ok, openRoute, type Reply, type Route } from '../call.ts'
import { answerBody, type Interaction } from '../interactions.ts'
import { messageDraft } from '../message-schema.ts'
import { refusal } from '../refusal.ts'
import { param } from './find.ts'

const webhook = '/webhooks/{webhook_id}/{webhook_token}'

export const answerRoutes: readonly Route[] = [
  openRoute(
    'POST',
    '/interactions/{interaction_id}/{interaction_token}/callback',
    'create_interaction_response',
    answer,
  ),
  openRoute('POST', webhook, 'execute_webhook', (call, discord) => {
    const interaction = interactionOf(call, discord)
    return ok(discord.interactions.followUp(interaction, call.form(messageDraft), call.files).wire)
  }),
  ...(['@original', '{message_id}'] as const).flatMap((tail): Route[] => {
    const path = `${webhook}/messages/${tail}`
    const kind = tail === '@original' ? 'original_webhook_message' : 'webhook_message'
    const idOf = (call: Call): string => call.params.message_id ?? tail
    return [
      openRoute('GET', path, `get_${kind}`, (call, discord) =>
        ok(discord.interactions.find(interactionOf(call, discord), idOf(call)).wire),
      ),
      openRoute('PATCH', path, `update_${kind}`, (call, discord) => {
        const interaction = interactionOf(call, discord)
        discord.interactions.find(interaction, idOf(call))
        return ok(
          discord.interactions.edit(interaction, idOf(call), call.form(messageDraft), call.files).wire,
        )
      }),
      openRoute('DELETE', path, `delete_${kind}`, (call, discord) => {
        discord.interactions.remove(interactionOf(call, discord), idOf(call))
        return done
      }),
    ]
  }),
]

function answer(call: Call, { interactions }: Discord): Reply {
  const interaction = interactions.unanswered(param(call, 'interaction_id'), param(call, 'interaction_token'))
  const response = interactions.answer(interaction, call.form(answerBody), call.files)
  return call.query.get('with_response') === 'true' ? ok(response) : done
}

/** Only the application's own webhook is known here. */
function interactionOf(call: Call, { interactions, realm }: Discord): Interaction {
  if (param(call, 'webhook_id') !== realm.applicationId) throw refusal(10015)
  return interactions.byToken(param(call, 'webhook_token'))
}
