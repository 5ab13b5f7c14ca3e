import type { Channel } from './channel.js';
import type { Settings } from './connection.js';
/**
 * Takes the place of `keepOpen` for streams that tabs may share.
 *
 * @param {Channel} channel
 * @param {Settings} settings
 */
export declare function share(channel: Channel, settings: Settings): {
    close: () => void;
    restart: () => void;
};
