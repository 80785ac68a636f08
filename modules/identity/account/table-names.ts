import { OperationNodeTransformer } from 'kysely';
import type { KyselyPlugin, SchemableIdentifierNode } from 'kysely';

/**
 * Better Auth's table → ours. It cannot be told so in its options: a `user` table with the name `account` is taken for
 * its own `account` model as soon as it follows a reference.
 */
export const TABLE_NAMES: Readonly<Record<string, string>> = { user: 'account', account: 'credential' };

class TableRenamer extends OperationNodeTransformer {
  protected override transformSchemableIdentifier(node: SchemableIdentifierNode): SchemableIdentifierNode {
    const name = TABLE_NAMES[node.identifier.name];
    return name === undefined ? node : { ...node, identifier: { ...node.identifier, name } };
  }
}

/** Lets Better Auth's queries find our tables. */
export function tableNamesPlugin(): KyselyPlugin {
  const renamer = new TableRenamer();
  return {
    transformQuery: ({ node, queryId }) => renamer.transformNode(node, queryId),
    transformResult: async ({ result }) => result,
  };
}
