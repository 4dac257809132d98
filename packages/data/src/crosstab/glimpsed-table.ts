import type { ColumnGlimpse } from '../roles/column-glimpse.ts';
import type { Roles } from '../roles/resolve-roles.ts';
import type { RoleTable, SourceTable } from '../source/source-table.ts';

/** A table before it is read: its columns, and the first cells of each as texts, those that have a value. */
export interface GlimpsedTable {
  readonly file: string;
  readonly columns: readonly ColumnGlimpse[];
  readonly cellsOf: (name: string) => readonly string[] | Promise<readonly string[]>;
}

/** How the columns of a table are read, and what is made of it then. */
export interface FoundRoles {
  readonly columns: readonly ColumnGlimpse[];
  readonly roles: Roles;
  readonly turn: (table: SourceTable) => RoleTable;
}
