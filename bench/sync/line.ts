/** A line to the district that can be cut: while it is, nobody listens at its address. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
  readonly address: string;
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

export async function openLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const server = createServer((desk) => {
    const district = connect(Number(port), hostname);
    for (const [one, other] of [
      [desk, district],
      [district, desk],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const at = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${at}`,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    mend: () => listen(at),
  };
}
