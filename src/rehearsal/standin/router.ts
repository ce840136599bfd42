/** All routes in one table, found by method and path. */
import type { Route } from './call.ts'
import { commandSettingRoutes } from './command-settings.ts'
import { answerRoutes } from './routes/answers.ts'
import { basicRoutes } from './routes/basics.ts'
import { channelRoutes } from './routes/channels.ts'
import { commandRoutes } from './routes/commands.ts'
import { messageRoutes } from './routes/messages.ts'

export const routes: readonly Route[] = [
  ...basicRoutes,
  ...commandRoutes,
  ...commandSettingRoutes,
  ...messageRoutes,
  ...channelRoutes,
  ...answerRoutes,
]

export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

const compiled = routes.map((route) => ({ route, steps: route.path.split('/') }))

/** Literal steps win over parameters, as the table is ordered; `@original` may come percent-encoded. */
export function findRoute(method: string, path: string): RouteMatch | undefined {
  const steps = path.split('/').map(decode)
  for (const { route, steps: pattern } of compiled) {
    if (route.method !== method || pattern.length !== steps.length) continue
    const params = paramsOf(pattern, steps)
    if (params !== undefined) return { route, params }
  }
  return undefined
}

/** Whether the path exists under another method: then it is 405, not 404. */
export function isKnownPath(path: string): boolean {
  const steps = path.split('/').map(decode)
  return compiled.some(
    ({ steps: pattern }) => pattern.length === steps.length && paramsOf(pattern, steps) !== undefined,
  )
}

function paramsOf(pattern: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (const [index, step] of pattern.entries()) {
    const given = steps[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(step)?.[1]
    if (name === undefined) {
      if (given !== step) return undefined
    } else {
      if (given === '' || given.startsWith('@')) return undefined
      params[name] = given
    }
  }
  return params
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
