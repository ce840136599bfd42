/** Interactions as they are counted: of which kind, and how long each took from its coming until it was dealt with. */
import type { Interaction } from 'discord.js'

export type InteractionKind = 'command' | 'component' | 'form' | 'suggestion'

export async function timed(
  interaction: Interaction,
  dispatch: (interaction: Interaction) => Promise<void>,
  { onAnswered }: { readonly onAnswered?: ((kind: InteractionKind, seconds: number) => void) | undefined },
): Promise<void> {
  const begun = performance.now()
  await dispatch(interaction)
  onAnswered?.(kindOf(interaction), (performance.now() - begun) / 1000)
}

function kindOf(interaction: Interaction): InteractionKind {
  if (interaction.isAutocomplete()) return 'suggestion'
  if (interaction.isModalSubmit()) return 'form'
  return interaction.isMessageComponent() ? 'component' : 'command'
}
