/** Fills in what the kit asks of the app: names from the directory, printing through the main process, screens by hand. */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';
import type { KitArea, KitPorts } from '../../kit/ports.tsx';
import { screens } from '../../modules/index.ts';

const AREA = 'area';

export function kitPorts(desk: Desk, bridge: BridgeClient): KitPorts {
  const areas = (): readonly KitArea[] =>
    desk
      .list({ entity: AREA })
      .map(({ values }) => ({ code: String(values['code']), name: String(values['name']) }));
  return {
    areas,
    areaName: (code) => areas().find((area) => area.code === code)?.name ?? code,
    personName: (id) => personName(desk, id),
    print: async (paper) => (await bridge.ask('print.paper', paper)).printed,
    savePdf: async ({ html, title }) => {
      const { pdf } = await bridge.ask('print.pdf', { html, title });
      return (await bridge.ask('files.save', { name: `${title}.pdf`, bytes: pdf })).saved;
    },
    screens,
  };
}

/** Authors are records of the directory; one that has not arrived yet has no name. */
function personName(desk: Desk, id: string): string {
  if (id === desk.me.id) return desk.me.name;
  const record = desk.get(id)?.record;
  const entity = record && desk.registry.entities.get(record.entity);
  return record && entity ? entity.title(record.values) : '';
}
