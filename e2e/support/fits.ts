/**
 * What an eye would see at once on a screen: something runs out of the window, a word is cut without the whole of it being told, a
 * key stands where a text should, English stands in the Chinese version.
 */
import type { Page } from '@playwright/test';

/** Keys of the keyboard, file kinds, addresses of the network and names that are the same in both languages. */
const SAME_IN_BOTH = /Ctrl|Enter|Esc|Alt|PDF|PIN|English|Language|https?:\/\/\S+|[\w.-]+\.example\.cn/g;

export async function whatDoesNotFit(page: Page, language: 'zh' | 'en'): Promise<readonly string[]> {
  const { wide, cut, texts } = await page.evaluate(() => {
    const seen = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && getComputedStyle(element).visibility === 'visible';
    };
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    const all = [...document.body.querySelectorAll('*')].filter(seen);
    const scrollers = [
      document.documentElement,
      document.body,
      ...document.querySelectorAll('main, [role="dialog"]'),
    ];
    const hasOwnText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isTold = (element: Element): boolean => element.closest('[title]:not([title=""])') !== null;
    /** Does the text reach beyond anything around it that hides what reaches out? */
    const isCutSideways = (element: Element): boolean => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const { left, right } = range.getBoundingClientRect();
      for (let around: Element | null = element; around; around = around.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(around);
        if (clipPath !== 'none') return false;
        if (overflowX !== 'hidden' && overflowX !== 'clip') continue;
        const box = around.getBoundingClientRect();
        if (right > box.right + 1.5 || left < box.left - 1.5) return true;
      }
      return false;
    };
    return {
      wide: scrollers.filter((one) => one.scrollWidth > one.clientWidth + 1).map(nameOf),
      cut: all
        .filter(hasOwnText)
        .filter((element) => {
          const { overflowY, clipPath } = getComputedStyle(element);
          if (clipPath !== 'none' || isTold(element)) return false;
          const isLow = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 4;
          return isLow || isCutSideways(element);
        })
        .map(nameOf),
      texts: all.filter(hasOwnText).map((element) => (element as HTMLElement).innerText),
    };
  });
  return [
    ...wide.map((name) => `runs out of the window: ${name}`),
    ...cut.map((name) => `cut: ${name}`),
    ...texts
      .filter((text) => /\b[a-z][A-Za-z]+\.[a-z][A-Za-z]+\b/.test(plain(text)))
      .map((text) => `a key: ${text}`),
    ...(language === 'zh'
      ? texts.filter((text) => /[A-Za-z]{3,}/.test(plain(text))).map((text) => `not Chinese: ${text}`)
      : []),
  ];
}

const plain = (text: string): string => text.replace(SAME_IN_BOTH, '');
