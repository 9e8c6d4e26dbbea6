import { addDays } from '../../core/calendar/day.ts';
import { nextWorkingDay, workingDayNotAfter } from '../../core/calendar/working-days.ts';
import type { Sample, SampleStep } from '../../core/sample.ts';

interface Course {
  readonly name: string;
  readonly category: string;
  readonly form: string;
  readonly hours: number;
  readonly trainers: string;
  readonly place: string;
  readonly content: string;
  readonly taskPoints?: readonly Readonly<Record<string, string>>[];
}

const COURSES: readonly Course[] = [
  {
    name: '人民调解实务：从受理到归档',
    category: 'topic',
    form: 'lecture',
    hours: 4,
    trainers: '区司法局指导老师',
    place: '街道社区学校二楼教室',
    content: '受理与告知、调解笔录怎么写、协议书的三要素、司法确认三十日、卷宗十三件逐项过一遍。',
  },
  {
    name: '新进社区工作者岗前培训',
    category: 'induction',
    form: 'lecture',
    hours: 8,
    trainers: '居民区书记工作室',
    place: '街道办事处三楼会议室',
    content: '居委会的职责和协助事项清单、走访怎么敲开门、台账与个人信息保护、第一次接待的情景演练。',
  },
  {
    name: '社会治理创新体验行（滨江线）',
    category: 'experience',
    form: 'visit',
    hours: 6,
    trainers: '街道自治办',
    place: '徐汇滨江党群服务中心集合',
    content: '五个小组走不同的路线，到六个任务点打卡，看别人怎么议事、怎么办，晚上一起分享感想，不排名次。',
    taskPoints: [
      { name: '邻里汇', place: '斜土路', task: '体验一次点单，记下从点单到配送要几步' },
      { name: '社区食堂', place: '大木桥路', task: '和三位老人一起吃饭，问问菜价和口味' },
      { name: '加装电梯楼组', place: '茶陵路', task: '听楼组长讲怎么征询，找出最难的一户怎么谈下来的' },
      { name: '信访接待点', place: '零陵路', task: '跟一次接待，写下第一句话' },
      { name: '垃圾厢房', place: '日晖东路', task: '观察十五分钟投放，提一条建议' },
      { name: '滨江步道', place: '龙华东路', task: '全组合影，交换今天最想学的一件事' },
    ],
  },
  {
    name: '情景模拟：拒绝开门的住户',
    category: 'inService',
    form: 'scene',
    hours: 3,
    trainers: '资深居民区书记',
    place: '街道社区学校情景教室',
    content: '三人一组轮流扮演住户、社区工作者和观察员，每轮十分钟，讲评只说做得好的和下次可以试的。',
  },
  {
    name: '个人信息保护与台账规范',
    category: 'continuing',
    form: 'lecture',
    hours: 2,
    trainers: '值班律师',
    place: '线上会议室',
    content: '哪些信息不该收、告知怎么说、未满十四周岁怎么办、导出和打印要注意什么，附真实处罚案例。',
  },
  {
    name: '个案督导小组（认知障碍家庭）',
    category: 'supervision',
    form: 'discussion',
    hours: 3,
    trainers: '社工督导',
    place: '枫林路街道邻里汇',
    content: '每组带一个正在跟的个案（隐去姓名），督导和同伴一起梳理资源和照护者压力。',
  },
  {
    name: '消防与燃气安全入户检查',
    category: 'topic',
    form: 'discussion',
    hours: 2,
    trainers: '消防救援站、燃气公司',
    place: '江南新村居委会活动室',
    content: '软管、阀门、电动车充电和楼道堆物，看照片找隐患，再到楼里走一圈。',
  },
  {
    name: '社工师继续教育：老年服务专题',
    category: 'continuing',
    form: 'online',
    hours: 6,
    trainers: '高校社会工作系教师',
    place: '线上会议室',
    content: '独居老人的风险评估、适老化改造、丧亲陪伴，课后完成一份服务计划。',
  },
];

/** A third still to come, the rest behind us; some just open, one in ten called off. */
export const sampleEvent: Sample = ({ source, index, area, today }) => {
  const course = COURSES[index % COURSES.length] ?? COURSES[0]!;
  const isPast = index % 3 !== 2;
  const day = isPast
    ? workingDayNotAfter(addDays(today, -2 - source.whole(150)))
    : nextWorkingDay(addDays(today, 1 + source.whole(45)));
  const hour = source.pick(['09:00', '09:30', '13:30', '14:00']);
  const round = Math.floor(index / COURSES.length);
  const ends = `${String(Math.min(21, Number(hour.slice(0, 2)) + Math.ceil(course.hours * 0.75))).padStart(2, '0')}:30`;
  const { taskPoints } = course;
  return {
    values: {
      name: round === 0 ? course.name : `${course.name}（第${round + 1}期）`,
      category: course.category,
      form: course.form,
      organiser: `${area.name.replace(/居委会$/, '')}${area.code.length === 9 ? '办事处' : ''}`,
      startsAt: `${day}T${hour}`,
      endsAt: `${day}T${ends}`,
      hours: course.hours,
      place: course.place,
      capacity: source.pick([15, 20, 30, 40]),
      trainers: course.trainers,
      content: course.content,
      ...(taskPoints && { teams: 5, taskPoints }),
    },
    steps: stepsOf(isPast, index),
  };
};

function stepsOf(isPast: boolean, index: number): readonly SampleStep[] {
  if (!isPast) return index % 2 === 0 ? [{ advance: 'open' }] : [];
  if (index % 10 === 9) return [{ advance: 'cancelled', values: { cancelReason: '台风预警，改期另行通知' } }];
  const held: readonly SampleStep[] = [{ advance: 'open' }, { advance: 'held' }];
  if (index % 4 !== 0) return held;
  return [
    ...held,
    { advance: 'closed', values: { summary: '参训人员反映案例贴近日常，下一期增加现场演练时间。' } },
  ];
}
