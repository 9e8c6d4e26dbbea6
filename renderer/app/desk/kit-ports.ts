/** Fills in what the kit asks of the app: names from the directory, printing through the main process, screens by hand. */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';
import type { KitArea, KitPorts } from '../../kit/ports.tsx';
import { screens } from '../../modules/index.ts';

const AREA = 'area';

export function kitPorts(desk: Desk, bridge: BridgeClient): KitPorts {
  const directory = createDirectory(desk);
  return {
    areas: () => directory().open,
    areaName: (code) => directory().names.get(code) ?? code,
    personName: (id) => personName(desk, id),
    print: async (paper) => (await bridge.ask('print.paper', paper)).printed,
    savePdf: async ({ html, title }) => {
      const { pdf } = await bridge.ask('print.pdf', { html, title });
      return (await bridge.ask('files.save', { name: `${title}.pdf`, bytes: pdf })).saved;
    },
    saveFile: async (file) => (await bridge.ask('files.save', file)).saved,
    screens,
  };
}

interface Directory {
  readonly names: ReadonlyMap<string, string>;
  /** Without those that were merged or dissolved: nothing new belongs there. */
  readonly open: readonly KitArea[];
}

/** Read once for each version of the directory: a list of a thousand lines asks a thousand times. */
function createDirectory(desk: Desk): () => Directory {
  let known: { readonly version: number; readonly directory: Directory } | undefined;
  return () => {
    const version = desk.version(AREA);
    if (known?.version !== version) {
      const areas = desk.list({ entity: AREA }).map(({ values }) => ({
        code: String(values['code']),
        name: String(values['name']),
        isClosed: values['closedOn'] !== undefined && values['closedOn'] !== null,
      }));
      const names = new Map(areas.map(({ code, name }) => [code, name]));
      known = { version, directory: { names, open: areas.filter(({ isClosed }) => !isClosed) } };
    }
    return known.directory;
  };
}

/** Authors are records of the directory; one that has not arrived yet has no name. */
function personName(desk: Desk, id: string): string {
  if (id === desk.me.id) return desk.me.name;
  const record = desk.get(id)?.record;
  const entity = record && desk.registry.entities.get(record.entity);
  return record && entity ? entity.title(record.values) : '';
}
