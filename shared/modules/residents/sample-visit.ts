import { sampleFiles } from '../../core/attachment/sample-files.ts';
import { addDays } from '../../core/calendar/day.ts';
import type { Sample } from '../../core/sample.ts';

interface Visit {
  readonly topics: readonly string[];
  readonly content: string;
  readonly followUp?: string;
}

const VISITS: readonly Visit[] = [
  {
    topics: ['greeting', 'health'],
    content: '老人精神不错，血压控制稳定。反映配药要排很久的队，子女工作忙，来回不方便。',
    followUp: '联系社区卫生服务中心，问清代配药要带什么，告诉老人和楼组长。',
  },
  {
    topics: ['safety'],
    content: '厨房煤气软管已老化，楼道里堆了旧纸箱。当面讲了危险，老人同意清掉。',
    followUp: '约燃气公司上门换管；下周再去看楼道。',
  },
  {
    topics: ['hardship'],
    content: '上个月住院自费部分较多，家里只有退休金。说明了临时救助的条件和要准备的材料。',
    followUp: '材料齐了陪同到街道社区事务受理服务中心办理。',
  },
  { topics: ['greeting'], content: '节前看望，送去慰问品。家里一切都好，女儿周末会过来。' },
  {
    topics: ['dispute'],
    content: '说楼上深夜拖椅子，睡不好，已经忍了两个月，还没有当面谈过。',
    followUp: '先听听楼上怎么说；双方愿意的话请调解员一起坐下来谈。',
  },
  {
    topics: ['opinion'],
    content: '希望小区里能多装两条长椅，电动车不要停在单元门口。已记下，下次居民会议上提。',
  },
  {
    topics: ['health', 'safety'],
    content: '独居，上周在浴室滑了一跤，没有受伤。愿意装扶手和一键呼叫。',
    followUp: '报适老化改造名单，扶手装好前请志愿者每天敲一次门。',
  },
  { topics: ['greeting', 'opinion'], content: '新搬来的住户，登记了电话，介绍了垃圾投放时间和楼组长。' },
];

export const sampleVisit: Sample = ({ source, today, index, reference, author }) => {
  const visit = VISITS[(index + source.whole(3)) % VISITS.length] ?? VISITS[0]!;
  const day = addDays(today, -1 - source.whole(120));
  const hour = String(9 + source.whole(8)).padStart(2, '0');
  const isDone = day < addDays(today, -20);
  return {
    values: {
      resident: reference('resident') ?? { id: `resident_${'0'.repeat(26)}`, title: '王伟' },
      visitedAt: `${day}T${hour}:${source.pick(['00', '15', '30', '45'])}`,
      form: source.pick(['home', 'home', 'home', 'phone', 'office']),
      visitors: [author],
      topics: visit.topics,
      content: visit.content,
      ...(index % 6 === 1 && { photos: [sampleFiles.ceiling.attachment] }),
      ...(visit.followUp !== undefined && {
        followUp: visit.followUp,
        followUpOn: addDays(day, 3 + source.whole(18)),
        followUpDone: isDone,
      }),
    },
  };
};
