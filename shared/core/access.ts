/**
 * Who may do what. Areas are statistical codes whose prefixes are the tree (310104 ⊃ 310104013 ⊃ 310104013007), so "inside the
 * area of a grant" is a comparison of prefixes and needs no lookup. Roles are declared data; they are passed in, never named here.
 */
import type { Label } from './label.ts';

/** One role, held over one area and all that lies inside it. */
export interface Grant {
  readonly role: string;
  readonly area: string;
}

/** Who acts: all that `decide` needs to know of a person. */
export interface Actor {
  readonly id: string;
  readonly grants: readonly Grant[];
}

export interface Role extends Label {
  /** Confidentiality classes that the role reads in its area and everything inside it. */
  readonly reads: readonly string[];
  /** Classes that it also reads in the areas around its own: the street's courses, the district's directory. */
  readonly readsAround?: readonly string[];
}

export type Roles = Readonly<Record<string, Role>>;

export type Action = 'create' | 'change' | 'advance' | 'withdraw';

/** The roles that may do each action; `advance` and `withdraw` fall back to `change`. */
export interface Access {
  readonly create: readonly string[];
  readonly change: readonly string[];
  readonly advance?: readonly string[];
  readonly withdraw?: readonly string[];
}

/** One area and one confidentiality class: `310104013007/casework`. */
export interface Scope {
  readonly area: string;
  readonly class: string;
}

export const scopeName = ({ area, class: name }: Scope): string => `${area}/${name}`;

export function parseScope(name: string): Scope {
  const slash = name.indexOf('/');
  return { area: name.slice(0, slash), class: name.slice(slash + 1) };
}

export const isWithin = (area: string, around: string): boolean => area.startsWith(around);

export function mayRead(actor: Actor, scope: Scope, roles: Roles): boolean {
  return actor.grants.some(({ role, area }) => {
    const declared = Object.hasOwn(roles, role) ? roles[role] : undefined;
    if (!declared) return false;
    if (isWithin(scope.area, area) && declared.reads.includes(scope.class)) return true;
    return isWithin(area, scope.area) && (declared.readsAround ?? []).includes(scope.class);
  });
}

/** Writing asks for a role over the record's area and for the right to read where it lies. */
export function mayDo(actor: Actor, action: Action, access: Access, scope: Scope, roles: Roles): boolean {
  const allowed = access[action] ?? access.change;
  const holds = actor.grants.some(({ role, area }) => isWithin(scope.area, area) && allowed.includes(role));
  return holds && mayRead(actor, scope, roles);
}
