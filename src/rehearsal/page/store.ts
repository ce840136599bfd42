/**
 * What the page knows: the newest snapshot, the messages of the open channel, the request log, the visitor's choices.
 * It listens to the server's events and tells the views what changed; views never talk to the server themselves.
 */
import type {
  ActionReply,
  ChannelView,
  MessageView,
  PageAction,
  PageEvent,
  RequestView,
  Snapshot,
  UploadReply,
} from '../page-protocol.ts'
import { loadSettings, type Settings, saveSettings } from './settings.ts'

/** Something only the visitor's own client would say, such as a command that came to nothing. */
export interface Notice {
  readonly id: string
  readonly channelId: string
  readonly at: number
  readonly text: string
}

export type Change =
  | { readonly kind: 'snapshot' }
  /** Another channel or another person: everything in the log is new. */
  | { readonly kind: 'channel' }
  | { readonly kind: 'message'; readonly id: string; readonly isNew: boolean }
  | { readonly kind: 'notice'; readonly id: string }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'settings'; readonly changed: Partial<Settings> }
  | { readonly kind: 'requests' | 'connection' | 'clock' | 'typing' }

export type Interaction = Extract<PageAction, { locale: string }>
type WithoutPerson<T> = T extends unknown ? Omit<T, 'as' | 'locale' | 'channelId'> : never

export interface Store {
  readonly snapshot: () => Snapshot | undefined
  readonly settings: () => Settings
  readonly channel: () => ChannelView | undefined
  readonly messages: () => readonly MessageView[]
  readonly message: (id: string) => MessageView | undefined
  readonly notices: () => readonly Notice[]
  /** Why the last interaction with a message came to nothing. */
  readonly failureOf: (messageId: string) => string | undefined
  readonly requests: () => readonly RequestView[]
  readonly unread: () => ReadonlySet<string>
  readonly isConnected: () => boolean
  readonly isTyping: () => boolean
  /** The rehearsal's time, which may be ahead of the machine's. */
  readonly now: () => number
  subscribe(listener: (change: Change) => void): void
  openChannel(id: string): Promise<void>
  become(userId: string): void
  choose(settings: Partial<Settings>): void
  dismiss(id: string): void
  notify(text: string): void
  /** An interaction in the open channel, as the person the visitor is. */
  interact(interaction: WithoutPerson<Interaction>): Promise<ActionReply>
  /** The same, about a message: its failure is shown there. */
  interactWith(messageId: string, interaction: WithoutPerson<Interaction>): Promise<ActionReply>
  act(action: PageAction): Promise<ActionReply>
  upload(file: File): Promise<UploadReply>
}

interface State {
  settings: Settings
  snapshot: Snapshot | undefined
  as: string | undefined
  channelId: string | undefined
  messages: Map<string, MessageView>
  notices: readonly Notice[]
  dismissed: Set<string>
  failures: Map<string, string>
  requests: readonly RequestView[]
  unread: Set<string>
  isConnected: boolean
  clockOffset: number
  typingUntil: number
  loads: number
}

