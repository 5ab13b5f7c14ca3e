import type { Progress } from './state.js';
export type Reader = (data: any, name: string) => Partial<Progress> | null;
/** @import { Progress } from './state.js' */
/** @typedef {(data: any, name: string) => Partial<Progress> | null} Reader */
/** @type {Record<string, Reader>} */
export declare const formats: Record<string, Reader>;
