/** The tables as Kysely sees them; `migrations/` makes them. Documents are text: they leave as they came, byte for byte. */
import type { ColumnType, Generated } from 'kysely';

/** PostgreSQL's drivers read bigint as text or number; every reader goes through Number(). Sequences stay far below 2^53. */
type Whole = ColumnType<string | number, number, number>;

export interface Tables {
  readonly head: {
    readonly single: number;
    readonly district: string;
    readonly name: string;
    readonly epoch: string;
    readonly restored_head: Whole;
    readonly seq: Whole;
    readonly durable: Whole;
    readonly devices: number;
    readonly public_key: string | null;
  };
  readonly operations: {
    readonly id: string;
    readonly arrival: Generated<number>;
    readonly seq: ColumnType<string | number | null, number | null, number | null>;
    readonly record: string | null;
    readonly author: string;
    readonly device: string;
    readonly digest: string;
    readonly group_key: string | null;
    readonly verdict: string;
    readonly reason: string | null;
    readonly waits: readonly string[];
    readonly received_at: string;
    readonly doc: string;
  };
  readonly records: {
    readonly id: string;
    readonly seq: Whole;
    readonly scope: string;
    readonly entity: string;
    readonly doc: string;
  };
  readonly scopes: { readonly scope: string };
  readonly counters: {
    readonly entity: string;
    readonly area: string;
    readonly year: number;
    readonly ordinal: number;
  };
  readonly persons: {
    readonly id: string;
    readonly name: string;
    readonly grants: string;
    readonly former: string;
    readonly disabled: boolean;
  };
  readonly devices: {
    readonly id: string;
    readonly number: number;
    readonly token_hash: string;
    readonly revoked: boolean;
  };
  readonly members: { readonly device: string; readonly person: string; readonly token_hash: string };
  readonly codes: {
    readonly hash: string;
    readonly person: string;
    readonly expires_at: string;
    readonly used_at: string | null;
  };
  readonly alarms: {
    readonly at: string;
    readonly code: string;
    readonly operation: string;
    readonly device: string;
  };
}