export function createStore(): Store {
  const state: State = {
    settings: loadSettings(),
    snapshot: undefined,
    as: undefined,
    channelId: undefined,
    messages: new Map(),
    notices: [],
    dismissed: new Set(),
    failures: new Map(),
    requests: [],
    unread: new Set(),
    isConnected: false,
    clockOffset: 0,
    typingUntil: 0,
    loads: 0,
  }
  const listeners: ((change: Change) => void)[] = []
  const emit = (change: Change) => {
    for (const listener of listeners) listener(change)
  }
  let events: EventSource | undefined

  const connect = () => {
    events?.close()
    events = new EventSource(`/api/events${state.as === undefined ? '' : `?as=${state.as}`}`)
    events.addEventListener('open', () => {
      state.isConnected = true
      state.requests = []
      emit({ kind: 'connection' })
      if (state.channelId !== undefined) void load(state.channelId)
    })
    events.addEventListener('error', () => {
      state.isConnected = false
      emit({ kind: 'connection' })
    })
    events.addEventListener('message', (event: MessageEvent<string>) => {
      const parsed: PageEvent = JSON.parse(event.data)
      receive(parsed)
    })
  }

  const receive = (event: PageEvent) => {
    switch (event.kind) {
      case 'snapshot':
        return receiveSnapshot(event.snapshot)
      case 'message':
        return receiveMessage(event.message, event.isNew)
      case 'message-deleted':
        if (state.messages.delete(event.messageId)) emit({ kind: 'removed', id: event.messageId })
        return
      case 'requests':
        state.requests = [...state.requests.slice(-300), ...event.requests.filter(isUnseen)]
        return emit({ kind: 'requests' })
      case 'clock':
        state.clockOffset = event.now - Date.now()
        return emit({ kind: 'clock' })
      case 'typing':
        if (event.channelId === state.channelId) state.typingUntil = Date.now() + 8000
        return emit({ kind: 'typing' })
      case 'failed':
        return addNotice(event.channelId, event.reason)
    }
  }

  const isUnseen = (request: RequestView) => request.number > (state.requests.at(-1)?.number ?? -1)

  const receiveSnapshot = (snapshot: Snapshot) => {
    state.snapshot = snapshot
    state.as = snapshot.as
    state.clockOffset = snapshot.clock.now - Date.now()
    emit({ kind: 'snapshot' })
    const isStillThere = snapshot.channels.some((channel) => channel.id === state.channelId)
    const first = snapshot.channels.find((channel) => channel.kind !== 'voice')
    if (!isStillThere && first) void load(first.id)
  }

  const receiveMessage = (message: MessageView, isNew: boolean) => {
    const { id, channel_id: channelId } = message.wire
    if (channelId !== state.channelId) {
      if (isNew) state.unread.add(channelId)
      return emit({ kind: 'snapshot' })
    }
    const isFirst = !state.messages.has(id)
    state.messages.set(id, message)
    if (message.wire.author.id === state.snapshot?.bot.id) state.typingUntil = 0
    emit({ kind: 'message', id, isNew: isNew && isFirst })
    emit({ kind: 'typing' })
  }

  /** Events that come while the list is on its way are newer than the list. */
  const load = async (channelId: string) => {
    state.loads += 1
    const mine = state.loads
    state.channelId = channelId
    state.messages = new Map()
    state.unread.delete(channelId)
    const listed = await listMessages(channelId, state.as ?? '')
    if (mine !== state.loads) return
    const newer = state.messages
    state.messages = new Map(listed.map((message) => [message.wire.id, message]))
    for (const [id, message] of newer) state.messages.set(id, message)
    emit({ kind: 'channel' })
  }

  const addNotice = (channelId: string, text: string) => {
    const notice = { id: `notice-${state.notices.length}`, channelId, at: store.now(), text }
    state.notices = [...state.notices, notice]
    if (channelId === state.channelId) emit({ kind: 'notice', id: notice.id })
  }

  const store: Store = {
    snapshot: () => state.snapshot,
    settings: () => state.settings,
    channel: () => state.snapshot?.channels.find(({ id }) => id === state.channelId),
    messages: () => [...state.messages.values()].filter(({ wire }) => !state.dismissed.has(wire.id)),
    message: (id) => state.messages.get(id),
    notices: () =>
      state.notices.filter(({ id, channelId }) => channelId === state.channelId && !state.dismissed.has(id)),
    failureOf: (id) => state.failures.get(id),
    requests: () => state.requests,
    unread: () => state.unread,
    isConnected: () => state.isConnected,
    isTyping: () => Date.now() < state.typingUntil,
    now: () => Date.now() + state.clockOffset,
    subscribe: (listener) => listeners.push(listener),
    openChannel: load,
    become: (userId) => {
      state.as = userId
      connect()
    },
    choose: (settings) => {
      state.settings = { ...state.settings, ...settings }
      saveSettings(state.settings)
      emit({ kind: 'settings', changed: settings })
    },
    dismiss: (id) => {
      state.dismissed.add(id)
      emit({ kind: 'removed', id })
    },
    notify: (text) => addNotice(state.channelId ?? '', text),
    interact: (interaction) =>
      store.act({
        ...interaction,
        as: state.as ?? '',
        locale: state.settings.locale,
        channelId: state.channelId ?? '',
      }),
    interactWith: async (messageId, interaction) => {
      state.failures.delete(messageId)
      const reply = await store.interact(interaction)
      if (reply.kind === 'failed') state.failures.set(messageId, reply.reason)
      emit({ kind: 'message', id: messageId, isNew: false })
      return reply
    },
    act: post,
    upload,
  }
  connect()
  return store
}

/** Nothing where the server is away; the list is fetched again when it is back. */
async function listMessages(channelId: string, as: string): Promise<readonly MessageView[]> {
  try {
    const response = await fetch(`/api/messages?channel=${channelId}&as=${as}`)
    const listed: readonly MessageView[] = await response.json()
    return listed
  } catch {
    return []
  }
}

const lost = { kind: 'failed', by: 'page', reason: 'The rehearsal does not answer.' } as const

async function post(action: PageAction): Promise<ActionReply> {
  try {
    const response = await fetch('/api/act', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(action),
    })
    if (!response.ok) return lost
    const reply: ActionReply = await response.json()
    return reply
  } catch {
    return lost
  }
}

async function upload(file: File): Promise<UploadReply> {
  const asked = new URLSearchParams({ name: file.name, type: file.type })
  try {
    const response = await fetch(`/api/upload?${asked}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    })
    if (!response.ok) return lost
    const reply: UploadReply = await response.json()
    return reply
  } catch {
    return lost
  }
}
