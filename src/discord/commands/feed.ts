/** The feeds of the digests that a server made: tried out, added, listed with their health, taken away, imported and exported. */

import { tryFeed } from '../actions/feed-adding.ts'
import { exportFeeds, importFeeds } from '../actions/feed-file.ts'
import { askRemoval, listFeeds } from '../actions/feed-list.ts'
import { command } from './command.ts'

export const feedAdd = command({
  name: 'feed add',
  forOwners: true,
  isCostly: true,
  options: {
    address: { kind: 'text', required: true },
    digest: { kind: 'ownDigest', required: false },
    name: { kind: 'text', required: false },
  },
  run: async ({ options, ...context }) =>
    tryFeed(
      options.address,
      {
        adds: true,
        ...(options.digest === undefined ? {} : { digestId: options.digest.id }),
        ...(options.name === undefined ? {} : { name: options.name }),
      },
      context,
    ),
})

export const feedTest = command({
  name: 'feed test',
  forOwners: true,
  isCostly: true,
  options: { address: { kind: 'text', required: true } },
  run: async ({ options, ...context }) => tryFeed(options.address, { adds: false }, context),
})

export const feedList = command({
  name: 'feed list',
  forOwners: true,
  options: { digest: { kind: 'ownDigest', required: false } },
  run: async ({ options, ...context }) => listFeeds(options.digest, 0, context),
})

export const feedRemove = command({
  name: 'feed remove',
  forOwners: true,
  options: { feed: { kind: 'feed', required: true } },
  run: async ({ options, ...context }) => askRemoval(options.feed, context),
})

export const feedImport = command({
  name: 'feed import',
  forOwners: true,
  isCostly: true,
  options: { file: { kind: 'file', required: true }, digest: { kind: 'ownDigest', required: false } },
  run: async ({ options, ...context }) => importFeeds(options.file, options.digest, context),
})

export const feedExport = command({
  name: 'feed export',
  forOwners: true,
  options: { digest: { kind: 'ownDigest', required: false } },
  run: async ({ options, ...context }) => exportFeeds(options.digest, context),
})
