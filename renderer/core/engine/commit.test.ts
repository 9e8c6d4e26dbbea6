import { expect, test } from 'vitest';
import { createWorld } from '../testing/small-world.ts';
import { registerMatter, ZHOU } from '../testing/two-desks.ts';

test('the main process carries by itself what is saved: to be asked for it would make all that waits ready once more', async () => {
  const asked: string[] = [];
  const { desk } = await createWorld().addDesk(ZHOU, {
    bridge: (bridge) => ({
      ...bridge,
      ask: (name, ...input) => {
        asked.push(name);
        return bridge.ask(name, ...input);
      },
    }),
  });
  asked.length = 0;
  await registerMatter(desk, '楼上漏水');
  expect(asked).toEqual(['journal.temporaryNumber', 'journal.append']);
});
