/**
 * Shanghai addresses: 区 + 街道/镇 + 居委会 + 路 + 弄 (+支弄) + 小区 + 号 + 室 (residents.md §2). The text as given is kept beside the
 * parts and never refused; 室 is a text, since old lane houses have 亭子间, 三层阁 and 灶间.
 */
export interface Address {
  readonly raw: string;
  readonly road?: string | undefined;
  readonly lane?: string | undefined;
  readonly branch?: string | undefined;
  readonly estate?: string | undefined;
  readonly no?: string | undefined;
  readonly room?: string | undefined;
}
