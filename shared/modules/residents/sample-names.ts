/** Name parts by how common they are, and the names that break software: beyond the BMP, several readings, with a dot, one character. */
const repeated = (text: string): readonly string[] => text.split(' ');

/** The commonest surnames more often, then those whose reading differs from the usual one (单 曾 解 仇 查 朴 盖 区 翟 乐). */
export const surnames = [
  ...repeated(
    '王 王 王 王 李 李 李 李 张 张 张 张 刘 刘 陈 陈 陈 陈 杨 黄 黄 赵 周 周 周 吴 吴 徐 徐 徐 孙 朱 朱 马 胡 郭 林 何 高 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹',
  ),
  ...repeated(
    '沈 沈 顾 顾 陆 陆 金 金 施 钱 严 潘 姚 范 方 石 谭 廖 邹 熊 邱 秦 江 史 侯 孟 龙 万 段 雷 汤 尹 黎 易 常 武 乔 贺 赖 龚 文',
  ),
  ...repeated('单 曾 解 仇 查 朴 盖 区 翟 乐 欧阳 诸葛 上官 司徒'),
];

/** Names of before and after about 1985. */
export const olderNames: Readonly<Record<'1' | '2', readonly string[]>> = {
  '1': repeated(
    '伟 建国 建华 志强 国强 军 勇 建平 志明 文斌 永康 德明 金龙 宝根 阿根 卫东 卫国 国庆 福生 根发 立新 正华 耀明 海峰 明 龙根 伯年 鸿生',
  ),
  '2': repeated(
    '秀英 芳 敏 静 丽 艳 秀兰 桂英 玉兰 美华 丽娟 雅琴 秋萍 惠珍 凤英 佩芬 菊芳 彩娣 慧 萍 红 玲 蓉 林娣 月珍 杏宝 根娣 爱珍',
  ),
};

export const youngerNames: Readonly<Record<'1' | '2', readonly string[]>> = {
  '1': repeated('伟 杰 涛 鑫 晨 子轩 浩然 宇辰 俊杰 家骏 思远 晓东 一鸣 嘉诚 天翊 铭泽 睿 致远 逸飞 梓豪'),
  '2': repeated(
    '娜 洁 婷婷 晓燕 文静 子涵 欣怡 梓萱 雨桐 佳怡 思琪 若曦 诗涵 梦瑶 语嫣 怡然 可馨 静怡 雯 悦',
  ),
};

/** 𠮷 lies beyond the BMP, 䶮 in extension A, 㛃 and 𣲘 in the lists of GB 18030-2022 for names. */
export const rareNames: Readonly<Record<'1' | '2', readonly string[]>> = {
  '1': ['王䶮', '李𣲘', '单雄', '解晓东', '仇英', '曾志刚', '张伟', '丁一'],
  '2': ['𠮷海燕', '陈㛃', '欧阳慧', '解晓东', '仇英', '丁一', '曾艳', '单丽'],
};

interface OtherName {
  readonly name: string;
  readonly nation: string;
}

export const otherNames: Readonly<Record<'1' | '2', readonly OtherName[]>> = {
  '1': [
    { name: '艾力·买买提', nation: '05' },
    { name: '吐尔逊·阿不都热合曼', nation: '05' },
    { name: '扎西顿珠', nation: '04' },
    { name: '巴特尔', nation: '02' },
    { name: '马忠孝', nation: '03' },
  ],
  '2': [
    { name: '阿依古丽·买买提', nation: '05' },
    { name: '迪丽努尔·阿不都热合曼', nation: '05' },
    { name: '卓玛', nation: '04' },
    { name: '乌兰图雅', nation: '02' },
    { name: '金美善', nation: '10' },
  ],
};
