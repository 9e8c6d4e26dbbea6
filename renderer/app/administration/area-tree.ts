/** Areas as a tree: an area lies in the one whose code is its longest beginning; one whose parent is not known stands at the top. Pure. */
import type { RecordState } from '../../../shared/core/record.ts';

export interface AreaNode {
  readonly key: string;
  readonly title: string;
  readonly code: string;
  readonly children: AreaNode[];
}

export function areaTree(areas: readonly Pick<RecordState, 'id' | 'values'>[]): readonly AreaNode[] {
  const nodes = new Map<string, AreaNode>();
  const roots: AreaNode[] = [];
  const inOrder = areas
    .map(({ id, values }) => ({ id, code: String(values['code']), name: String(values['name']) }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
  for (const { id, code, name } of inOrder) {
    const node: AreaNode = { key: id, title: name, code, children: [] };
    const around = [9, 6].find((digits) => digits < code.length && nodes.has(code.slice(0, digits)));
    const siblings = around === undefined ? roots : nodes.get(code.slice(0, around))?.children;
    siblings?.push(node);
    nodes.set(code, node);
  }
  return roots;
}
