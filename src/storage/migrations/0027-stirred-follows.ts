/**
 * Which followed stories are to be looked at: where something may have become news, `stirs` goes up by one and `stirred` is that count; whoever
 * looks and finds nothing empties it, if it is still the count they saw. So a round looks at what moved, not at everything that anybody follows.
 * Triggers count, within the transaction that changed something: whoever puts an article into a story need not know of followers, nor need an
 * older version.
 *
 * An old article that is for a server only since one of its digests names another source waits until its story moves again.
 */
import { type Kysely, sql } from 'kysely'
import { engineOf } from '../engine.ts'
import type { Step } from '../versions.ts'

export const stirredFollows: Step = {
  async up(db: Kysely<unknown>) {
    // Who follows already is looked at once.
    await db.schema
      .alterTable('follow')
      .addColumn('stirs', 'integer', (c) => c.notNull().defaultTo(1))
      .execute()
    await db.schema
      .alterTable('follow')
      .addColumn('stirred', 'integer', (c) => c.defaultTo(1))
      .execute()
    await sql`create index follow_stirred on follow (lease_until, id) where stirred is not null`.execute(db)
    for (const statement of engineOf(db).name === 'sqlite' ? sqlite : postgres)
      await sql.raw(statement).execute(db)
  },
}

const sqlite = [
  `create trigger follow_article_placed after update of story_id, copy_of, retired_at on article when new.story_id is not null begin
    update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = new.story_id;
  end`,
  `create trigger follow_article_sourced after insert on article_source begin
    update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = (select story_id from article where id = new.article_id);
  end`,
  `create trigger follow_story_merged after update of merged_into on story when new.merged_into is not null begin
    update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = new.id;
  end`,
]

const postgres = [
  `create function stir_story_of_article() returns trigger language plpgsql as $$ begin
    update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = new.story_id;
    return null; end $$`,
  // An article that is being put into a story meanwhile is waited for: otherwise neither would see the other.
  `create function stir_story_of_sourced() returns trigger language plpgsql as $$
    declare placed_in text;
    begin
      select story_id into placed_in from article where id = new.article_id for share;
      update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = placed_in;
      return null;
    end $$`,
  `create function stir_merged_story() returns trigger language plpgsql as $$ begin
    update follow set stirs = stirs + 1, stirred = stirs + 1 where story_id = new.id;
    return null; end $$`,
  `create trigger follow_article_placed after update of story_id, copy_of, retired_at on article
    for each row when (new.story_id is not null) execute function stir_story_of_article()`,
  `create trigger follow_article_sourced after insert on article_source
    for each row execute function stir_story_of_sourced()`,
  `create trigger follow_story_merged after update of merged_into on story
    for each row when (new.merged_into is not null) execute function stir_merged_story()`,
]
