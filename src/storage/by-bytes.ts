/**
 * Texts in PostgreSQL are compared as SQLite compares them, by bytes, whatever language the server was set up for: every column of text that a
 * migration makes says so.
 */
import { AddColumnNode, type ColumnDefinitionNode, type KyselyPlugin, RawNode } from 'kysely'

export const textByBytes: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (node.kind === 'CreateTableNode') return { ...node, columns: node.columns.map(columnByBytes) }
    if (node.kind !== 'AlterTableNode' || node.columnAlterations === undefined) return node
    return {
      ...node,
      columnAlterations: node.columnAlterations.map((each) =>
        AddColumnNode.is(each) ? { ...each, column: columnByBytes(each.column) } : each,
      ),
    }
  },
  transformResult: async ({ result }) => result,
}

function columnByBytes(column: ColumnDefinitionNode): ColumnDefinitionNode {
  const { dataType } = column
  const isText = 'dataType' in dataType && dataType.dataType === 'text'
  return isText ? { ...column, dataType: RawNode.createWithSql('text collate "C"') } : column
}
