/** Before the first story: the demo district that all of them copy is founded by one hand, not by each of them at once. */
import { foundedDemo } from './district.ts';

export default async function found(): Promise<void> {
  await foundedDemo();
}
