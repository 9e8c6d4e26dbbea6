import { addDays } from '../../core/calendar/day.ts';
import type { Sample } from '../../core/sample.ts';

const NOTES = [
  {
    kind: 'counselling',
    subject: '夜里睡不好，想找人说说',
    about: '张阿姨（代号）',
    level: 'watch',
    body: '老伴走后一直睡不好，说到孩子时流了泪。认真听完，没有劝她想开。说好下周二再来坐坐。',
    outcome: '告诉她可以拨打 12356；本人愿意的话陪同去医院。',
  },
  {
    kind: 'accusation',
    subject: '反映停车位分配不公',
    about: '反映人要求不公开姓名',
    level: 'calm',
    body: '反映小区停车位没有按公示的顺序分配，带来三张照片。已说明会怎样转交、多久答复。',
    outcome: '转街道纪检监察，不告诉被反映的人。',
  },
  {
    kind: 'talk',
    subject: '与新来的同事谈走访记录',
    about: '',
    level: 'calm',
    body: '谈了走访记录要当天写、写清时间地点。本人说明家里有事，愿意补上。',
    outcome: '一个月后再看一次。',
  },
] as const;

export const sampleNote: Sample = ({ source, index, today, author, reference }) => {
  const note = NOTES[index % NOTES.length]!;
  const colleague = reference('person');
  const others = colleague && colleague.id !== author.id ? [colleague] : [];
  return {
    values: { ...note, heldOn: addDays(today, -2 - source.whole(40)), readers: [author, ...others] },
  };
};

const ENTRIES = [
  '又来坐了半个小时，睡得好些了。',
  '打电话问过，对方说已经收到答复。',
  '按说好的日子看过，已改好。',
];

export const sampleEntry: Sample = ({ source, today, reference }) => ({
  values: {
    note: reference('confidentialNote') ?? { id: `confidentialNote_${'0'.repeat(26)}`, title: '想找人说说' },
    on: addDays(today, -1),
    body: source.pick(ENTRIES),
  },
});
