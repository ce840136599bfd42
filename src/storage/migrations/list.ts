/** Every migration, oldest first. The list only grows: a released migration never changes. */
import type { Migration } from 'kysely/migration'
import { first } from './0001-first.ts'

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
}
