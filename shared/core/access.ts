/**
 * Who may do what. Areas are statistical codes whose prefixes are the tree (310104 ⊃ 310104013 ⊃ 310104013007), so "inside the
 * area of a grant" is a comparison of prefixes and needs no lookup. Roles are declared data; they are passed in, never named here.
 */
import type { Label } from './label.ts';
import type { RecordState } from './record.ts';
import { parseScope, type Scope } from './scope.ts';

/** One role, held over one area and all that lies inside it. */
export interface Grant {
  readonly role: string;
  readonly area: string;
}

/** Who acts: all that `decide` needs to know of a person. */
export interface Actor {
  readonly id: string;
  readonly grants: readonly Grant[];
  /** Whether this record names the person among its readers; nobody is named where it is missing. */
  readonly isNamed?: (record: string) => boolean;
}

export interface Role extends Label {
  /** Confidentiality classes that the role reads in its area and everything inside it. */
  readonly reads: readonly string[];
  /** Classes that it also reads in the areas around its own: the street's courses, the district's directory. */
  readonly readsAround?: readonly string[];
  /** Keeps accounts, devices and codes inside its area. */
  readonly administers?: boolean;
  /** Answers for the work of others inside its area: reviews what is held (sync.md S14). */
  readonly supervises?: boolean;
}

export type Roles = Readonly<Record<string, Role>>;

/** Confidentiality classes by name, as screens call them. */
export type Classes = Readonly<Record<string, Label>>;

/** `share` stands for sharing and taking back, `move` for giving a record to another area, `merge` for all that is said of two records. */
export type Action = 'create' | 'change' | 'advance' | 'withdraw' | 'share' | 'move' | 'merge';

/** The roles that may do each action; all but `create` fall back to `change`. */
export interface Access {
  readonly create: readonly string[];
  readonly change: readonly string[];
  readonly advance?: readonly string[];
  readonly withdraw?: readonly string[];
  readonly share?: readonly string[];
  readonly move?: readonly string[];
  readonly merge?: readonly string[];
}

export const isWithin = (area: string, around: string): boolean => area.startsWith(around);

export function mayRead(actor: Actor, scope: Scope, roles: Roles): boolean {
  if (scope.form === 'person') return scope.person === actor.id;
  if (scope.form === 'readers') return actor.isNamed?.(scope.record) ?? false;
  return actor.grants.some(({ role, area }) => {
    const declared = Object.hasOwn(roles, role) ? roles[role] : undefined;
    if (!declared) return false;
    if (isWithin(scope.area, area) && declared.reads.includes(scope.class)) return true;
    return isWithin(area, scope.area) && (declared.readsAround ?? []).includes(scope.class);
  });
}

/**
 * Writing through one scope: the right to read there, and a role that may do it: over the scope's area, or, where the scope names
 * people instead of an area, anywhere.
 */
export function mayDo(actor: Actor, action: Action, access: Access, scope: Scope, roles: Roles): boolean {
  const area = scope.form === 'area' ? scope.area : undefined;
  return holdsRole(actor, action, access, area) && mayRead(actor, scope, roles);
}

/** A role that may do it: over that area, or, where none is asked for, anywhere. */
export const holdsRole = (actor: Actor, action: Action, access: Access, area?: string): boolean =>
  actor.grants.some(
    (grant) =>
      (access[action] ?? access.change).includes(grant.role) &&
      (area === undefined || isWithin(area, grant.area)),
  );

/** Where a record may be met: its home and the scopes that it is shared into. */
export type Placed = Pick<RecordState, 'scope' | 'shares'>;

const scopesOf = ({ scope, shares = [] }: Placed): readonly Scope[] =>
  [scope, ...shares].flatMap((name) => parseScope(name) ?? []);

export const mayReadRecord = (actor: Actor, record: Placed, roles: Roles): boolean =>
  scopesOf(record).some((scope) => mayRead(actor, scope, roles));

/** Through any scope of the record; whom it is shared with and where it is at home is decided at home alone. */
export function mayDoTo(actor: Actor, action: Action, access: Access, record: Placed, roles: Roles): boolean {
  const home = parseScope(record.scope);
  const through = action === 'share' || action === 'move' ? (home ? [home] : []) : scopesOf(record);
  return through.some((scope) => mayDo(actor, action, access, scope, roles));
}
