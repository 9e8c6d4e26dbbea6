/**
 * The one boundary of access, of sync and of encryption, in its three forms: one area and one confidentiality class
 * (`310104007001/casework`), one person (`person/<id>`), the named readers of one confidential matter (`readers/<record>`).
 */
import { isId, kindOf } from './id.ts';

export type Scope =
  | { readonly form: 'area'; readonly area: string; readonly class: string }
  | { readonly form: 'person'; readonly person: string }
  | { readonly form: 'readers'; readonly record: string };

export const areaScope = (area: string, name: string): Scope => ({ form: 'area', area, class: name });

export function scopeName(scope: Scope): string {
  if (scope.form === 'area') return `${scope.area}/${scope.class}`;
  return scope.form === 'person' ? `person/${scope.person}` : `readers/${scope.record}`;
}

/** Undefined where the name, which may come from outside, is no scope's. */
export function parseScope(name: string): Scope | undefined {
  const slash = name.indexOf('/');
  const [before, after] = [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
  if (before === 'person') return isId(after, 'person') ? { form: 'person', person: after } : undefined;
  if (before === 'readers')
    return isId(after, kindOf(after) ?? '') ? { form: 'readers', record: after } : undefined;
  const isArea = /^\d{6,12}$/.test(before) && /^[a-z][A-Za-z]{0,39}$/.test(after);
  return isArea ? areaScope(before, after) : undefined;
}

/** Days for which a desk may go on reading a scope without contact (security.md: lease). */
export const leaseDaysOf = (scope: Scope): number => (scope.form === 'readers' ? 14 : 30);
