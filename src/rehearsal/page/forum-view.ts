/** A forum channel: its posts as cards, the newest first. */
import type { ChannelView } from '../page-protocol.ts'
import { button, byId, el, icon } from './dom.ts'
import type { Store } from './store.ts'
import { fullTime, messageTime } from './times.ts'

export function mountForum(store: Store): void {
  const scroller = byId('log-scroll')
  const draw = () => {
    const forum = store.channel()
    if (forum?.kind !== 'forum') return
    const posts = (store.snapshot()?.channels ?? [])
      .filter((channel) => channel.parentId === forum.id)
      .toSorted((a, b) => b.createdAt - a.createdAt)
    scroller.replaceChildren(
      posts.length === 0
        ? el('div', { class: 'beginning' }, el('h2', {}, forum.name), el('p', {}, 'No post yet.'))
        : el('ul', { class: 'posts' }, ...posts.map((post) => el('li', {}, postCard(post, store)))),
    )
  }
  store.subscribe((change) => {
    if (change.kind === 'snapshot' || change.kind === 'channel' || change.kind === 'settings') draw()
  })
}

function postCard(post: ChannelView, store: Store): HTMLElement {
  const { locale } = store.settings()
  return button(
    { class: 'post', 'data-channel': post.id },
    () => void store.openChannel(post.id),
    post.tags.length > 0 &&
      el('span', { class: 'tags' }, ...post.tags.map((tag) => el('span', { class: 'tag' }, tag))),
    el('span', { class: 'post-title' }, post.name),
    post.preview !== undefined && el('span', { class: 'post-preview' }, post.preview),
    el(
      'span',
      { class: 'post-facts' },
      icon('dm'),
      `${post.messageCount} ${post.messageCount === 1 ? 'message' : 'messages'}`,
      el(
        'time',
        { datetime: new Date(post.createdAt).toISOString(), title: fullTime(post.createdAt, locale) },
        messageTime(post.createdAt, locale, store.now()),
      ),
    ),
  )
}
