/** The tables as Kysely sees them; `migrations/` makes them. Documents are text: they leave as they came, byte for byte. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** PostgreSQL's drivers read bigint as text or number; every reader goes through Number(). Sequences stay far below 2^53. */
type Whole = ColumnType<string | number, number, number>;
type WholeOrNull = ColumnType<string | number | null, number | null, number | null>;

export interface Tables {
  readonly head: {
    readonly single: number;
    readonly district: string;
    readonly name: string;
    readonly epoch: string;
    readonly restored_head: Whole;
    readonly was_restored: Generated<boolean>;
    readonly seq: Whole;
    readonly durable: Whole;
    readonly durable_at: string | null;
    readonly devices: number;
    readonly public_key: string | null;
  };
  readonly operations: {
    readonly id: string;
    readonly arrival: Generated<number>;
    readonly seq: WholeOrNull;
    readonly record: string | null;
    readonly author: string;
    readonly device: string;
    readonly number: WholeOrNull;
    readonly link: string | null;
    readonly previous: string | null;
    readonly signed_by: string | null;
    readonly signature: string | null;
    readonly salt: string | null;
    readonly digest: string;
    readonly group_key: string | null;
    readonly verdict: string;
    readonly reason: string | null;
    readonly waits: readonly string[];
    readonly review: string | null;
    readonly received_at: string;
    readonly doc: string;
    readonly said: string | null;
    readonly earlier: string | null;
  };
  readonly records: {
    readonly id: string;
    readonly seq: Whole;
    readonly entity: string;
    readonly scopes: readonly string[];
    readonly readers: readonly string[] | null;
    readonly doc: string;
  };
  readonly placements: {
    readonly scope: string;
    readonly record: string;
    readonly seq: Whole;
    readonly gone: boolean;
  };
  readonly readers: { readonly record: string; readonly person: string; readonly present: boolean };
  readonly scopes: {
    readonly scope: string;
    readonly area: GeneratedAlways<string | null>;
    readonly class: GeneratedAlways<string | null>;
    /** Of what lies in it; only ever combined with what comes and goes. */
    readonly hash: Generated<Whole>;
    /** The last sequence that changed it. */
    readonly seq: Generated<Whole>;
  };
  readonly role_reads: { readonly role: string; readonly class: string; readonly around: boolean };
  readonly file_names: {
    readonly file: string;
    readonly operation: string;
    readonly device: string;
    readonly size: number;
  };
  readonly files: {
    readonly file: string;
    readonly size: number;
    readonly received: number;
    readonly complete: boolean;
  };
  readonly file_parts: { readonly file: string; readonly at: number; readonly bytes: Uint8Array };
  readonly counters: {
    readonly entity: string;
    readonly area: string;
    readonly year: number;
    readonly ordinal: number;
  };
  readonly numbers: {
    readonly entity: string;
    readonly area: string;
    readonly year: number;
    readonly ordinal: number;
    readonly record: string;
  };
  readonly persons: {
    readonly id: string;
    readonly name: string;
    readonly grants: string;
    readonly former: string;
    readonly disabled: boolean;
    readonly password: string | null;
  };
  readonly devices: {
    readonly id: string;
    readonly number: number;
    readonly key: string;
    readonly refresh: number;
    readonly grace_until: string | null;
    readonly revoked: boolean;
    readonly quarantined: boolean;
    readonly seen_at: string | null;
    readonly app: string | null;
    readonly pending: number | null;
  };
  readonly members: {
    readonly device: string;
    readonly person: string;
    readonly exchange_key: string;
    readonly user_key: string | null;
  };
  readonly signing_keys: {
    readonly id: string;
    readonly device: string;
    readonly person: string;
    readonly key: string;
  };
  readonly escrowed_keys: {
    readonly device: string;
    readonly scope: string;
    readonly id: string;
    readonly sealed: string;
  };
  readonly chains: {
    readonly device: string;
    readonly number: Whole;
    readonly hash: string;
    readonly epoch: string;
  };
  readonly set_aside: {
    readonly at: string;
    readonly device: string;
    readonly number: Whole;
    readonly doc: string;
  };
  readonly packages: {
    readonly arrival: Generated<number>;
    readonly device: string;
    readonly id: string;
    readonly number: number;
    readonly made_at: string;
    readonly imported_at: string;
    readonly confirmed: number;
    readonly refused: number;
    readonly held: number;
    readonly doc: string;
  };
  readonly package_answers: {
    readonly serial: Generated<number>;
    readonly at: string;
    readonly device: string;
    readonly package: string;
  };
  readonly codes: {
    readonly hash: string;
    readonly person: string;
    readonly device: string | null;
    readonly expires_at: string;
    readonly used_at: string | null;
    readonly used_by: string | null;
    readonly became: string | null;
  };
  readonly anchors: {
    readonly day: string;
    readonly at: string;
    readonly seq: Whole;
    readonly previous: string;
    readonly hash: string;
    readonly signature: string;
  };
  readonly recovered: {
    readonly arrival: Generated<number>;
    readonly record: string;
    readonly epoch: string;
    readonly seq: Whole;
    readonly entity: string;
    readonly area: string;
    readonly doc: string;
    readonly person: string;
    readonly device: string;
    readonly at: string;
    readonly approved_by: string | null;
    readonly approved_at: string | null;
  };
  readonly alarms: {
    readonly arrival: Generated<number>;
    readonly at: string;
    readonly code: string;
    readonly operation: string;
    readonly device: string;
    readonly person: string | null;
  };
}

/** What anybody who reads may see of the head. */
export const HEAD_COLUMNS = [
  'district',
  'name',
  'epoch',
  'restored_head',
  'was_restored',
  'seq',
  'durable',
  'durable_at',
] as const;
