/**
 * The index of everything held, for search and for lists that open as one types.
 *
 * `searched_article` numbers articles in the order they were seen and keeps the few facts that finding needs beside the
 * index. The two full-text tables hold no text of their own: `article_search` the index words of headline and body,
 * `headline_search` the folded headline in threes of letters. `sources` in both names the sources and the language by
 * words that occur in no text. On PostgreSQL both are ordinary tables with a `tsvector` each.
 *
 * Triggers note every article that must be read anew in `search_pending`, within the transaction that changed it; whatever
 * changes an article need not know of search. What is retired or deleted leaves the index at once.
 */
import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { engineOf } from '../engine.ts'

export const search: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db
    const { type, numbered, tables } = engineOf(db).name === 'sqlite' ? sqlite : postgres
    await schema
      .createTable('searched_source')
      .addColumn('number', type, numbered)
      .addColumn('source_id', 'text', (c) => c.notNull().unique())
      .execute()
    await schema
      .createTable('searched_article')
      .addColumn('number', type, numbered)
      .addColumn('article_id', 'text', (c) =>
        c.notNull().unique().references('article.id').onDelete('cascade'),
      )
      .addColumn('story_id', 'text')
      .addColumn('copy_of', 'text')
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addColumn('headline', 'text', (c) => c.notNull())
      .execute()
    await schema
      .createIndex('searched_article_by_language')
      .on('searched_article')
      .column('language')
      .execute()
    await schema.createIndex('searched_article_by_age').on('searched_article').column('seen_at').execute()
    await schema
      .createTable('search_pending')
      .addColumn('article_id', 'text', (c) =>
        c.primaryKey().notNull().references('article.id').onDelete('cascade'),
      )
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .execute()
    await schema.createIndex('search_pending_by_age').on('search_pending').column('seen_at').execute()
    for (const statement of tables) await sql.raw(statement).execute(db)
    await sql`
      insert into searched_article (article_id, story_id, copy_of, language, seen_at, headline)
      select id, story_id, copy_of, language, seen_at, headline_folded from article
      where retired_at is null order by seen_at, id
    `.execute(db)
    await sql`
      insert into search_pending (article_id, seen_at)
      select id, seen_at from article where retired_at is null
    `.execute(db)
  },
}

/** Both columns hold words that `full-text-postgres.ts` has made: no dictionary of the server has a say. */
const postgres = {
  type: 'bigint',
  numbered: (c: ColumnDefinitionBuilder) => c.primaryKey().generatedByDefaultAsIdentity(),
  tables: [
    'create table headline_word (word text collate "C" primary key)',
    `create table article_search (
      number bigint primary key references searched_article (number) on delete cascade, words tsvector not null)`,
    'create index article_search_by_word on article_search using gin (words)',
    `create table headline_search (
      number bigint primary key references searched_article (number) on delete cascade, grams tsvector not null)`,
    'create index headline_search_by_gram on headline_search using gin (grams)',
    `create function note_article() returns trigger language plpgsql as $$ begin
      insert into search_pending (article_id, seen_at) values (new.id, new.seen_at) on conflict do nothing;
      return null; end $$`,
    `create function drop_retired_article() returns trigger language plpgsql as $$ begin
      delete from searched_article where article_id = new.id;
      delete from search_pending where article_id = new.id;
      return null; end $$`,
    `create function place_searched_article() returns trigger language plpgsql as $$ begin
      update searched_article set story_id = new.story_id, copy_of = new.copy_of where article_id = new.id;
      return null; end $$`,
    `create function note_sourced_article() returns trigger language plpgsql as $$ begin
      insert into search_pending (article_id, seen_at)
        select id, seen_at from article where id = new.article_id and retired_at is null on conflict do nothing;
      return null; end $$`,
    `create trigger article_came after insert on article
      for each row when (new.retired_at is null) execute function note_article()`,
    `create trigger article_changed after update of headline, stems, language, retired_at on article
      for each row when (new.retired_at is null) execute function note_article()`,
    `create trigger article_retired after update of retired_at on article
      for each row when (new.retired_at is not null) execute function drop_retired_article()`,
    `create trigger article_placed after update of story_id, copy_of on article
      for each row execute function place_searched_article()`,
    `create trigger article_sourced after insert on article_source
      for each row execute function note_sourced_article()`,
  ],
} as const

const fullTextTables = [
  `create virtual table article_search using fts5(
    headline, body, sources, content='', contentless_delete=1, tokenize='ascii')`,
  `create virtual table headline_search using fts5(
    headline, sources, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')`,
]

const noteArticle = `insert into search_pending (article_id, seen_at)
    select new.id, new.seen_at where not exists (select 1 from search_pending where article_id = new.id)`

const triggers = [
  `create trigger article_came after insert on article when new.retired_at is null begin ${noteArticle}; end`,
  `create trigger article_changed after update of headline, stems, language, retired_at on article
    when new.retired_at is null begin ${noteArticle}; end`,
  `create trigger article_retired after update of retired_at on article when new.retired_at is not null begin
    delete from searched_article where article_id = new.id;
    delete from search_pending where article_id = new.id;
  end`,
  `create trigger article_placed after update of story_id, copy_of on article begin
    update searched_article set story_id = new.story_id, copy_of = new.copy_of where article_id = new.id;
  end`,
  `create trigger article_sourced after insert on article_source begin
    insert into search_pending (article_id, seen_at)
      select id, seen_at from article where id = new.article_id and retired_at is null
      and not exists (select 1 from search_pending where article_id = new.article_id);
  end`,
  `create trigger searched_article_left after delete on searched_article begin
    delete from article_search where rowid = old.number;
    delete from headline_search where rowid = old.number;
  end`,
]

const sqlite = {
  type: 'integer',
  numbered: (c: ColumnDefinitionBuilder) => c.primaryKey().autoIncrement(),
  tables: [
    'create table headline_word (word text primary key not null) without rowid',
    ...fullTextTables,
    ...triggers,
  ],
} as const
